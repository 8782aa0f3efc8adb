/** Give the browser a file; the address of the Blob is dropped once the download has begun. */
function save(model) {
  const url = URL.createObjectURL(new Blob([model.get("content")], { type: model.get("kind") }));
  const link = Object.assign(document.createElement("a"), { href: url, download: model.get("filename") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  // ipywidgets' own classes give it the look of every other button.
  button.className = "parley-button widget-button";
  button.style.width = "auto";
  const name = () => {
    button.textContent = model.get("label");
  };

  let waiting = null;
  const finish = () => {
    if (waiting === null) return;
    clearTimeout(waiting);
    waiting = null;
    if (model.get("content").byteLength) save(model);
  };
  const made = (message) => message === "made" && finish();
  button.addEventListener("click", () => {
    if (!model.get("made")) return save(model);
    waiting ??= setTimeout(finish, 1000 * model.get("patience"));
    model.send("make");
  });

  model.on("change:label", name);
  model.on("msg:custom", made);
  name();
  el.replaceChildren(button);
  return () => {
    clearTimeout(waiting);
    model.off("change:label", name);
    model.off("msg:custom", made);
  };
}

export default { render };
