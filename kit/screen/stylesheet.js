// JupyterLab reads a letter pressed in an output as a command of its own: "m" in a list box turns the cell into text and
// "d d" deletes it. It leaves alone an element with this attribute, and asks the focused one before those around it.
const MARK = "data-lm-suppress-shortcuts";
const RECENT = 3000; // milliseconds after a click or key in which a change is an answer to it
const LEAST = 260; // pixels of an answer that have to be seen
const GAP = 8;

const keep = ({ target }) => target.setAttribute(MARK, "true");

/** The nearest element around one that scrolls up and down. */
function scroller(element) {
  for (let each = element.parentElement; each; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1) return each;
  }
  return document.scrollingElement;
}

/** Scroll as little as it takes to see the beginning of an answer. */
function reveal(answer) {
  const page = scroller(answer);
  const frame = page === document.scrollingElement ? { top: 0, bottom: innerHeight } : page.getBoundingClientRect();
  const { top, height } = answer.getBoundingClientRect();
  const below = top + Math.min(height, LEAST) + GAP - frame.bottom;
  const above = top - GAP - frame.top;
  if (below > 0) page.scrollBy(0, Math.min(below, Math.max(above, 0)));
  else if (above < 0) page.scrollBy(0, above);
}

/** After a choice, show the answer from its beginning, in the page as in its own column. */
function watch(explorer) {
  const answer = explorer.querySelector(":scope .parley-answer");
  if (!answer) return () => {};
  answer.querySelector(".parley-card")?.setAttribute("aria-live", "polite");
  let asked = -Infinity;
  let frame = 0;
  // What is pressed within the answer itself, such as "In context", asks for no other place.
  const ask = ({ target }) => {
    if (!answer.contains(target)) asked = performance.now();
  };
  const observer = new MutationObserver(() => {
    if (performance.now() - asked > RECENT) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      answer.scrollTop = 0;
      reveal(answer);
    });
  });
  observer.observe(answer, { childList: true, subtree: true, characterData: true });
  const asks = ["pointerdown", "keydown", "change"];
  for (const name of asks) explorer.addEventListener(name, ask, true);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    for (const name of asks) explorer.removeEventListener(name, ask, true);
  };
}

function render({ el }) {
  let output = null;
  let unwatch = () => {};
  let frame = 0;
  const attach = () => {
    if (!el.isConnected) {
      frame = requestAnimationFrame(attach);
      return;
    }
    output = el.closest(".jp-OutputArea-output");
    output?.addEventListener("focusin", keep);
    const explorer = el.closest(".parley-explorer");
    if (explorer) unwatch = watch(explorer);
  };
  el.style.display = "none";
  attach();
  return () => {
    cancelAnimationFrame(frame);
    output?.removeEventListener("focusin", keep);
    unwatch();
  };
}

export default { render };
