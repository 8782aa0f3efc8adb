// What is said of saving, for as long as the kernel is there to save. Where it has gone, what is typed reaches nobody: that
// is said instead. A lost line to the server may come back, and with it what was said; a kernel that was stopped or
// restarted no longer knows this output, which then has to be made again.
const GONE = ["dead", "restarting", "autorestarting", "terminating"];

function render({ model, el }) {
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.className = "parley-connection";
  el.replaceChildren(region);

  const kernel = model.widget_manager?.kernel;
  let ended = false;
  const say = (text) => {
    region.dataset.lost = "true";
    region.textContent = text;
  };
  const show = () => {
    ended ||= GONE.includes(kernel?.status) || kernel?.isDisposed === true;
    if (ended) say("⚠ Not connected: what you type is not kept. Run this notebook again (Run → Run All Cells).");
    else if (kernel && kernel.connectionStatus !== "connected") say("⚠ Not connected: what you type is not kept.");
    else {
      region.dataset.lost = "false";
      region.innerHTML = model.get("html");
    }
  };
  model.on("change:html", show);
  const signals = [kernel?.statusChanged, kernel?.connectionStatusChanged, kernel?.disposed].filter(Boolean);
  signals.forEach((signal) => signal.connect(show));
  show();
  return () => {
    model.off("change:html", show);
    signals.forEach((signal) => signal.disconnect(show));
  };
}

export default { render };
