// Run the kit's unit tests under the site's Pyodide, in Node: node in_node.mjs SITE ROOT PEERS ARGUMENT …
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [site, root, peers, ...asked] = process.argv.slice(2);
const home = `${site}/lite/static/python`;
const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
const py = await loadPyodide({
  indexURL: `${home}/`,
  packages: ["parley-kit", "ipython", "micropip", ...(readdirSync(home).some((name) => name.startsWith("sqlite3")) ? ["sqlite3"] : [])],
  env: { HOME: "/home/pyodide" },
});
for (const [folder, place] of [[root, "/here"], [peers, "/peers"]]) {
  py.FS.mkdirTree(place);
  py.FS.mount(py.FS.filesystems.NODEFS, { root: folder }, place);
}
py.globals.set("asked", py.toPy(asked));
const code = await py
  .runPythonAsync(`
import os, sys, sysconfig
from pathlib import Path
sys.path[:0] = ["/here", "/peers"]
os.chdir("/here")
import kit.screen.chart
kit.screen.chart.SHIPPED = Path(sysconfig.get_path("purelib"), "kit", "screen", "vega.mjs")  # only the wheel has it
import pytest
int(pytest.main([*asked, "--assert=plain", "-p", "no:cacheprovider", "--capture=sys", "-q", "-o", "addopts=", "--rootdir=/here"]))
`)
  .catch((problem) => {
    console.error(problem.message); // without it Node prints Pyodide's whole source
    return 1;
  });
process.exit(code);
