// JupyterLab reads a letter pressed in an output as a command of its own: "m" in a list box turns the cell into text and
// "d d" deletes it. It leaves alone an element with this attribute, and asks the focused one before those around it.
const MARK = "data-lm-suppress-shortcuts";

const keep = ({ target }) => target.setAttribute(MARK, "true");

function render({ el }) {
  let output = null;
  let frame = 0;
  const attach = () => {
    output = el.closest(".jp-OutputArea-output");
    output?.addEventListener("focusin", keep);
    if (!el.isConnected) frame = requestAnimationFrame(attach);
  };
  el.style.display = "none";
  attach();
  return () => {
    cancelAnimationFrame(frame);
    output?.removeEventListener("focusin", keep);
  };
}

export default { render };
