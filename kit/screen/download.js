/** Give the browser a file; the address of the Blob is dropped once the download has begun. */
function save(content, filename, kind) {
  const url = URL.createObjectURL(new Blob([content], { type: kind }));
  const link = Object.assign(document.createElement("a"), { href: url, download: filename });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  // ipywidgets' own classes give it the look of every other button.
  button.className = "lm-Widget jupyter-widgets jupyter-button widget-button";
  button.style.width = "auto";
  const name = () => {
    button.textContent = model.get("label");
  };
  button.addEventListener("click", () => save(model.get("content"), model.get("filename"), model.get("kind")));
  model.on("change:label", name);
  name();
  el.replaceChildren(button);
  return () => model.off("change:label", name);
}

export default { render };
