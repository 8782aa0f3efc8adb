// A list that is put in order: drag an item, press its arrow buttons, or focus it and press the arrow keys.
const button = (text, label, onclick) => make("button", { type: "button", text, "aria-label": label, title: label, onclick });

function render({ model, el }) {
  const list = make("ol", { class: "parley-ordering" });
  const said = make("div", { class: "parley-ordering-said", role: "status" });
  el.replaceChildren(list, said);

  const locked = () => model.get("disabled");
  const keep = (items) => {
    model.set("items", items);
    model.set("moved", true);
    model.save_changes();
  };
  const move = (from, to, focus) => {
    const items = [...model.get("items")];
    if (locked() || to < 0 || to >= items.length) return;
    items.splice(to, 0, ...items.splice(from, 1));
    keep(items);
    said.textContent = `${items[to]}: place ${to + 1} of ${items.length}`;
    // The list is drawn anew, so the keyboard's place has to be found again.
    list.children[to]?.querySelector(focus)?.focus();
    if (focus === "li") list.children[to]?.focus();
  };

  const draw = () => {
    const items = model.get("items");
    list.setAttribute("aria-label", model.get("label"));
    list.replaceChildren(...items.map((text, place) => row(text, place, items.length)));
  };

  const row = (text, place, count) => {
    const label = `${text}, place ${place + 1} of ${count}. Arrow keys move it.`;
    const up = button("↑", `Move up: ${text}`, () => move(place, place - 1, "button:first-of-type"));
    const down = button("↓", `Move down: ${text}`, () => move(place, place + 1, "button:last-of-type"));
    up.disabled = locked() || place === 0;
    down.disabled = locked() || place === count - 1;
    const item = make("li", { tabindex: "0", "aria-label": label }, make("span", { text, dir: "auto" }), up, down);
    item.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || event.target !== item) return;
      event.preventDefault();
      event.stopPropagation();
      move(place, place + step, "li");
    });
    item.addEventListener("pointerdown", (event) => drag(event, item));
    return item;
  };

  // While an item is dragged only the page changes; the order is kept when it is let go. The list takes the pointer: an
  // element that is put elsewhere loses it.
  const drag = (event, item) => {
    if (locked() || event.button !== 0 || event.target.closest("button")) return;
    const before = [...list.children];
    item.classList.add("parley-dragged");
    const over = ({ clientY, pointerId }) => {
      list.setPointerCapture(pointerId);
      const others = [...list.children].filter((each) => each !== item);
      const next = others.find((each) => {
        const box = each.getBoundingClientRect();
        return clientY < box.top + box.height / 2;
      });
      if (item.nextElementSibling !== (next ?? null)) list.insertBefore(item, next ?? null);
    };
    const drop = () => {
      list.removeEventListener("pointermove", over);
      item.classList.remove("parley-dragged");
      const items = model.get("items");
      const order = [...list.children].map((each) => items[before.indexOf(each)]);
      if (order.some((text, place) => text !== items[place])) keep(order);
    };
    list.addEventListener("pointermove", over);
    list.addEventListener("pointerup", drop, { once: true });
  };

  draw();
  return hear(model, { items: draw, disabled: draw, label: draw });
}

export default { render };
