const WAIT = 40; // milliseconds in which changes of a selection are gathered before they are sent

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Records from columns: what Python sends is smaller by columns, what Vega reads is rows. */
const records = (columns) => {
  const names = Object.keys(columns);
  return (columns[names[0]] ?? []).map((_, i) => Object.fromEntries(names.map((name) => [name, columns[name][i]])));
};

/** Vega reads dates while it loads data, but not in rows that are put in later: the same is done here. */
const dated = (rows, vgSpec) => {
  const parse = vgSpec.data.find(({ name }) => name === "rows")?.format?.parse ?? {};
  const dates = Object.keys(parse).filter((field) => String(parse[field]).startsWith("date"));
  const time = (value) => (typeof value === "string" ? Date.parse(value) : value);
  if (!dates.length) return rows;
  return rows.map((row) => ({ ...row, ...Object.fromEntries(dates.map((field) => [field, time(row[field])])) }));
};

const SYSTEM = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark: JupyterLab says so on its body, a page of its own follows the system. */
const isDark = () => {
  const light = document.body.dataset.jpThemeLight;
  return light === undefined ? SYSTEM.matches : light === "false";
};

/** Call back when the page turns dark or light; returns what ends that. */
function onTheme(callback) {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  SYSTEM.addEventListener("change", callback);
  return () => {
    observer.disconnect();
    SYSTEM.removeEventListener("change", callback);
  };
}

/** A specification with each of the kit's colours traded for its partner by night. */
function recoloured(part, colours) {
  if (Array.isArray(part)) return part.map((each) => recoloured(each, colours));
  if (part === null || typeof part !== "object") return Object.hasOwn(colours, part) ? colours[part] : part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, recoloured(each, colours)]));
}

// Nothing is ever fetched: not data, not pictures, not a link's target.
const refuse = async () => {
  throw new Error("A chart here fetches nothing.");
};
const LOADER = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** A tooltip whose lines are set as text, so that nothing in a table can be markup. */
function tooltip(box, frame) {
  return (_handler, event, _item, value) => {
    box.hidden = value == null || value === "";
    if (box.hidden) return;
    const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
    box.replaceChildren(
      ...lines.map(([name, text]) => {
        const named = name ? make("span", { class: "parley-chart-tip-name", text: name }) : null;
        return make("div", {}, named, make("span", { text: String(text) }));
      }),
    );
    const place = frame.getBoundingClientRect();
    const left = Math.min(event.clientX - place.left + 14, place.width - box.offsetWidth - 4);
    box.style.left = `${Math.max(4, left)}px`;
    box.style.top = `${event.clientY - place.top + 16}px`;
  };
}

/** The marks as a list of options that a screen reader can say, stepped through by arrow keys. */
function keyboard({ frame, picture, rows, chosen, choose }) {
  const list = make("div", {
    class: "parley-chart-list",
    role: "listbox",
    tabindex: "0",
    "aria-multiselectable": "true",
    "aria-label": "Marks of the chart: arrow keys to step, Enter to choose, Shift and Enter to add, Escape to clear",
  });
  const ring = make("div", { class: "parley-chart-ring", "aria-hidden": "true" });
  const hint = make("div", { class: "parley-chart-hint", "aria-hidden": "true" });
  const prefix = `parley-mark-${Math.random().toString(36).slice(2)}-`;
  let marks = [];
  let at = 0;

  const fill = () => {
    const labels = new Map(rows().map((row) => [String(row.key), String(row.label ?? row.key)]));
    marks = [...labels.keys()];
    at = Math.min(at, Math.max(0, marks.length - 1));
    list.hidden = !marks.length;
    list.replaceChildren(
      ...marks.map((key, i) => make("div", { role: "option", id: prefix + i, text: labels.get(key) })),
    );
    tell();
  };
  const tell = () => {
    const keys = new Set(chosen());
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(keys.has(marks[i]))));
  };
  const show = () => {
    const focused = document.activeElement === list && marks.length > 0;
    frame.classList.toggle("parley-chart-focused", focused);
    const node = focused ? nodeOf(picture, marks[at]) : null;
    ring.hidden = !node;
    hint.hidden = !focused;
    if (!focused) return;
    list.setAttribute("aria-activedescendant", prefix + at);
    hint.textContent = `${list.children[at].textContent}: Enter to choose, arrow keys to step (${at + 1} of ${marks.length})`;
    if (node) place(ring, node, frame);
  };
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const act = (event) => {
    const key = marks[at];
    const keys = chosen();
    if (event.key in step) at = (at + step[event.key] + marks.length) % marks.length;
    else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = marks.length - 1;
    else if (event.key === "Escape" && keys.length) choose([]);
    else if (event.key !== "Enter" && event.key !== " ") return false;
    else if (event.shiftKey) choose(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]);
    else choose(same(keys, [key]) ? [] : [key]);
    return true;
  };
  list.addEventListener("keydown", (event) => {
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would move to another cell
    show();
  });
  list.addEventListener("focus", show);
  list.addEventListener("blur", show);
  picture.addEventListener("click", () => {
    const first = marks.indexOf(chosen()[0]);
    if (first >= 0) at = first;
  });
  frame.append(list, ring, hint);
  show();
  return { fill, tell, show };
}

