const OFFERED = 8; // codes listed at once
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}'’\-]*[\p{L}\p{N}])?/gu;
const KEYS = [
  ["↓ ↑", "next or previous sentence"],
  ["→ ←", "choose a word, then the next or previous word"],
  ["Shift + → ←", "one word more or less"],
  ["Enter", "give the words a code: type a part of its name, then Enter (without words, the whole sentence gets it)"],
  ["1 to 9", "take the mark with this number away, or put it back"],
  ["U", "undo the last change"],
];

class MarkingView {
  constructor(model, el) {
    this.model = model;
    this.id = `parley-marking-${Math.random().toString(36).slice(2)}`;
    this.now = 0; // the sentence at work
    this.chosen = null; // the first and the last word chosen in it
    this.recent = []; // codes given last come first in the list
    this.offered = [];
    this.active = 0;
    this.build(el);
    this.close = hear(model, { _sentences: () => this.redraw(), _read: () => this.tell(), _said: () => this.answer() });
    this.redraw();
  }

  get(name) {
    return this.model.get(name);
  }

  get sentence() {
    return this.sentences[this.now];
  }

  build(el) {
    this.text = make("div", {
      class: "parley-marking-text",
      role: "listbox",
      tabindex: "0",
      onkeydown: (event) => this.key(event),
      onmouseup: (event) => this.mouse(event),
    });
    this.place = make("h4");
    this.count = make("p", { class: "parley-quiet" });
    this.marks = make("ol");
    this.words = make("p", { dir: "auto" });
    this.find = make("input", {
      id: `${this.id}-code`,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": `${this.id}-codes`,
      oninput: () => this.offer(),
      onkeydown: (event) => this.codeKey(event),
    });
    this.list = make("ul", { id: `${this.id}-codes`, role: "listbox", "aria-label": "Codes" });
    this.undo = make("button", { type: "button", text: "Undo the last change (U)", onclick: () => this.ask("undo") });
    this.said = make("p", { class: "parley-marking-said", role: "status" });
    const help = KEYS.flatMap(([key, what]) => [make("dt", { text: key }), make("dd", { text: what })]);
    const panel = make(
      "div",
      { class: "parley-marking-panel", role: "region", "aria-label": "The sentence at work" },
      this.count,
      this.place,
      this.marks,
      this.words,
      make("label", { for: this.find.id, text: "Give it a code" }),
      this.find,
      this.list,
      this.undo,
      this.said,
      make("details", {}, make("summary", { text: "Keys" }), make("dl", {}, ...help)),
    );
    el.replaceChildren(make("div", { class: "parley-marking" }, this.text, panel));
  }

  ask(what, more = {}) {
    this.model.send({ what, sentence: this.now, ...more });
  }

  /** Draw what has changed: another article whole, else only the sentences whose marks are others now. */
  redraw() {
    const before = this.sentences;
    this.sentences = this.get("_sentences");
    const another = this.title !== this.get("_title") || before?.length !== this.sentences.length;
    if (another) {
      this.title = this.get("_title");
      [this.now, this.chosen] = [0, null];
      this.drawText();
    } else {
      const changed = this.sentences.flatMap((each, i) => (JSON.stringify(each) === JSON.stringify(before[i]) ? [] : [i]));
      for (const i of changed) this.drawSentence(i);
    }
    this.tell();
    this.offer();
  }

  drawText() {
    let line;
    this.spans = this.sentences.map((each, i) => {
      const span = make("span", { role: "option", id: `${this.id}-${i}`, class: "parley-marking-sentence", "data-i": i });
      if (!line || each.opens) {
        line = make("p", { role: "presentation", dir: "auto", class: each.heading ? "parley-marking-heading" : null });
        this.text.append(line);
      } else line.append(" ");
      line.append(span);
      return span;
    });
    const lines = [...new Set(this.spans.map((span) => span.parentElement))];
    this.text.replaceChildren(...lines);
    this.text.setAttribute("aria-label", `${this.title}: its sentences. The keys are listed under Keys.`);
    this.sentences.forEach((_, i) => this.drawSentence(i));
    this.text.scrollTop = 0;
  }

