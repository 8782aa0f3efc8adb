const DELAY = 60; // milliseconds between two values sent while the thumb is dragged

/** Digits after the point that a step needs: 0.05 needs two. */
const digits = (step) => (String(step).split(".")[1] ?? "").length;

function render({ model, el }) {
  // Each widget loads this file for itself, so that nothing counted here would tell two sliders apart.
  const id = `parley-slider-${Math.random().toString(36).slice(2)}`;
  const label = Object.assign(document.createElement("label"), { htmlFor: id });
  const input = Object.assign(document.createElement("input"), { type: "range", id });
  const output = document.createElement("output");
  output.htmlFor = id;
  el.classList.add("parley-slider");
  el.replaceChildren(label, input, output);

  const text = (value) => {
    const unit = model.get("unit");
    const figure = Number(value).toFixed(digits(model.get("step")));
    return /^\w/.test(unit) ? `${figure} ${unit}` : figure + unit;
  };
  const show = (value) => {
    output.textContent = text(value);
    input.setAttribute("aria-valuetext", text(value));
  };
  const draw = () => {
    label.textContent = model.get("label");
    for (const name of ["min", "max", "step"]) input[name] = model.get(name);
    input.disabled = model.get("disabled");
    // Room for the longest figure, so that the track keeps its length whatever the value is.
    const longest = Math.max(...["min", "max"].map((name) => text(model.get(name)).length));
    output.style.minWidth = `${longest}ch`;
    input.value = model.get("value");
    show(model.get("value"));
  };

  let timer = null;
  const send = () => {
    clearTimeout(timer);
    timer = null;
    if (Number(input.value) === model.get("value")) return;
    model.set("value", Number(input.value));
    model.save_changes();
  };
  // The first move is told at once, those that follow in a drag at intervals, the last one always.
  input.addEventListener("input", () => {
    show(input.value);
    if (timer !== null) return;
    send();
    timer = setTimeout(send, DELAY);
  });
  input.addEventListener("change", send);
  // JupyterLab acts on plain keys of a selected cell; here they belong to the slider.
  input.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Enter") event.stopPropagation();
  });

  const events = ["label", "value", "min", "max", "step", "unit", "disabled"].map((name) => `change:${name}`);
  const redraw = () => timer === null && draw();
  for (const event of events) model.on(event, redraw);
  draw();
  return () => {
    clearTimeout(timer);
    for (const event of events) model.off(event, redraw);
  };
}

export default { render };
