import datetime as dt
import json
from importlib.metadata import PackageNotFoundError

import altair as alt
import numpy as np
import pandas as pd
import pytest

from kit.errors import KitError
from kit.screen import chart as charts
from kit.screen.chart import PREVIEW, Chart, theme
from kit.screen.drawing import source


@pytest.fixture(scope="module", autouse=True)
def _one_bundle(tmp_path_factory):
    """Charts in these tests send a stand-in for Vega: nothing here draws in a page."""
    patch = pytest.MonkeyPatch()
    patch.setattr(charts, "bundle_path", lambda: tmp_path_factory.getbasetemp() / "bundle.mjs")
    patch.setattr(charts, "_build", lambda: "export const vegaEmbed = null;")
    charts._engine._made = None
    yield
    charts._engine._made = None
    patch.undo()


ROWS = pd.DataFrame(
    {
        "key": ["a", "b"],
        "day": pd.to_datetime(["2014-03-18", "2022-02-24"]),
        "share": [1 / 3, float("nan")],
        "n": [1, 2],
    }
)


def picture():
    pick = alt.selection_point(name="pick", fields=["key"])
    brush = alt.selection_interval(name="brush", encodings=["x"])
    return alt.Chart(source()).mark_point().encode(x="day:T", y="share:Q").add_params(pick, brush)


def chart(**more):
    return Chart(picture(), ROWS, alt="Two events.", watch=["pick", "brush"], **more)


def test_nothing_is_chosen_at_first():
    assert chart().selected == {"pick": [], "brush": None}


def test_rows_are_sent_by_column_with_dates_as_local_text_and_gaps_as_none():
    assert chart()._columns == {
        "key": ["a", "b"],
        "day": ["2014-03-18T00:00:00", "2022-02-24T00:00:00"],
        "share": [1 / 3, None],
        "n": [1, 2],
    }


def test_any_cell_of_a_table_can_be_sent():
    odd = [pd.NaT, pd.NA, None, np.inf, np.int64(3), np.bool_(True), dt.date(2025, 1, 2), ["a", np.float64(2)], "x"]

    sent = Chart(picture(), [{"key": str(i), "odd": value} for i, value in enumerate(odd)], alt="Odd.")._columns["odd"]

    assert sent == [None, None, None, None, 3, True, "2025-01-02T00:00:00", ["a", 2], "x"]
    json.dumps(sent, allow_nan=False)


def test_new_rows_are_sent_without_the_chart_being_built_again():
    shown = chart()
    heard = []
    shown.observe(lambda change: heard.append(change["name"]))
    shown.rows = ROWS.head(1)

    assert heard == ["_columns"]
    assert list(shown.rows["key"]) == ["a"]


def test_a_chart_without_rows_is_a_chart():
    assert Chart(picture(), alt="Nothing yet.")._columns == {}


def test_a_selection_by_key_needs_a_key():
    with pytest.raises(KitError, match="no column 'key'"):
        Chart(picture(), [{"day": "2014"}], alt="No key.", watch=["pick"])


def test_all_charts_share_one_engine_and_carry_little_themselves():
    one, other = chart(), chart()

    assert one.engine is other.engine
    state = one.get_state()
    assert len(json.dumps({**state, "engine": "", "layout": ""}, default=str)) < 6_000


def test_an_engine_that_was_closed_is_replaced():
    gone = chart().engine
    gone.close()

    assert chart().engine is not gone


def test_the_kit_s_look_lies_under_the_chart_s_own_settings():
    spec = theme(picture().configure_axis(labelFontSize=15))

    assert spec["config"]["axis"]["labelFontSize"] == 15
    assert spec["config"]["axis"]["titleFontSize"] == 13
    assert spec["width"] == "container"
    assert theme(picture().properties(width=300))["width"] == 300


def test_a_chart_does_not_depend_on_those_made_before_it():
    def layered():
        return alt.layer(picture(), alt.Chart(source()).mark_rule().encode(x="day:T"))

    first = json.dumps(theme(layered()))
    [layered() for _ in range(3)]

    assert json.dumps(theme(layered())) == first


def test_selections_in_layers_and_rows_of_charts_are_found():
    other = alt.Chart(source()).mark_bar().encode(x="n:Q")

    assert Chart(alt.layer(picture(), other), ROWS, alt="x", watch=["pick"]).selected == {"pick": []}
    assert Chart(alt.hconcat(other, picture()), ROWS, alt="x", watch=["pick"]).selected == {"pick": []}


def test_the_preview_is_a_version_that_jupyterlab_draws_and_the_same_on_every_machine():
    data, metadata = chart()._repr_mimebundle_()

    spec = data[PREVIEW]
    assert spec["$schema"].endswith("/v5.json")
    assert spec["description"] == "Two events."
    assert spec["datasets"]["rows"][0] == {"key": "a", "day": "2014-03-18T00:00:00", "share": 0.333333, "n": 1}
    assert spec["width"] != "container"
    assert metadata[PREVIEW]["embed_options"] == {"actions": False}
    assert data["text/plain"] == "Chart: Two events."
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize(("name", "start"), [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG")])
def test_a_picture_for_a_handout_is_written(tmp_path, name, start):
    path = chart().picture(tmp_path / name)

    assert path.read_bytes().startswith(start)


def test_a_picture_of_another_kind_is_refused_in_words(tmp_path):
    with pytest.raises(KitError, match=r"a\.gif: A picture is a \.png or an \.svg file"):
        chart().picture(tmp_path / "a.gif")


def test_the_bundle_is_built_once_and_kept_whole(tmp_path, monkeypatch):
    built = []
    path = tmp_path / "new" / "bundle.mjs"
    monkeypatch.setattr(charts, "bundle_path", lambda: path)
    monkeypatch.setattr(charts, "_build", lambda: built.append(1) or "vega")

    assert charts.build_bundle() == path
    assert charts.build_bundle() == path
    assert charts.bundle_text() == "vega"
    assert built == [1]
    assert [each.name for each in path.parent.iterdir()] == ["bundle.mjs"]


def test_a_wheel_of_the_site_shows_its_own_bundle_where_vl_convert_is_not_installed(tmp_path, monkeypatch):
    def no_path():
        raise PackageNotFoundError

    (tmp_path / "vega.mjs").write_text("shipped")
    monkeypatch.setattr(charts, "SHIPPED", tmp_path / "vega.mjs")
    monkeypatch.setattr(charts, "bundle_path", no_path)

    assert charts.bundle_text() == "shipped"


def test_a_home_that_cannot_be_written_to_costs_time_but_not_the_chart(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(charts, "bundle_path", lambda: tmp_path / "file" / "bundle.mjs")
    monkeypatch.setattr(charts, "_build", lambda: "vega")

    assert charts.build_bundle() is None
    assert charts.bundle_text() == "vega"


def test_a_chart_that_is_none_is_refused_by_altair_each_time():
    for _ in range(2):
        with pytest.raises(Exception, match="mark"):
            theme(alt.Chart(source()).encode(x="n:Q"))
