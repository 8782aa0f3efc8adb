const CHUNK = 3000; // characters drawn together, when they come near the screen
const FIRST = 8; // sentences of a code listed at first
const FIND_FROM = 2; // letters from which on the text is searched
const MOST_LINES = 3; // underlines under one another; the letters tell of all

const plural = (count, one, many) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

/** Letters of the same length that are compared in a search: case and typographic variants do not count. */
const fold = (text) =>
  text.replaceAll("İ", "i").toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, "-").replace(/\s/g, " ");

const within = (outer, inner) => inner.every((each) => outer.includes(each));

class ReaderView {
  constructor(model, el) {
    this.model = model;
    this.id = `parley-reader-${Math.random().toString(36).slice(2)}`;
    this.hits = [];
    this.hit = -1;
    this.ranges = [];
    this.build(el);
    const unhear = hear(model, {
      _page: () => this.drawPage(),
      _articles: () => this.drawPicker(),
      kinds: () => this.drawKinds(),
      _picked: () => this.drawPanel(),
      _panel: () => this.drawPanel(),
      _goal: () => this.reach(),
    });
    this.drawPicker();
    this.drawPage();
    this.drawPanel();
    this.close = () => {
      unhear();
      this.watcher?.disconnect();
      clearTimeout(this.typing);
      this.highlight([]);
    };
  }

  get(name) {
    return this.model.get(name);
  }

  send(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
    this.model.save_changes();
  }