  drawSentence(i) {
    const { text, marks } = this.sentences[i];
    const kept = marks.filter(({ gone }) => !gone);
    const [from, to] = i === this.now && this.chosen ? this.range() : [0, 0];
    const edges = [...new Set([0, text.length, from, to, ...kept.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
    const pieces = edges.slice(1).map((end, k) => {
      const start = edges[k];
      const here = kept.filter((mark) => mark.start <= start && mark.end >= end);
      let piece = make("span", { text: text.slice(start, end), class: from <= start && end <= to && from < to ? "parley-marking-words" : null });
      for (const [depth, kind] of [...new Set(here.map(({ code }) => this.kind(code)))].slice(0, 3).entries()) {
        const over = kept.some((mark) => mark.end === end && this.kind(mark.code) === kind);
        piece = make("span", { "data-letter": over ? kind.letter : null }, piece);
        piece.style.textDecoration = `underline ${kind.line === "thick" ? "solid" : kind.line} ${kind.colour} 2px`;
        piece.style.textUnderlineOffset = `${3 + 5 * depth}px`;
      }
      return piece;
    });
    this.spans[i].replaceChildren(...pieces);
    this.spans[i].setAttribute("aria-selected", String(i === this.now));
  }

  kind(code) {
    const { kind } = this.get("_codes")[code];
    return this.get("_kinds").find(({ name }) => name === kind);
  }

  /** Where the chosen words begin and end in their sentence. */
  range() {
    const words = this.wordsOf(this.now);
    const [first, last] = [...this.chosen].sort((a, b) => a - b);
    return [words[first][0], words[last][1]];
  }

  wordsOf(i) {
    return [...this.sentences[i].text.matchAll(WORD)].map((found) => [found.index, found.index + found[0].length]);
  }

  go(i, chosen = null) {
    if (!this.sentences[i]) return;
    const before = this.now;
    [this.now, this.chosen] = [i, chosen];
    for (const each of new Set([before, i])) this.drawSentence(each);
    this.reach();
    if (!this.get("_read").includes(i)) this.ask("read");
    this.tell();
  }

  /** Bring the sentence at work into the text's own window, without moving the notebook. */
  reach() {
    const [outer, inner] = [this.text.getBoundingClientRect(), this.spans[this.now].getBoundingClientRect()];
    if (inner.top < outer.top + 10 || inner.bottom > outer.bottom - 10) {
      this.text.scrollTop += inner.top - outer.top - this.text.clientHeight / 3;
    }
    this.text.setAttribute("aria-activedescendant", `${this.id}-${this.now}`);
  }

  /** Say in the panel what the sentence at work bears, and which words are chosen. */
  tell() {
    const total = this.sentences.length;
    this.count.textContent = `${this.get("_read").length} of ${total} sentences read`;
    this.place.textContent = total ? `Sentence ${this.now + 1}` : "This article has no sentences.";
    const at = [...this.marks.querySelectorAll("button")].indexOf(document.activeElement);
    const marks = this.sentence?.marks ?? [];
    const none = make("li", { class: "parley-quiet", text: "No mark yet." });
    this.marks.replaceChildren(...(marks.length ? marks.map((mark, i) => this.markItem(mark, i)) : [none]));
    this.marks.querySelectorAll("button")[at]?.focus();
    this.find.disabled = !total;
    if (!total) return;
    const [from, to] = this.chosen ? this.range() : [0, 0];
    this.words.textContent = this.chosen ? `Chosen: “${this.sentence.text.slice(from, to)}”` : "No words are chosen: a code goes to the whole sentence.";
  }

  markItem({ code, start, end, by, gone }, i) {
    const { label } = this.get("_codes")[code];
    const { letter, colour } = this.kind(code);
    const badge = make("span", { class: "parley-marking-badge", text: letter, "aria-hidden": "true" });
    badge.style.background = colour;
    const words = this.sentence.text.slice(start, end);
    const name = `${gone ? "Put back" : "Take away"}: ${label}, “${words}”`;
    const button = make("button", {
      type: "button",
      "aria-label": name,
      onclick: () => this.ask("turn", { mark: i }),
      text: `${i < 9 ? `${i + 1} ` : ""}${gone ? "Put back" : "Take away"}`,
    });
    const origin = gone ? "taken away" : by === "reader" ? "by a reader" : "by rule";
    return make(
      "li",
      { class: gone ? "parley-marking-gone" : null },
      make("span", { dir: "auto" }, badge, make("strong", { text: label }), make("span", { text: ` “${words}” (${origin})` })),
      button,
    );
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.sentences.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const word = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) this.go(this.now + step);
    else if (word) this.chooseWord(word, event.shiftKey);
    else if (event.key === "Enter") this.find.focus();
    else if (/^[1-9]$/.test(event.key)) this.turn(Number(event.key) - 1);
    else if (event.key.toLowerCase() === "u") this.ask("undo");
    else if (event.key === "Escape") this.go(this.now);
    else return;
    event.preventDefault();
  }

  turn(mark) {
    if (this.sentence.marks[mark]) this.ask("turn", { mark });
  }

  chooseWord(by, more) {
    const last = this.wordsOf(this.now).length - 1;
    if (last < 0) return;
    const fit = (place) => Math.min(Math.max(place, 0), last);
    if (!this.chosen) this.chosen = by > 0 ? [0, 0] : [last, last];
    else if (more) this.chosen = [this.chosen[0], fit(this.chosen[1] + by)];
    else this.chosen = Array(2).fill(fit(this.chosen[1] + by));
    this.go(this.now, this.chosen);
    this.said.textContent = this.words.textContent;
  }

  mouse(event) {
    const selection = getSelection();
    const span = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".parley-marking-sentence");
    const at = selection.isCollapsed ? span(event.target) : span(selection.anchorNode);
    if (!at || !this.text.contains(at)) return;
    const i = Number(at.dataset.i);
    if (selection.isCollapsed) return void this.go(i);
    const range = selection.getRangeAt(0);
    const offset = (node, place) => {
      const before = new Range();
      before.setStart(at, 0);
      before.setEnd(node, place);
      return before.toString().length;
    };
    // What goes beyond the sentence in which the choice began is left out.
    const start = at.contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : 0;
    const end = at.contains(range.endContainer) ? offset(range.endContainer, range.endOffset) : this.sentences[i].text.length;
    const words = this.wordsOf(i).flatMap(([from, to], k) => (from < end && to > start ? [k] : []));
    selection.removeAllRanges();
    this.go(i, words.length ? [words[0], words.at(-1)] : null);
    this.find.focus({ preventScroll: true });
  }

  // --- the list of codes

  offer() {
    const wanted = this.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const codes = this.get("_codes").map((code, i) => ({ ...code, i }));
    const inLabel = ({ label }) => wanted.every((word) => label.toLowerCase().includes(word));
    const found = codes.filter(({ label, definition, code }) =>
      wanted.every((word) => `${label} ${definition} ${code}`.toLowerCase().includes(word)),
    );
    const late = (code) => (this.recent.includes(code.i) ? this.recent.indexOf(code.i) : this.recent.length);
    found.sort((a, b) => Number(inLabel(b)) - Number(inLabel(a)) || late(a) - late(b) || a.i - b.i);
    this.offered = found.slice(0, OFFERED);
    this.active = 0;
    this.drawOffered();
  }

  drawOffered() {
    const options = this.offered.map(({ i, label, definition }, k) => {
      const { letter, colour, label: kind } = this.kind(i);
      const badge = make("span", { class: "parley-marking-badge", text: letter, title: kind });
      badge.style.background = colour;
      return make(
        "li",
        { role: "option", id: `${this.id}-code-${k}`, "aria-selected": String(k === this.active), title: definition, onclick: () => this.give(k) },
        badge,
        label,
      );
    });
    const none = make("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", text: "No code fits what you typed." });
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.find.setAttribute("aria-activedescendant", options.length ? `${this.id}-code-${this.active}` : "");
  }

  codeKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && this.offered.length) {
      this.active = (this.active + by + this.offered.length) % this.offered.length;
      this.drawOffered();
    } else if (event.key === "Enter") this.give(this.active);
    else if (event.key === "Escape") this.text.focus({ preventScroll: true });
    else return;
    event.preventDefault();
  }

  give(place) {
    const code = this.offered[place];
    if (!code) return;
    const [start, end] = this.chosen ? this.range() : [0, this.sentence.text.length];
    this.recent = [code.i, ...this.recent.filter((each) => each !== code.i)];
    this.ask("add", { start, end, code: code.i });
    this.find.value = "";
    this.offer();
    this.text.focus({ preventScroll: true });
  }

  answer() {
    const { text, sentence } = this.get("_said");
    this.said.textContent = text;
    if (sentence !== undefined && sentence !== this.now) this.go(sentence);
    else if (this.chosen) this.go(this.now);
  }
}

function render({ model, el }) {
  const view = new MarkingView(model, el);
  return () => view.close();
}

export default { render };
