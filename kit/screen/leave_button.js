/** The databases of this site: a browser keeps those of all sites of one host together, so names tell them apart. */
async function databases() {
  const base = new URL("./", location.href).pathname.replace(/(lab|notebooks|tree)\/$/, "");
  const all = (await indexedDB.databases?.()) ?? [];
  return all.map((each) => each.name).filter((name) => name.includes("JupyterLite") && name.includes(base));
}

/** Remove all that this site has kept, and leave for the start page, so that nothing is written anew. */
async function clear() {
  const gone = (await databases()).map(
    (name) =>
      new Promise((done) => {
        const asked = indexedDB.deleteDatabase(name);
        // "blocked" too: the browser finishes as soon as this page is left.
        asked.onsuccess = asked.onerror = asked.onblocked = done;
      }),
  );
  await Promise.all(gone);
  for (const name of Object.keys(localStorage)) if (/jupyter|parley/i.test(name)) localStorage.removeItem(name);
  sessionStorage.clear();
  location.replace(new URL("../../index.html", location.href));
}

function render({ model, el }) {
  const words = make("span", { role: "status" });
  let handed = false;
  const button = makeButton("Take my work and clear this browser", () => {
    if (handed) return clear();
    hand(model, "application/json");
    handed = true;
    button.textContent = "I have the file: clear this browser now";
    words.textContent = ` Your work is in your downloads, as ${model.get("filename")}. Look there first.`;
  });
  el.replaceChildren(make("div", {}, button, words));
}

export default { render };