  build(el) {
    this.picker = make("select", { id: `${this.id}-article`, onchange: () => this.send({ article: this.picker.value }) });
    this.query = make("input", {
      type: "search",
      id: `${this.id}-find`,
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => this.searchSoon(),
      onkeydown: (event) => event.key === "Enter" && this.toHit(event.shiftKey ? -1 : 1),
    });
    this.count = make("output", { for: `${this.id}-find`, class: "parley-reader-count" });
    const step = (by, name, sign) =>
      make("button", { type: "button", "aria-label": name, title: name, onclick: () => this.toHit(by), text: sign });
    this.bar = make(
      "div",
      { class: "parley-reader-bar" },
      make("div", { class: "parley-reader-field" }, make("label", { for: this.picker.id, text: "Article" }), this.picker),
      make(
        "div",
        { class: "parley-reader-field", role: "search" },
        make("label", { for: this.query.id, text: "Find in this article" }),
        this.query,
        step(-1, "Previous find", "↑"),
        step(1, "Next find", "↓"),
        this.count,
      ),
    );
    this.about = make("details", { class: "parley-reader-about" });
    this.legend = make("div", { class: "parley-reader-legend", role: "group", "aria-label": "Kinds of marks" });
    this.index = make("details", { class: "parley-reader-index" });
    this.text = make("div", {
      class: "parley-reader-text",
      tabindex: "0",
      role: "region",
      onclick: (event) => this.click(event),
      onkeydown: (event) => this.key(event),
    });
    this.panel = make("div", { class: "parley-reader-panel", role: "region", "aria-label": "The chosen passage", tabindex: "0" });
    this.said = make("div", { class: "parley-reader-said", role: "status" });
    this.body = make("div", { class: "parley-reader-body" }, this.text, this.panel);
    this.root = make("div", { class: "parley-reader" }, this.bar, this.about, this.legend, this.index, this.body, this.said);
    // JupyterLab acts on plain keys of a selected cell: letters, arrows and Enter belong to the reader here.
    this.root.addEventListener("keydown", (event) => {
      const chord = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      if (!chord || event.target === this.query) event.stopPropagation();
    });
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.unpick());
    el.replaceChildren(this.root);
  }

  drawPicker() {
    const options = this.get("_articles").map(({ id, title }) => make("option", { value: id, text: title }));
    this.picker.replaceChildren(...options);
    this.picker.value = this.get("article");
  }

  drawPage() {
    const began = performance.now();
    this.page = this.get("_page");
    this.kinds = new Map(this.get("_kinds").map((kind, place) => [kind.name, { ...kind, place }]));
    this.codes = this.get("_codes");
    this.picker.value = this.page.id;
    this.drawAbout();
    this.drawLegend();
    this.drawIndex();
    this.drawText();
    this.search();
    this.reach();
    this.text.getBoundingClientRect(); // laid out: what it took can be told
    this.root.dataset.drawn = (performance.now() - began).toFixed(1);
  }

  drawAbout() {
    this.about.hidden = !this.page.about.length;
    const facts = this.page.about.flatMap(([name, text]) => [make("dt", { text: name }), make("dd", { text, dir: "auto" })]);
    this.about.replaceChildren(make("summary", { text: "About this text" }), make("dl", {}, ...facts));
  }

  /** How many marks of each kind and of each code stand in the article. */
  tally() {
    const marks = new Map(this.page.lines.flatMap(({ m }) => m.map(([, , number, code]) => [number, code])));
    const codes = new Map();
    const kinds = new Map();
    for (const code of marks.values()) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const { kind } = this.codes[code];
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    return { codes, kinds, total: marks.size };
  }

  drawLegend() {
    const { kinds, total } = this.tally();
    this.legend.hidden = !this.kinds.size;
    const rows = [...this.kinds.values()].map((kind) => this.toggle(kind, kinds.get(kind.name) ?? 0));
    const none = total ? null : make("span", { class: "parley-reader-quiet", text: "Nothing is marked in this article." });
    this.legend.replaceChildren(...rows, ...(none ? [none] : []));
  }

  toggle(kind, count) {
    const box = make("input", { type: "checkbox", onchange: () => this.switchKind(kind.name, box.checked) });
    box.checked = this.get("kinds").includes(kind.name);
    const sample = make("span", { class: "parley-reader-sample", "aria-hidden": "true", text: kind.letter });
    Object.assign(sample.style, this.underline(kind, 0));
    sample.style.color = kind.colour;
    return make("label", { "data-kind": kind.name }, box, sample, make("span", { text: `${kind.label} (${count})` }));
  }

  switchKind(name, on) {
    const kinds = new Set(this.get("kinds"));
    if (on) kinds.add(name);
    else kinds.delete(name);
    this.send({ kinds: [...this.kinds.keys()].filter((each) => kinds.has(each)) });
  }

  drawKinds() {
    for (const label of this.legend.querySelectorAll("label")) {
      label.querySelector("input").checked = this.get("kinds").includes(label.dataset.kind);
    }
    for (const chunk of this.chunks.filter(({ filled }) => filled)) this.fill(chunk, true);
    this.showPicked();
    this.showHits();
  }

  drawIndex() {
    const { codes } = this.tally();
    const groups = [...this.kinds.values()].map((kind) => {
      const buttons = this.codes.map((code, i) =>
        code.kind !== kind.name
          ? null
          : make(
              "li",
              {},
              make("button", {
                type: "button",
                disabled: !codes.get(i),
                onclick: () => this.pickCode(i),
                text: `${code.label} (${codes.get(i) ?? 0})`,
              }),
            ),
      );
      const list = make("ul", {}, ...buttons);
      return make("details", { open: this.codes.length <= 45 }, make("summary", { text: kind.label }), list);
    });
    this.index.hidden = !this.codes.length;
    const summary = make("summary", { text: `All ${this.codes.length} codes` });
    this.index.replaceChildren(summary, make("div", { class: "parley-reader-groups" }, ...groups));
  }

  pickCode(code) {
    for (const [i, line] of this.page.lines.entries()) {
      const mark = line.m.find((each) => each[3] === code);
      if (!mark) continue;
      const { kind } = this.codes[code];
      if (!this.get("kinds").includes(kind)) this.switchKind(kind, true);
      this.pick([mark[2]]);
      this.scrollTo(this.lineElement(i).querySelector(".parley-mark-on"));
      return;
    }
  }

  drawText() {
    this.watcher?.disconnect();
    this.chunks = [];
    this.home = new Map();
    for (const [i, line] of this.page.lines.entries()) {
      let chunk = this.chunks.at(-1);
      if (!chunk || chunk.size > CHUNK) {
        chunk = { first: i, last: i, size: 0, filled: false, element: make("div", { class: "parley-reader-chunk" }) };
        this.chunks.push(chunk);
      }
      chunk.last = i;
      chunk.size += line.t.length;
      this.home.set(i, chunk);
    }
    const perLine = Math.max(30, (this.text.clientWidth || 640) / 8);
    for (const { element, size } of this.chunks) element.style.minHeight = `${Math.ceil(size / perLine) * 28}px`;
    const empty = make("p", { class: "parley-reader-quiet", text: "This article has no text." });
    this.text.replaceChildren(...(this.chunks.length ? this.chunks.map(({ element }) => element) : [empty]));
    this.text.scrollTop = 0;
    this.text.setAttribute("aria-label", `${this.page.title}: right and left arrow keys go from mark to mark, Enter opens one`);
    this.watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const chunk = isIntersecting && this.chunks.find(({ element }) => element === target);
          if (chunk) this.fill(chunk);
        }
        this.showHits();
      },
      { root: this.text, rootMargin: "600px 0px" },
    );
    for (const { element } of this.chunks) this.watcher.observe(element);
    for (const chunk of this.chunks.slice(0, 2)) this.fill(chunk);
    this.body.classList.toggle("parley-reader-alone", !this.codes.length);
    this.showPicked();
  }

  fill(chunk, again = false) {
    if (chunk.filled && !again) return;
    chunk.filled = true;
    chunk.element.style.minHeight = "";
    const lines = this.page.lines.slice(chunk.first, chunk.last + 1);
    chunk.element.replaceChildren(...lines.map((line, i) => this.line(line, chunk.first + i)));
    if (!again) this.showPicked(chunk.element);
  }

  lineElement(i) {
    const chunk = this.home.get(i);
    this.fill(chunk);
    return chunk.element.children[i - chunk.first];
  }

  line(line, i) {
    const element = make(line.h ? `h${line.h + 2}` : "p", { dir: "auto", "data-line": i });
    let at = 0;
    for (const [start, end, index] of line.s) {
      if (start > at) element.append(...this.pieces(line, at, start));
      const sentence = make("span", { class: "parley-sentence", "data-sentence": index }, ...this.pieces(line, start, end));
      element.append(sentence);
      at = end;
    }
    element.append(...this.pieces(line, at, line.t.length));
    return element;
  }

  /** The text between two offsets, cut where a mark begins or ends. */
  pieces(line, from, to) {
    const on = this.get("kinds");
    const marks = line.m.filter(([start, end, , code]) => start < to && end > from && on.includes(this.codes[code].kind));
    if (!marks.length) return from < to ? [line.t.slice(from, to)] : [];
    const edges = new Set([from, to]);
    for (const [start, end] of marks) edges.add(Math.max(start, from)).add(Math.min(end, to));
    const sorted = [...edges].sort((a, b) => a - b);
    return sorted.slice(1).map((end, i) => {
      const here = marks.filter((mark) => mark[0] <= sorted[i] && mark[1] >= end);
      const text = line.t.slice(sorted[i], end);
      return here.length ? this.mark(text, here, end) : text;
    });
  }

  mark(text, marks, end) {
    const codes = [...new Set(marks.map((each) => each[3]))];
    const kinds = [...new Set(codes.map((code) => this.codes[code].kind))]
      .map((name) => this.kinds.get(name))
      .sort((a, b) => a.place - b.place);
    const over = new Set(marks.filter((each) => each[1] === end).map((each) => this.kinds.get(this.codes[each[3]].kind).letter));
    let inner = text;
    for (const [depth, kind] of kinds.slice(0, MOST_LINES).entries()) {
      const drawn = make("span", {}, inner);
      Object.assign(drawn.style, this.underline(kind, depth));
      inner = drawn;
    }
    return make(
      "span",
      {
        class: "parley-mark",
        role: "button",
        tabindex: "-1",
        "aria-label": `${text} (${codes.map((code) => this.codes[code].label).join(", ")})`,
        "data-marks": marks.map((each) => each[2]).join(" "),
        "data-letters": over.size ? [...over].join("") : null,
      },
      inner,
    );
  }

  underline({ colour, line }, depth) {
    const [style, width] = { double: [line, 1.5], wavy: [line, 1.5], thick: ["solid", 5] }[line] ?? [line, 2.5];
    return {
      textDecoration: `underline ${style} ${colour} ${width}px`,
      textUnderlineOffset: `${3 + 5 * depth}px`,
      textDecorationSkipInk: "none",
    };
  }

  click(event) {
    const mark = event.target.closest(".parley-mark");
    if (mark && String(getSelection()) === "") this.pick(this.numbers(mark));
  }

  key(event) {
    const at = event.target.closest(".parley-mark");
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) this.step(at, by);
    else if (at && [" ", "Enter"].includes(event.key)) this.pick(this.numbers(at));
    else if (event.key === "Escape") this.unpick();
    else return;
    event.preventDefault();
  }

  /** Go to the next or previous mark, into parts of the text that were not drawn yet. */
  step(at, by) {
    if (!this.chunks.length) return;
    let line = at ? Number(at.closest("[data-line]").dataset.line) : this.topLine();
    let all = [...this.lineElement(line).querySelectorAll(".parley-mark")];
    let place = at ? all.indexOf(at) + by : 0;
    while (!all[place]) {
      line += by;
      if (!this.home.has(line)) return;
      all = [...this.lineElement(line).querySelectorAll(".parley-mark")];
      place = by > 0 ? 0 : all.length - 1;
    }
    this.scrollTo(all[place], true);
    all[place].focus({ preventScroll: true });
  }

  /** The first line that is on screen. */
  topLine() {
    const top = this.text.getBoundingClientRect().top;
    const chunk = this.chunks.find(({ element }) => element.getBoundingClientRect().bottom > top) ?? this.chunks[0];
    this.fill(chunk);
    const lines = [...chunk.element.children];
    return chunk.first + Math.max(0, lines.findIndex((line) => line.getBoundingClientRect().bottom > top + 4));
  }

  numbers(mark) {
    return mark.dataset.marks.split(" ").map(Number);
  }

  pick(marks) {
    this.send({ _picked: { article: this.page.id, marks } });
  }

  unpick() {
    const mark = this.text.querySelector(".parley-mark-on");
    this.send({ _picked: {} });
    if (this.panel.contains(document.activeElement)) (mark ?? this.text).focus();
  }

  showPicked(part = this.text) {
    const { article, marks = [] } = this.get("_picked");
    for (const each of part.querySelectorAll(".parley-mark-on")) each.classList.remove("parley-mark-on");
    if (article !== this.page.id || !marks.length) return;
    for (const each of part.querySelectorAll(".parley-mark")) {
      each.classList.toggle("parley-mark-on", within(this.numbers(each), marks));
    }
  }

  drawPanel() {
    this.showPicked();
    const about = this.get("_panel");
    const hint = "Choose an underlined passage to see what it is coded as, and where else that is spoken of.";
    if (!about.length) {
      const keys = "By keyboard: in the text, → goes to the next mark and ← to the one before; Enter opens it and Esc closes it.";
      this.panel.replaceChildren(...[hint, keys].map((text) => make("p", { class: "parley-reader-quiet", text })));
      return;
    }
    const shut = make("button", { type: "button", class: "parley-reader-shut", "aria-label": "Close", text: "✕", onclick: () => this.unpick() });
    const many = about.length > 1 ? make("p", { text: `This passage bears ${about.length} codes.` }) : null;
    this.panel.replaceChildren(shut, ...(many ? [many] : []), ...about.map((each) => this.aboutCode(each)));
    this.panel.scrollTop = 0;
    this.said.textContent = about.map(({ code }) => this.codes[code].label).join(", ");
  }

  aboutCode({ code, count, articles, sentences }) {
    const { label, definition, kind } = this.codes[code];
    const { colour, letter, label: kindLabel } = this.kinds.get(kind);
    const badge = make("span", { class: "parley-reader-badge", text: letter, "aria-hidden": "true" });
    badge.style.background = colour;
    const list = make("ul", {}, ...sentences.slice(0, FIRST).map((each) => this.elsewhere(each)));
    const rest = sentences.length - FIRST;
    const more = make("button", {
      type: "button",
      text: `Show ${rest} more`,
      onclick: () => {
        list.append(...sentences.slice(FIRST).map((each) => this.elsewhere(each)));
        list.children[FIRST].firstElementChild.focus();
        more.remove();
      },
    });
    const where = `In ${plural(count, "sentence", "sentences")} of ${plural(articles, "article", "articles")}:`;
    return make(
      "section",
      {},
      make("h4", {}, badge, label),
      make("p", { class: "parley-reader-quiet", text: kindLabel }),
      make("p", { text: definition, dir: "auto" }),
      make("p", { class: "parley-reader-quiet", text: where }),
      list,
      rest > 0 ? more : null,
    );
  }

  elsewhere({ article, section, sentence, text }) {
    const title = this.get("_articles").find(({ id }) => id === article)?.short ?? article;
    const go = make(
      "button",
      { type: "button", dir: "auto", onclick: () => this.open(article, sentence) },
      make("span", { class: "parley-reader-quiet", text: section ? `${title} › ${section}` : title }),
      make("span", { text }),
    );
    go.dataset.place = `${article} ${sentence}`;
    return make("li", {}, go);
  }

  open(article, sentence) {
    this.send({ _goal: { article, sentence, turn: (this.get("_goal").turn ?? 0) + 1 }, article });
  }

  /** Go to the sentence that was asked for, once its article is on screen. */
  reach() {
    const { article, sentence, turn } = this.get("_goal");
    for (const each of this.panel.querySelectorAll("[data-place]")) {
      each.toggleAttribute("aria-current", each.dataset.place === `${article} ${sentence}`);
    }
    if (article !== this.page.id || this.reached === turn) return;
    this.reached = turn;
    const line = this.page.lines.findIndex(({ s }) => s.some(([, , index]) => index === sentence));
    if (line < 0) return;
    const target = this.lineElement(line).querySelector(`[data-sentence="${sentence}"]`);
    for (const each of this.text.querySelectorAll(".parley-sentence-here")) each.classList.remove("parley-sentence-here");
    target.classList.add("parley-sentence-here");
    this.scrollTo(target);
    this.said.textContent = `${this.page.title}: ${target.textContent}`;
  }

  /** Bring an element into the text's own window, without moving the notebook. */
  scrollTo(element, ifNeeded = false) {
    if (!element) return;
    // Parts that get their true height later would push away what is shown now.
    const place = this.chunks.findIndex((chunk) => chunk.element.contains(element.startContainer ?? element));
    for (const chunk of [this.chunks[place - 1], this.chunks[place + 1]]) if (chunk) this.fill(chunk);
    const [outer, inner] = [this.text.getBoundingClientRect(), element.getBoundingClientRect()];
    if (ifNeeded && inner.top > outer.top + 20 && inner.bottom < outer.bottom - 20) return;
    this.text.scrollTop += inner.top - outer.top - this.text.clientHeight / 3;
  }

  searchSoon() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.search();
      if (this.hits.length) this.toHit(1);
    }, 150);
  }

  search() {
    const wanted = fold(this.query.value.trim());
    this.hits = [];
    this.hit = -1;
    if (wanted.length >= FIND_FROM) {
      for (const [line, { t }] of this.page.lines.entries()) {
        const text = fold(t);
        for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
          this.hits.push({ line, start: at, end: at + wanted.length });
        }
      }
    }
    this.tellHits();
    this.showHits();
  }

  tellHits() {
    const typed = this.query.value.trim().length >= FIND_FROM;
    const total = this.hits.length.toLocaleString("en-GB");
    this.count.textContent = !typed ? "" : this.hits.length ? `${Math.max(this.hit, 0) + 1} of ${total}` : "not found";
  }

  toHit(by) {
    if (!this.hits.length) return;
    this.hit = (this.hit + by + this.hits.length) % this.hits.length;
    const { line, start, end } = this.hits[this.hit];
    const element = this.lineElement(line);
    this.scrollTo(rangeIn(element, start, end));
    this.tellHits();
    this.showHits();
  }

  /** Paint the finds in what is drawn; the text itself stays as it is. */
  showHits() {
    if (!this.hits.length && !this.ranges.length) return;
    this.highlight(
      this.hits.flatMap(({ line, start, end }, i) => {
        const { filled, element, first } = this.home.get(line);
        return filled ? [[rangeIn(element.children[line - first], start, end), i === this.hit]] : [];
      }),
    );
  }

  highlight(ranges) {
    if (!globalThis.CSS?.highlights) return;
    const paints = ["parley-find", "parley-find-now"].map((name) => {
      if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
      return CSS.highlights.get(name);
    });
    for (const range of this.ranges) for (const paint of paints) paint.delete(range);
    for (const [range, now] of ranges) paints[now ? 1 : 0].add(range);
    this.ranges = ranges.map(([range]) => range);
  }
}

/** The range between two offsets in an element's text. */
function rangeIn(element, start, end) {
  const range = new Range();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = at + node.length;
    if (start >= at && start < next) range.setStart(node, start - at);
    if (end > at && end <= next) {
      range.setEnd(node, end - at);
      break;
    }
    at = next;
  }
  return range;
}

function render({ model, el }) {
  const view = new ReaderView(model, el);
  return () => view.close();
}

export default { render };
