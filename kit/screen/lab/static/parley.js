/* What the kit adds to JupyterLab around its own notebooks: in Lab, on a hub, on Binder, and on the static site.

   1. A bar above the notebook says that Python is starting, offers *Run all*, and counts the cells that have run.
   2. A notebook that was run, saved and reopened shows its still pictures, not "Error displaying widget".
   3. *Run all* keeps the reader's place.
   4. Widgets get the time that a slow machine needs.
   5. On the static site, `&view=page` hides the code and runs the notebook by itself; and a new release of the course
      brings its notebooks to a reader who has saved older ones.

   JupyterLab loads this file as it is: it stands in the place of what a bundler would make. It needs no other package. */
(() => {
  const VIEW = "application/vnd.jupyter.widget-view+json";
  const CHART = "application/vnd.vegalite.v5+json";
  const OWN = /(?:^|[;:])\s*(?:import\b[^;#\n]*(?<![\w.])kit\b|from\s+kit[.\s])/m;
  const RUN_ALL = "notebook:run-all-cells";
  const RESTART = "notebook:restart-run-all"; // the double arrow above a notebook

  /** What the page was told when it was made. Only the static site has settings for JupyterLite in it. */
  const config = () => JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const asked = (name) => new URLSearchParams(location.search).get(name);

  /** The class of all widgets: an extension without packages cannot import it, so it is found at the root of another. */
  function widgetClass(widget) {
    let found = widget.constructor;
    while (Object.getPrototypeOf(found).prototype) found = Object.getPrototypeOf(found);
    return found;
  }

  /** A notebook is the kit's own, or somebody's who works with the kit, if one of its cells imports the kit. */
  function usesKit(model) {
    return [...model.cells].some((cell) => cell.type === "code" && OWN.test(cell.sharedModel.getSource()));
  }

  // --- 2. still pictures

  /** The widgets that are alive: those of a running kernel. A page that was just opened has none. */
  async function living(app, panel, inPage) {
    await app.serviceManager.sessions.ready;
    if (inPage || !(await app.serviceManager.sessions.findByPath(panel.context.path))) return new Set();
    await panel.sessionContext.ready;
    const kernel = panel.sessionContext.session?.kernel;
    const reply = await kernel?.requestCommInfo({ target_name: "jupyter.widget" });
    return new Set(Object.keys(reply?.content?.comms ?? {}));
  }

  /** Whether an output is the kit's: beside the widget it has a still chart, or a text in the kit's own dress.
      The output of a reader's own widget has neither, and stays as it is. */
  function isOurs(data) {
    const text = [data["text/html"] ?? "", data["text/plain"] ?? ""].flat().join("");
    return CHART in data || /mathjax_ignore|parley-|Run this cell to /.test(text);
  }

  /** Take the dead widgets out of the kit's outputs, and say whether one is left that lives. With a state that was saved in
      the notebook a widget would be drawn, but dead, with a broken link at each part. */
  function keepStills(model, alive = new Set(), spared = []) {
    let lives = false;
    for (const { outputs } of [...model.cells].filter((cell) => !spared.includes(cell))) {
      for (let i = 0; i < (outputs?.length ?? 0); i++) {
        const output = outputs.get(i).toJSON();
        const view = output.data?.[VIEW];
        if (!view || !isOurs(output.data)) continue;
        if (alive.has(view.model_id)) lives = true;
        else {
          delete output.data[VIEW];
          outputs.set(i, output);
        }
      }
    }
    return lives;
  }

  // --- 1. the bar

  const STYLE = `
    .parley-bar { display: flex; align-items: center; gap: 12px; min-height: 40px; padding: 4px 16px; box-sizing: border-box;
      background: var(--jp-layout-color2); color: var(--jp-ui-font-color1); font: 14px/1.4 var(--jp-ui-font-family);
      border-bottom: 1px solid var(--jp-border-color1); }
    .parley-bar[hidden] { display: none; }
    .parley-bar button { padding: 5px 14px; border: 0; border-radius: 6px; background: #0b62c4; color: #fff; font: inherit;
      font-weight: 600; cursor: pointer; }
    .parley-bar button:focus-visible { outline: 3px solid #0b62c4; outline-offset: 2px; }
    .parley-bar progress { width: 140px; }
    .parley-page .jp-CodeCell .jp-Cell-inputWrapper, .parley-page .jp-CodeCell.jp-mod-noOutputs, .parley-page .jp-OutputPrompt,
    .parley-page .jp-InputPrompt, .parley-page .jp-Notebook-footer, .parley-page .jp-Collapser { display: none !important; }
    .parley-page .jp-Cell { padding-block: 2px; border-color: transparent !important; box-shadow: none !important; }
    .parley-page .jp-Notebook .jp-Cell::before, .parley-page .jp-Notebook .jp-Cell::after { display: none !important; }
  `;

  class Bar {
    constructor(app, panel) {
      const Widget = widgetClass(panel);
      const node = document.createElement("div");
      this.words = document.createElement("span");
      this.words.setAttribute("role", "status");
      this.progress = document.createElement("progress");
      this.progress.setAttribute("aria-label", "Cells that have run");
      this.button = document.createElement("button");
      this.button.textContent = "Run all";
      this.button.onclick = async () => {
        // JupyterLab itself would run the first cell, and clear the others.
        if (hasStopped(panel)) await panel.sessionContext.startKernel();
        app.commands.execute(RUN_ALL);
      };
      node.className = "parley-bar";
      node.append(this.words, this.progress, this.button);
      this.node = node;
      panel.contentHeader.addWidget(new Widget({ node }));
    }

    /** Say something; `share` is how much is done: a number, null where nobody knows, undefined where nothing runs. */
    say(words, { share, offer = false } = {}) {
      this.node.hidden = !words;
      // Set only when it changes: a screen reader reads it each time.
      if (this.words.textContent !== words) this.words.textContent = words;
      this.button.hidden = !offer;
      this.progress.hidden = share === undefined;
      if (share === null) this.progress.removeAttribute("value");
      else if (share !== undefined) this.progress.value = share;
    }
  }

  /** Whether Python was there and is no more: it fell, or was stopped while the page stood open, over night say. */
  function hasStopped({ sessionContext }) {
    const kernel = sessionContext.session?.kernel;
    return kernel ? kernel.status === "dead" : sessionContext.kernelDisplayStatus === "unknown";
  }

  /** Show in the bar what Python is doing, until the notebook has run; `lives` if it has run and Python is still there. */
  function follow(app, panel, inPage, lives) {
    const bar = new Bar(app, panel);
    const starting = inPage
      ? "Python is starting in your browser, about 20 seconds the first time. You can read on meanwhile."
      : "Python is starting.";
    let running = false;

    const cells = () => [...panel.context.model.cells].filter((cell) => cell.type === "code");
    const status = () => panel.sessionContext.session?.kernel?.status ?? "unknown";
    const draw = () => {
      const code = cells();
      const left = code.filter((cell) => cell.executionState === "running").length;
      if (running && left) bar.say(`Running: ${code.length - left} of ${code.length} cells.`, { share: 1 - left / code.length });
      else if (hasStopped(panel)) bar.say("Python has stopped. Press Run all to begin again.", { offer: true });
      else if (["unknown", "starting", "connecting"].includes(status())) bar.say(starting, { share: null });
      else if (running || code.some((cell) => cell.executionCount !== null && ran.has(cell.id))) bar.say("");
      else bar.say("The pictures on this page are still. Press Run all, and you can click on everything.", { offer: true });
    };
    const ran = new Set(lives ? cells().map((cell) => cell.id) : []);
    const finished = (done) => {
      // Who is asked whether to begin anew, and does not want to, has run nothing.
      if (done !== undefined) for (const cell of cells()) if (cell.executionState !== "running") ran.add(cell.id);
      running = false;
      draw();
    };
    const timer = setInterval(draw, 400);
    draw();
    // A Python that begins anew knows none of the widgets on the page.
    const forget = () => {
      if (panel.isDisposed) return;
      ran.clear();
      // What a learner wrote stays: the page may be the only place that still has it, and offers to download it.
      const written = panel.content.widgets.filter((cell) => cell.node.querySelector(".parley-work"));
      keepStills(panel.context.model, undefined, written.map((cell) => cell.model));
      draw();
    };
    panel.sessionContext.statusChanged.connect((_, now) => ["restarting", "autorestarting", "dead"].includes(now) && forget());
    panel.sessionContext.kernelChanged.connect((_, { oldValue }) => oldValue && forget());
    return {
      begin: (done) => {
        running = true;
        draw();
        Promise.resolve(done).then(finished, finished);
      },
      end: () => clearInterval(timer),
    };
  }

  // --- 3. the reader's place

  /** Remember where the reader is, so that *Run all*, which goes to the last cell, can be undone in that respect. */
  function placeKeeper(panel) {
    const notebook = panel.content;
    const scroller = () => notebook.outerNode ?? notebook.node;
    let place = { top: 0, cell: 0 };
    let waiting;
    // Taken a moment later: what Run all does to the page comes at once, and must not be taken for the reader's own move.
    const note = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => (place = { top: scroller().scrollTop, cell: notebook.activeCellIndex }), 250);
    };
    for (const event of ["wheel", "pointerup", "keyup", "touchend"]) notebook.node.addEventListener(event, note, { passive: true });
    return () => {
      clearTimeout(waiting);
      const back = () => {
        notebook.activeCellIndex = Math.min(place.cell, notebook.widgets.length - 1);
        scroller().scrollTop = place.top;
      };
      back();
      requestAnimationFrame(back);
      setTimeout(back, 150);
    };
  }

  // --- 4. slow machines

  /** anywidget gives a widget 2 seconds to load; then it drops for good all that Python says to it, and pictures stay as
      they were. A page that draws a dozen charts on an old laptop is longer at work than that. Nothing else in JupyterLab
      waits for just this long. */
  function giveTime() {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => timeout(milliseconds === 2000 ? 120_000 : milliseconds);
  }

  // --- 5. the static site

  /** Bring the notebooks of a new release to a reader who has saved older ones. The reader's copy goes to `earlier/`;
      answers are not in notebooks, and stay. */
  async function takeRelease(app, release) {
    const place = `parley-release:${new URL(config().baseUrl ?? "./", location.href).pathname}`;
    const known = localStorage.getItem(place);
    if (!release?.id || known === release.id) return;
    const contents = app.serviceManager.contents;
    // On a first visit nothing was saved yet.
    for (const path of known ? release.notebooks : []) {
      const [saved, shipped] = await Promise.all([
        contents.get(path, { content: true }).catch(() => null),
        fetch(new URL(`../files/${path}`, location.href)).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null),
      ]);
      if (!saved || !shipped || sources(saved.content) === sources(shipped)) continue;
      const copy = `earlier/${new Date().toISOString().slice(0, 10)} ${path.split("/").pop()}`;
      await contents.save("earlier", { type: "directory", path: "earlier", name: "earlier" }).catch(() => {});
      await contents.save(copy, { ...saved, path: copy, name: copy.split("/").pop() });
      await contents.delete(path);
    }
    localStorage.setItem(place, release.id);
  }

  const sources = (notebook) => JSON.stringify(notebook.cells.map((cell) => [cell.cell_type, [cell.source].flat().join("")]));

  const plain = (inPage) => inPage && asked("view") === "page";

  /** Hide the menu and the title above a notebook; what is only made invisible would leave its room empty. */
  function hideBars(widget) {
    for (const child of widget.layout ?? []) {
      if (["top-panel-wrapper", "menu-panel-wrapper"].includes(child.id)) child.hide();
      else hideBars(child);
    }
  }

  // --- all together

  async function attend(app, panel, inPage) {
    await panel.context.ready;
    if (panel.isDisposed || !usesKit(panel.context.model)) return;
    const alive = await living(app, panel, inPage).catch((problem) => console.warn("parley: still pictures", problem));
    const progress = follow(app, panel, inPage, keepStills(panel.context.model, alive));
    const back = placeKeeper(panel);
    const onCommand = (_, { id, result }) => {
      if (![RUN_ALL, RESTART].includes(id) || app.shell.currentWidget !== panel) return;
      back();
      progress.begin(result);
    };
    app.commands.commandExecuted.connect(onCommand);
    panel.disposed.connect(() => {
      app.commands.commandExecuted.disconnect(onCommand);
      progress.end();
    });
    // Only on the static site: on a server a link could otherwise run a notebook that its owner has not read.
    if (plain(inPage)) {
      panel.toolbar.hide();
      hideBars(app.shell);
      await panel.sessionContext.ready;
      app.commands.execute(RUN_ALL);
    }
  }

  const plugin = {
    id: "parley:notebooks",
    description: "Shows still pictures, progress and the reader's place in Parley's notebooks.",
    autoStart: true,
    async activate(app) {
      giveTime();
      const inPage = "litePluginSettings" in config();
      const style = document.createElement("style");
      style.textContent = STYLE;
      document.head.append(style);
      if (plain(inPage)) document.body.classList.add("parley-page");
      app.docRegistry.addWidgetExtension("Notebook", {
        createNew(panel) {
          attend(app, panel, inPage);
          return { dispose() {}, isDisposed: false };
        },
      });
      // No notebook is opened before this is done.
      if (inPage) await takeRelease(app, config().parleyRelease).catch((problem) => console.warn("parley: release", problem));
    },
  };

  // What webpack's module federation asks of a file that was not made by it.
  (globalThis._JUPYTERLAB ??= {}).parley = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: [plugin] })),
  };
})();
