function render({ model, el }) {
  let waiting = null;
  const finish = () => {
    if (waiting === null) return;
    clearTimeout(waiting);
    waiting = null;
    if (model.get("content").byteLength) hand(model, model.get("kind"));
  };
  const made = (message) => message === "made" && finish();
  const button = makeButton(model.get("label"), () => {
    if (!model.get("made")) return hand(model, model.get("kind"));
    waiting ??= setTimeout(finish, 1000 * model.get("patience"));
    model.send("make");
  });
  const name = () => {
    button.textContent = model.get("label");
  };
  const unhear = hear(model, { label: name });
  model.on("msg:custom", made);
  el.replaceChildren(button);
  return () => {
    clearTimeout(waiting);
    unhear();
    model.off("msg:custom", made);
  };
}

export default { render };
