// What scripts of widgets share; elements.py puts it before them. Texts of articles and cases are untrusted: they are set as
// text here, and never as markup.

/** An element: `text` is its text, what begins with "on" listens, all else is an attribute unless it is null or false. */
const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

/** A button that looks as those of ipywidgets do in the kit. */
const makeButton = (text, onclick) => make("button", { type: "button", class: "parley-button widget-button", text, onclick });

/** Listen to changes of a model by the names of its traits; returns what ends that. */
const hear = (model, listeners) => {
  for (const [name, listener] of Object.entries(listeners)) model.on(`change:${name}`, listener);
  return () => Object.entries(listeners).forEach(([name, listener]) => model.off(`change:${name}`, listener));
};

/** Give the browser the file that a model holds; the address of the Blob is dropped once the download has begun. */
const hand = (model, type) => {
  const url = URL.createObjectURL(new Blob([model.get("content")], { type }));
  const link = make("a", { href: url, download: model.get("filename") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
