function render({ model, el }) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "file", accept: model.get("accept") });
  label.style.cssText = "display: inline-flex; flex-wrap: wrap; gap: 8px; align-items: center; min-height: 32px;";
  label.style.color = "var(--jp-ui-font-color1, #1f2328)";
  input.style.color = "inherit";
  label.append(model.get("label"), input);
  el.replaceChildren(label);
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    if (file.size > model.get("limit")) model.send("too large");
    else model.send("file", undefined, [await file.arrayBuffer()]);
    input.value = ""; // so that the same file can be chosen once more
  });
}

export default { render };
