"""How fast the screen is in a real JupyterLab, against what has been promised: ``python benchmarks/browser.py``.

Charts stand beside ``alt.JupyterChart`` (offline), which is what one would use without the kit. Times are medians where
something is repeated. It exits with 1 if a promise is not kept.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from conftest import FLAGS, Lab, Server, chromium  # noqa: E402 - the browser tests' own JupyterLab

CHARTS = """
import altair as alt, pandas as pd, numpy as np, ipywidgets as w, time, warnings
from kit.screen.chart import Chart
from kit.screen.drawing import source
from kit.screen.slider import Slider
numbers = np.random.default_rng(1)
def rows(count=40):
    return pd.DataFrame({"key": [str(i) for i in range(count)], "x": numbers.normal(size=count).round(3),
                         "y": numbers.normal(size=count).round(3), "kind": numbers.choice(list("abc"), count)})
def drawing(data):
    pick = alt.selection_point(name="pick", fields=["key"])
    return alt.Chart(data).mark_point().encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), color=alt.Color("kind:N"), shape=alt.Shape("kind:N"),
        opacity=alt.condition(pick, alt.value(1), alt.value(0.4))).properties(height=60).add_params(pick)
def chart():
    return Chart(drawing(source()), rows(), alt="Forty points.", watch=["pick"])
