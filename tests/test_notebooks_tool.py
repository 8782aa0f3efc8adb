"""What is saved in a notebook: no widgets, a picture beside each chart, tables that read the same everywhere."""

import importlib.util
import json
from base64 import b64decode
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from tools.kernel_sockets import manage_kernel

ROOT = Path(__file__).resolve().parent.parent
SAVED = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "solutions").rglob("*.ipynb")])
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "mark": "bar",
    "data": {"values": [{"a": "x", "b": 1}]},
    "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}},
}


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("notebooks_tool", ROOT / "tools" / "notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def notebook(*cells):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=list(cells), metadata=kernel)


def test_a_chart_gets_a_picture_and_loses_its_widget(tool):
    data = {tool.WIDGET_VIEW: {"model_id": "1"}, tool.PREVIEW: CHART, "text/plain": "Chart"}
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    made = tool.tidy(notebook(nbformat.v4.new_code_cell("chart", outputs=[output])))
    saved = made.cells[0].outputs[0].data
    assert set(saved) == {tool.PREVIEW, "image/png", "text/plain"}
    assert b64decode(saved["image/png"]).startswith(b"\x89PNG")


def test_tables_in_the_text_are_aligned_as_jupyterlab_does(tool):
    text = "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n---\n\nHe said --- nothing."
    made = tool.tidy(notebook(nbformat.v4.new_markdown_cell(text)))
    assert made.cells[0].source == "| a | b |\n| :-- | :-- |\n| 1 | 2 |\n\n---\n\nHe said --- nothing."


def test_a_table_of_the_kit_is_aligned_before_the_kits_own_style_is_there(tool):
    from kit.screen import html

    table = str(html.table(pd.DataFrame({"part": ["A way out"]}), "Is the moment ripe?"))
    output = nbformat.v4.new_output("display_data", data={"text/html": table})
    made = tool.tidy(notebook(nbformat.v4.new_code_cell("board", outputs=[output])))
    saved = made.cells[0].outputs[0].data["text/html"]
    assert saved.count(' style="text-align: start"') == 2  # the heading and the cell
    assert saved.replace(' style="text-align: start"', "") == table


def test_all_pictures_in_saved_notebooks_take_less_than_three_megabytes():
    outputs = [
        output
        for path in SAVED
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", ())
    ]
    assert sum(len("".join(each.get("data", {}).get("image/png", ""))) for each in outputs) < 3_000_000


def test_exported_to_html_the_picture_is_shown_and_not_a_line_of_text(tool):
    nbconvert = pytest.importorskip("nbconvert")
    data = {tool.PREVIEW: CHART, "text/plain": "Chart: a bar."}
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    made = tool.tidy(notebook(nbformat.v4.new_code_cell("chart", outputs=[output])))
    page, _ = nbconvert.HTMLExporter().from_notebook_node(made)
    assert "data:image/png;base64," in page
    assert "Chart: a bar." not in page


def test_kernels_of_the_check_talk_over_files_of_their_own_not_over_ports(tmp_path):
    manager = manage_kernel(kernel_name="python3")
    manager.start_kernel(cwd=tmp_path)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        assert client.execute_interactive("1 + 1", timeout=60, output_hook=lambda _: None)["content"]["status"] == "ok"
        assert manager.get_connection_info()["transport"] == "ipc"
        assert len(list(Path(manager.ip).parent.glob(f"{Path(manager.ip).name}-*"))) == 5
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not list(tmp_path.iterdir())