/** Vega leaves on each drawn node the item it stands for; the first one of a row is the one to point at. */
function nodeOf(picture, key) {
  for (const node of picture.querySelectorAll("[role='graphics-symbol'], path, rect, text, line")) {
    const item = node.__data__;
    const datum = item?.datum ?? item?.items?.[0]?.datum;
    if (datum && !Array.isArray(item) && String(datum.key) === key && node.getBoundingClientRect().width > 0) return node;
  }
  return null;
}

function place(ring, node, frame) {
  const outer = frame.getBoundingClientRect();
  const inner = node.getBoundingClientRect();
  const gap = 4;
  Object.assign(ring.style, {
    left: `${inner.left - outer.left - gap}px`,
    top: `${inner.top - outer.top - gap}px`,
    width: `${inner.width + 2 * gap}px`,
    height: `${inner.height + 2 * gap}px`,
  });
}

/** The value of a watched parameter as Python gets it. */
function reading(view, name, keyed) {
  const value = view.signal(name);
  if (keyed.has(name)) return (value?.key ?? []).map(String);
  const plain = JSON.parse(JSON.stringify(value ?? null));
  return plain && typeof plain === "object" && !Array.isArray(plain) && !Object.keys(plain).length ? null : plain;
}

/** Put a value from Python into the drawn chart. */
function write(view, name, value, keyed) {
  if (!keyed.has(name)) {
    if (value !== null && typeof value !== "object") view.signal(name, value);
    return;
  }
  const fields = [{ type: "E", field: "key" }];
  view.data(`${name}_store`, (value ?? []).map((key) => ({ unit: "", fields, values: [key] })));
}

