// Each chart carries these few lines alone; what draws it comes from the page's one engine.
const pages = (globalThis.parleyEngines ??= new Map());

async function load(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function start(engine) {
  const [{ vegaEmbed }, { draw }] = await Promise.all([load(engine.get("bundle")), load(engine.get("code"))]);
  return (model, el) => draw({ model, el, vegaEmbed, night: engine.get("night") });
}

async function render({ model, el }) {
  const engine = await model.widget_manager.get_model(model.get("engine").replace("IPY_MODEL_", ""));
  const digest = engine.get("digest");
  if (!pages.has(digest)) pages.set(digest, start(engine));
  return (await pages.get(digest))(model, el);
}

export default { render };
