/** Send a file, or word that it is too large. */
async function sendOne(model, file) {
  if (file.size > model.get("limit")) model.send("too large");
  else model.send("file", undefined, [await file.arrayBuffer()]);
}

/** Send files one after the other, each with its name; the last one says so. A folder that was dropped cannot be read. */
async function sendAll(model, files) {
  for (const [number, file] of files.entries()) {
    const small = file.size <= model.get("limit");
    const data = small ? await file.arrayBuffer().catch(() => null) : null;
    model.send({ name: file.name, last: number === files.length - 1 }, undefined, data ? [data] : []);
  }
}

/** Let files be dropped on an element, and show that they can be. */
function takeDrops(el, take) {
  const mark = (on) => {
    el.style.outline = on ? "3px dashed #0b62c4" : "";
  };
  el.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  el.addEventListener("dragleave", () => mark(false));
  el.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    mark(false);
    take([...event.dataTransfer.files]);
  });
}

function render({ model, el }) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "file" });
  input.multiple = model.get("many");
  label.style.cssText = "display: inline-flex; flex-wrap: wrap; gap: 8px; align-items: center; min-height: 32px;";
  label.style.color = "var(--jp-ui-font-color1, #1f2328)";
  input.style.color = "inherit";
  label.append(model.get("label"), input);
  el.replaceChildren(label);
  const take = async (files) => {
    if (!files.length) return;
    await (model.get("many") ? sendAll(model, files) : sendOne(model, files[0]));
    input.value = ""; // so that the same file can be chosen once more
  };
  input.addEventListener("change", () => take([...input.files]));
  if (model.get("many")) takeDrops(el, take);
}

export default { render };