export async function draw({ model, el, vegaEmbed, night }) {
  const frame = make("div", { class: "parley-chart" });
  const picture = make("div", { class: "parley-chart-picture" });
  const tip = make("div", { class: "parley-chart-tip", hidden: "", "aria-hidden": "true" });
  const slide = make("div", { class: "parley-chart-slide" }, picture);
  const title = make("div", { class: "parley-chart-title" });
  frame.append(title, slide, tip);
  el.replaceChildren(frame);

  const keyed = new Set(model.get("_keyed"));
  const watch = model.get("watch");
  let embedded = null;
  let ended = false;
  let building = false;
  let dark = null;
  let timer = null;
  let known = model.get("selected"); // what Python and this view last agreed on

  const rows = () => records(model.get("_columns"));
  const chosen = () => model.get("selected")[[...keyed][0]] ?? [];
  const choose = (keys) => {
    model.set("selected", { ...model.get("selected"), [[...keyed][0]]: keys });
    model.save_changes();
  };
  const keys = keyed.size ? keyboard({ frame, picture, rows, chosen, choose }) : null;

  const send = () => {
    timer = null;
    if (!embedded) return;
    const selected = Object.fromEntries(watch.map((name) => [name, reading(embedded.view, name, keyed)]));
    if (same(selected, model.get("selected"))) return;
    known = selected;
    model.set("selected", selected);
    model.save_changes();
    keys?.tell();
  };
  const soon = () => (timer ??= setTimeout(send, WAIT));

  const build = async () => {
    const [wanted, columns] = [model.get("spec"), model.get("_columns")];
    dark = isDark();
    const spec = recoloured(wanted, dark ? night : {});
    spec.datasets = { ...spec.datasets, rows: records(columns) };
    spec.description = model.get("alt");
    const made = await vegaEmbed(picture, spec, {
      actions: false,
      defaultStyle: false,
      renderer: "svg",
      loader: LOADER,
      tooltip: tooltip(tip, frame),
    });
    if (ended) return made.finalize();
    embedded = made;
    const selected = model.get("selected");
    for (const name of watch) if (selected[name] != null && selected[name].length !== 0) write(made.view, name, selected[name], keyed);
    await made.view.runAsync();
    for (const name of watch) made.view.addSignalListener(name, soon);
    keys?.fill();
    fit();
    // Python may have gone on while Vega was drawing.
    if (model.get("spec") !== wanted || isDark() !== dark) return again();
    if (model.get("_columns") !== columns) return update();
  };
  const again = () => {
    embedded.finalize();
    embedded = null;
    return build();
  };
  const rebuild = async () => {
    if (building || ended || !picture.clientWidth) return;
    building = true;
    try {
      embedded?.finalize();
      embedded = null;
      await build();
      frame.dataset.drawn = String(Number(frame.dataset.drawn ?? 0) + 1);
    } catch (error) {
      picture.textContent = `This chart could not be drawn: ${error.message}`;
    } finally {
      building = false;
    }
  };

  const fit = async () => {
    const width = picture.clientWidth;
    if (!embedded || !width) return;
    if (isDark() !== dark) return rebuild();
    if (model.get("spec").width === "container" && embedded.view.signal("width") !== width) {
      await embedded.view.signal("width", width).resize().runAsync();
    }
    const wide = slide.scrollWidth > slide.clientWidth + 1;
    if (wide) slide.setAttribute("tabindex", "0");
    else slide.removeAttribute("tabindex");
    keys?.show();
  };
  // A chart in a closed tab has no width yet; it is built when it gets one.
  const observer = new ResizeObserver(() => (embedded ? fit() : rebuild()));
  observer.observe(picture);

  const update = async () => {
    if (!embedded) return;
    // Other rows can make other axes: without a new layout their labels would be cut off.
    await embedded.view.data("rows", dated(rows(), embedded.vgSpec)).resize().runAsync();
    frame.dataset.updates = String(Number(frame.dataset.updates ?? 0) + 1);
    keys?.fill();
    keys?.show();
  };
  const select = async () => {
    if (!embedded) return;
    const selected = model.get("selected");
    // What Python did not change is left alone: a click may have changed it here and not have been sent yet.
    for (const name of watch.filter((each) => !same(selected[each] ?? null, known[each] ?? null))) {
      if (!same(selected[name] ?? null, reading(embedded.view, name, keyed))) write(embedded.view, name, selected[name], keyed);
    }
    known = selected;
    await embedded.view.runAsync();
    keys?.tell();
  };
  const describe = () => embedded?.view.description(model.get("alt"));
  const entitle = () => {
    title.textContent = model.get("title");
    title.hidden = !title.textContent;
  };
  entitle();

  const unhear = hear(model, { spec: rebuild, _columns: update, selected: select, alt: describe, title: entitle });
  // While JupyterLab changes its theme, nothing on the page has a width.
  const unwatch = onTheme(() => requestAnimationFrame(fit));
  return () => {
    ended = true;
    clearTimeout(timer);
    observer.disconnect();
    unwatch();
    unhear();
    embedded?.finalize();
    el.replaceChildren();
  };
}
