// A year in months, a row for each thing that can be placed: click or drag it onto a month, or press the arrow keys.
const part = (name, className, text = "") => make(name, { class: className, text });

function render({ model, el }) {
  const board = part("div", "parley-months");
  const head = make("div", { class: "parley-months-head", "aria-hidden": "true" }); // each row says its months itself
  const list = part("ul", "parley-months-rows");
  const foot = part("div", "parley-months-foot");
  board.append(head, list, foot);
  el.replaceChildren(board);
  const count = model.get("months");
  board.style.setProperty("--months", count);

  const choose = (key) => {
    model.set("value", key);
    model.save_changes();
  };
  // Python decides whether a wish is granted; the number lets the same wish be made twice.
  const wish = (key, month) => {
    model.set("wish", { key, month, number: (model.get("wish").number ?? 0) + 1 });
    model.set("value", key);
    model.save_changes();
  };
  const monthAt = (track, x) => {
    const box = track.getBoundingClientRect();
    const month = Math.floor(((x - box.left) / box.width) * count) + 1;
    return x < box.left || x > box.right ? 0 : Math.min(Math.max(month, 1), count);
  };

  // A press on a month, or a drag from anywhere in the row that ends on one, asks for that month.
  const press = (event, row, track) => {
    if (event.button !== 0) return;
    const from = monthAt(track, event.clientX);
    const ghost = part("span", "parley-months-ghost");
    let month = from;
    const show = () => {
      ghost.hidden = !month;
      if (month) ghost.style.gridColumn = `${month} / ${count + 1}`;
    };
    const over = ({ clientX }) => {
      month = monthAt(track, clientX);
      show();
    };
    row.setPointerCapture(event.pointerId);
    track.append(ghost);
    show();
    row.addEventListener("pointermove", over);
    row.addEventListener(
      "lostpointercapture",
      () => {
        row.removeEventListener("pointermove", over);
        ghost.remove();
        if (month) wish(row.dataset.key, month);
        else choose(row.dataset.key);
      },
      { once: true },
    );
  };

  const keys = (event, item) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) wish(item.key, item.start ? Math.min(Math.max(item.start + step, 1), count) : (item.open[0] ?? 1));
    else if (next) list.children[model.get("items").indexOf(item) + next]?.focus();
    else if (event.key === "Enter" || event.key === " ") choose(item.key);
    else if ((event.key === "Delete" || event.key === "Backspace") && item.start) wish(item.key, 0);
    else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would move to another cell
  };

  const span = (track, className, from, to) => {
    if (to <= from) return;
    const bar = part("span", className);
    bar.style.gridColumn = `${from} / ${to}`;
    track.append(bar);
  };

  const row = (item) => {
    const chosen = item.key === model.get("value");
    const current = chosen ? "true" : null;
    const line = make("li", { class: "parley-months-row", tabindex: "0", "data-key": item.key, "aria-label": item.label, "aria-current": current });
    const name = make("span", { class: "parley-months-name", text: item.title, title: item.title });
    const track = part("span", "parley-months-track");
    const end = Math.min(item.ready, count + 1);
    if (item.start) {
      span(track, "parley-months-setup", item.start, end);
      span(track, "parley-months-work", end, count + 1);
    }
    if (chosen) for (const month of item.open) span(track, "parley-months-open", month, month + 1);
    line.append(name, part("span", "parley-months-cost", item.cost), track);
    line.addEventListener("keydown", (event) => keys(event, item));
    line.addEventListener("pointerdown", (event) => press(event, line, track));
    return line;
  };

  const footer = ({ name, cells }) => {
    const line = part("div", "parley-months-sum");
    line.append(part("span", "parley-months-name", name));
    const track = part("span", "parley-months-quarters");
    track.append(...cells.map(({ text, over }) => part("span", over ? "parley-months-over" : "", text)));
    line.append(part("span", "parley-months-cost"), track);
    return line;
  };

  const draw = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const track = part("span", "parley-months-track");
    for (let month = 1; month <= count; month++) track.append(part("span", "", String(month)));
    head.replaceChildren(part("span", "parley-months-name", "month"), part("span", "parley-months-cost", model.get("cost_title")), track);
    list.setAttribute("aria-label", model.get("label"));
    list.replaceChildren(...model.get("items").map(row));
    foot.replaceChildren(...model.get("sums").map(footer));
    if (focused !== null) [...list.children].find((each) => each.dataset.key === focused)?.focus();
  };

  draw();
  return hear(model, { items: draw, sums: draw, value: draw });
}

export default { render };
