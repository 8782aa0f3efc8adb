function render({ model, el }) {
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.style.color = "var(--jp-ui-font-color1, #1f2328)";
  el.replaceChildren(region);
  const show = () => {
    region.innerHTML = model.get("html");
  };
  model.on("change:html", show);
  show();
  return () => model.off("change:html", show);
}

export default { render };