"""
OURS = ".parley-chart[data-drawn] .mark-symbol"
THEIRS = ".vega-embed .marks"


class Row(NamedTuple):
    what: str
    value: float
    unit: str
    limit: float | None


def since(lab: Lab, count: list[int], act: Callable[[], Any]) -> tuple[float, int]:
    """Milliseconds and bytes received until `act` is through."""
    before = count[0]
    start = lab.page.evaluate("performance.now()")
    act()
    return lab.page.evaluate("performance.now()") - start, count[0] - before


def counted(lab: Lab) -> list[int]:
    """A running total of bytes that come in over web sockets from now on."""
    total = [0]

    def add(frame: str | bytes) -> None:
        total[0] += len(frame if isinstance(frame, bytes) else frame.encode())

    lab.page.on("websocket", lambda socket: socket.on("framereceived", add))
    return total


def start_cell(lab: Lab, index: int) -> None:
    lab.page.evaluate(
        "(i) => { const nb = window.jupyterapp.shell.currentWidget.content; nb.activeCellIndex = i;"
        " window.jupyterapp.commands.execute('notebook:run-cell'); }",
        index,
    )


def run_until(lab: Lab, index: int, selector: str, number: int) -> None:
    start_cell(lab, index)
    lab.page.wait_for_function(f"document.querySelectorAll({selector!r}).length >= {number}", timeout=60_000)


def twenty_charts(lab: Lab) -> list[Row]:
    count = counted(lab)
    lab.write(CHARTS, "chart()", "w.VBox([chart() for _ in range(20)])")
    lab.run_cell(0)
    first = since(lab, count, lambda: run_until(lab, 1, OURS, 1))
    twenty = since(lab, count, lambda: run_until(lab, 2, OURS, 21))
    lab.write(
        CHARTS + "warnings.simplefilter('ignore'); alt.JupyterChart.enable_offline()",
        "w.VBox([alt.JupyterChart(drawing(rows())) for _ in range(20)])",
    )
    lab.run_cell(0)
    other = since(lab, count, lambda: run_until(lab, 1, THEIRS, 20))
    return [
        Row("first chart, with the one bundle: time", first[0], "ms", None),
        Row("first chart, with the one bundle: sent", first[1] / 1000, "kB", None),
        Row("20 charts more: time", twenty[0], "ms", 1000),
        Row("20 charts more: sent", twenty[1] / 1000, "kB", 300),
        Row("  alt.JupyterChart, 20 charts: time", other[0], "ms", None),
        Row("  alt.JupyterChart, 20 charts: sent", other[1] / 1000, "kB", None),
    ]


def heap(lab: Lab) -> float:
    """Megabytes in use after a thorough collection."""
    session = lab.context.new_cdp_session(lab.page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def updates(lab: Lab) -> list[Row]:
    lab.write(CHARTS, "one = chart()\none")
    lab.run_all()
    lab.page.locator(OURS).first.wait_for()

    def update(times: int) -> None:
        done = int(lab.page.locator(".parley-chart").get_attribute("data-updates") or 0)
        lab.python("1", before=f"for _ in range({times}):\n    one.rows = rows(); time.sleep(0.005)")
        lab.page.wait_for_function(f"Number(document.querySelector('.parley-chart').dataset.updates) >= {done + times}")

    update(20)
    before = heap(lab)
    took, _ = since(lab, [0], lambda: update(400))
    return [
        Row("400 updates of the rows: time", took, "ms", None),
        Row("400 updates of the rows: heap grows by", heap(lab) - before, "MB", 10),
    ]


MOVED = """() => new Promise((done) => {
  const input = document.querySelector('.parley-slider input');
  const chart = document.querySelector('.parley-chart');
  const start = performance.now();
  const watcher = new MutationObserver(() => { watcher.disconnect(); done(performance.now() - start); });
  watcher.observe(chart, { attributes: true, attributeFilter: ['data-updates'] });
  input.value = Number(input.value) === 50 ? 51 : 50;
  input.dispatchEvent(new Event('input'));
})"""


def control(lab: Lab) -> list[Row]:
    lab.write(
        CHARTS,
        "one = chart(); s = Slider('Shift', 50)\n"
        "s.observe(lambda change: setattr(one, 'rows', rows().assign(x=change['new'])), 'value')\nw.VBox([s, one])",
    )
    lab.run_all()
    lab.page.locator(OURS).first.wait_for()
    times = []
    for _ in range(40):
        times.append(lab.page.evaluate(MOVED))
        lab.page.wait_for_timeout(90)
    return [
        Row("control to redrawn chart: median", statistics.median(times), "ms", 100),
        Row("control to redrawn chart: worst of 40", max(times), "ms", None),
    ]


def first_explorer(lab: Lab) -> list[Row]:
    rows = []
    for name, cell, selector in (
        ("Reader", "kit.Reader(case)", ".parley-reader[data-drawn]"),
        ("Timeline", "kit.background.Timeline(case)", ".parley-chart[data-drawn] svg"),
    ):
        lab.write("import kit\ncase = kit.load_case('ukraine')", cell)

        def run(selector: str = selector) -> None:
            lab.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
            lab.page.locator(selector).first.wait_for()

        rows.append(Row(f"'run all' to the first explorer: {name}", since(lab, [0], run)[0], "ms", 3000))
    return rows


BOOK = """
import pandas as pd, numpy as np, kit
from pathlib import Path
from kit.articles import read_article
from kit.marks.rules import annotate
book = kit.load_codebook("ukraine")
codes = list(book.codes)
def article(words, name):
    lines, numbers = [], np.random.default_rng(2)
    for _ in range(words // 100):
        lines.append(" ".join(" ".join(numbers.choice(["peace", "after", "long", "winter", "the", "side", "spoke", "of", "it"], 9)).capitalize()
                              + " again." for _ in range(10)))
    return read_article("A title\\n\\n" + "\\n\\n".join(lines), name=name)
def marked(text, count):
    numbers = np.random.default_rng(3)
    rows = []
    for n in sorted(numbers.choice(len(text.sentences), count, replace=count > len(text.sentences))):
        sentence = text.sentences[n]; start = sentence.start + int(numbers.integers(0, 20)); end = min(start + 18, sentence.end)
        code = str(numbers.choice(codes))
        rows.append((text.id, sentence.section, int(n), start, end, text.text[start:end], code.split(":")[0], code, book.label(code)))
    return pd.DataFrame(rows, columns=["article", "section", "sentence", "start", "end", "quote", "kind", "code", "label"])
from types import SimpleNamespace
def reader(words, count):
    text = article(words, "a")
    return kit.Reader(SimpleNamespace(name="big", articles=[text], codebook=book, marks=marked(text, count)))
"""
ALL_PARTS = """() => {
  const text = document.querySelector('.parley-reader-text');
  return new Promise((done) => {
    const step = () => {
      text.scrollTop += 900;
      if (text.scrollTop + text.clientHeight < text.scrollHeight - 2) requestAnimationFrame(step);
      else setTimeout(() => {
        const box = document.querySelector('.parley-reader-legend input');
        const start = performance.now();
        box.click();
        text.getBoundingClientRect();
        done(performance.now() - start);
      }, 200);
    };
    step();
  });
}"""
FIND = """(words) => new Promise((done) => {
  const input = document.querySelector('.parley-reader input[type=search]');
  const start = performance.now();
  const watcher = new MutationObserver(() => { watcher.disconnect(); done(performance.now() - start); });
  watcher.observe(document.querySelector('.parley-reader-count'), { childList: true, characterData: true, subtree: true });
  input.value = words;
  input.dispatchEvent(new Event('input'));
})"""


def reading(lab: Lab) -> list[Row]:
    rows = []
    for words, marks, limit in ((3_000, 400, 300), (100_000, 10_000, None)):
        lab.write(BOOK, f"r = reader({words}, {marks})\nr")
        lab.run_cell(0)
        took, _ = since(lab, [0], lambda: run_until(lab, 1, ".parley-reader[data-drawn]", 1))
        drawn = float(lab.page.locator(".parley-reader").get_attribute("data-drawn"))
        name = f"{words:,} words, {marks:,} marks"
        rows += [
            Row(f"{name}: cell run to text on screen", took, "ms", None),
            Row(f"{name}: drawing what is in view", drawn, "ms", limit or 300),
            Row(f"{name}: finding a word", lab.page.evaluate(FIND, "winter"), "ms", None if limit else 1000),
        ]
        if limit:
            rows.append(Row(f"{name}: drawing all of it again", lab.page.evaluate(ALL_PARTS), "ms", limit))
    return rows


def told(row: Row) -> str:
    verdict = (
        ""
        if row.limit is None
        else f"  (at most {row.limit:,.0f} {row.unit}){'' if row.value <= row.limit else '  NOT KEPT'}"
    )
    return f"{row.what:<62} {row.value:>10,.1f} {row.unit}{verdict}"


def main() -> int:
    kept = True
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, sync_playwright() as playwright:
        server = Server(Path(home))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            for measure in (twenty_charts, updates, control, first_explorer, reading):
                lab = Lab(server, browser)
                for row in measure(lab):
                    print(told(row), flush=True)
                    kept &= row.limit is None or row.value <= row.limit
                lab.close()
        finally:
            browser.close()
            server.stop()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
