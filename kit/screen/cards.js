// A list of cards, of which one is chosen: by a click, or with the keys of a list box. Movable ones can be dragged too.
function render({ model, el }) {
  const id = `parley-cards-${crypto.randomUUID()}`;
  const name = make("div", { class: "parley-cards-name", id });
  const look = model.get("movable") ? "parley-cards parley-movable" : "parley-cards";
  const list = make("ul", { class: look, role: "listbox", tabindex: "0", "aria-labelledby": id });
  el.classList.add("parley-cards-place");
  el.replaceChildren(name, list);
  let offer = model.get("offer");

  // What is sent names the list that was seen: Python may have filled it anew in the meantime.
  const send = (wish) => {
    model.set("wish", { ...wish, number: offer.number, at: Date.now() });
    model.save_changes();
  };
  const choose = (index) => {
    const last = offer.labels.length - 1;
    if (last < 0) return;
    mark(Math.max(0, Math.min(last, index)));
    send({ index: Math.max(0, Math.min(last, index)) });
  };

  const mark = (chosen) => {
    list.removeAttribute("aria-activedescendant");
    [...list.children].forEach((card, place) => {
      card.setAttribute("aria-selected", String(place === chosen));
      if (place !== chosen) return;
      list.setAttribute("aria-activedescendant", card.id);
      if (card.offsetTop < list.scrollTop) list.scrollTop = card.offsetTop;
      const below = card.offsetTop + card.offsetHeight - list.clientHeight;
      if (below > list.scrollTop) list.scrollTop = below;
    });
  };

  const card = (label, place) => {
    // What stands before a break is where the rest is from.
    const lines = label.split("\n");
    const parts = lines.map((text, i) => make(i < lines.length - 1 ? "small" : "span", { dir: "auto", text }));
    const item = make("li", { role: "option", id: `${id}-${place}` }, ...parts);
    if (model.get("movable")) item.addEventListener("pointerdown", (event) => drag(event, item, place));
    else item.addEventListener("click", () => choose(place));
    return item;
  };

  // While a card is dragged only the page changes; where it was let go is said to Python. The list takes the pointer: an
  // element that is put elsewhere loses it.
  const drag = (event, item, from) => {
    if (event.button !== 0) return;
    const over = ({ clientY, pointerId }) => {
      list.setPointerCapture(pointerId);
      const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
      const others = [...list.children].filter((each) => each !== item);
      const next = others.find((each) => clientY < middle(each)) ?? null;
      if (item.nextElementSibling !== next) list.insertBefore(item, next);
    };
    const drop = () => {
      list.removeEventListener("pointermove", over);
      const to = [...list.children].indexOf(item);
      if (to >= 0) to === from ? choose(from) : send({ index: from, to });
    };
    list.addEventListener("pointermove", over);
    list.addEventListener("pointerup", drop, { once: true });
  };

  list.addEventListener("keydown", (event) => {
    const chosen = model.get("index") ?? -1;
    const to = { ArrowUp: chosen - 1, ArrowDown: chosen + 1, Home: 0, End: offer.labels.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would move to another cell
    choose(to);
  });

  const draw = () => {
    offer = model.get("offer");
    list.replaceChildren(...offer.labels.map(card));
    list.hidden = !offer.labels.length;
    list.scrollTop = 0;
    show();
  };
  const show = () => mark(model.get("index") ?? -1);
  const call = () => {
    name.textContent = model.get("description");
    list.style.setProperty("--rows", model.get("rows"));
  };
  call();
  draw();
  return hear(model, { offer: draw, index: show, description: call, rows: call });
}

export default { render };
