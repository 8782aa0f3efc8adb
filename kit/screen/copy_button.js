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
  const said = make("span", { class: "parley-saved", role: "status" });
  const button = makeButton(model.get("label"), async () => {
    said.textContent = (await copy(model.get("text"))) ? " ✓ Copied." : " Not copied: select the text and copy it.";
  });
  const renew = () => {
    said.textContent = "";
  };
  el.replaceChildren(button, said);
  return hear(model, { text: renew });
}

export default { render };
