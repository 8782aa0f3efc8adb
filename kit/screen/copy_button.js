// A button that copies a text which the page already holds, and says that it did.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are not served safely have no clipboard to write to: the old way, by a selection, still works there.
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
  return true;
}

function render({ model, el }) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const said = document.createElement("span");
  button.className = "parley-button widget-button";
  button.textContent = model.get("label");
  said.className = "parley-saved";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = (await copy(model.get("text"))) ? " ✓ Copied." : " Not copied: select the text and copy it.";
  });
  const renew = () => {
    said.textContent = "";
  };
  model.on("change:text", renew);
  el.replaceChildren(button, said);
  return () => model.off("change:text", renew);
}

export default { render };
