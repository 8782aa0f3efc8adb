"""The one way a chart is shown: our theme, offline, with a text alternative, chosen marks back in Python.

The Vega libraries lie once in a page: a hidden `Engine` model carries them, all charts point to it.
New rows go into the drawn chart; it is never built again for them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from kit.errors import KitError
from kit.screen import runtime
from kit.screen import theme as look
from kit.screen.elements import read_script
from kit.screen.stylesheet import Shared, stylesheet
from kit.user_cache import cache_folder, keep_text

if TYPE_CHECKING:
    import altair
# The version that the locked Altair writes for; vl-convert brings it.
VEGA_LITE = "6.4"
# JupyterLab draws this type by itself, without a network. It knows none of version 6, and nbformat refuses that one.
PREVIEW = "application/vnd.vegalite.v5+json"
PREVIEW_WIDTH = 620  # fits beside JupyterLab's margins in a window of 800 px

LONGEST_TITLE = 78  # characters in a line of the title of a still picture

_HERE = Path(__file__).parent
SHIPPED = _HERE / "vega.mjs"  # the bundle in a wheel made for the site or a release
_SNIPPET = "export { vegaEmbed };"
_COUNTED = re.compile(r'"((?:view|param)_)(\d+)((?:_\w+)?)"')


def bundle_path() -> Path:
    """Return where this machine keeps the bundle of the installed versions."""
    name = f"vega-lite-{VEGA_LITE}-vl-convert-{version('vl-convert-python')}.mjs"
    return cache_folder() / name


def build_bundle() -> Path | None:
    """Build the Vega bundle into the user's cache, if it is not there; return its path, or None if it cannot be kept."""
    path = bundle_path()
    if not path.exists():
        keep_text(_build(), path)
    return path if path.exists() else None


def _build() -> str:
    import vl_convert

    return vl_convert.javascript_bundle(_SNIPPET, vl_version=VEGA_LITE)


def bundle_text() -> str:
    """Return the Vega bundle: the wheel's own, else the one in the user's cache, else a new one."""
    # The wheel's own first, and alone: in a browser page vl-convert is not installed, so it has no version to name a file.
    path = SHIPPED if SHIPPED.exists() else bundle_path()
    if path.exists():
        return path.read_text(encoding="utf-8")
    text = _build()
    keep_text(text, path)
    return text


class Engine(ipywidgets.Widget):
    """The hidden model that brings Vega, the drawing code and the colours by night to a page, once for all charts."""

    bundle = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    night = traitlets.Dict().tag(sync=True)
    digest = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        parts = {"bundle": bundle_text(), "code": read_script("chart.js")}
        digest = sha256("".join(parts.values()).encode()).hexdigest()[:16]
        super().__init__(**parts, night={**look.NIGHT, "white": look.NIGHT[look.PAPER]}, digest=digest, **traits)
        stylesheet()

    def __repr__(self) -> str:
        return "Engine()"


_engine = Shared(Engine)


class Chart(anywidget.AnyWidget):
    """A chart whose rows can be changed in place and whose chosen marks come back to Python.

    Parameters
    ----------
    chart : altair chart or dict
        Its data is `source()`; a Vega-Lite specification as a dict will do as well.
    rows : DataFrame or records, optional
        What is drawn. A column ``key`` (text) names the row that a mark stands for; a column
        ``label``, if there is one, is what the keyboard user hears at each mark.
    alt : str
        One sentence that says what the chart shows, made from its table.
    title : str, optional
        What the chart has to say, as a sentence: the finding where there is one. It stands above the chart, in as many
        lines as it needs, and can be changed like the rows.
    watch : sequence of str
        Names of the chart's parameters whose values come back in ``selected``.
    height : int, optional
        Height of the plot in pixels.

    Attributes
    ----------
    selected : dict
        For each watched parameter its value: a point selection on ``key`` gives the list of chosen
        keys, a brush a dict of ranges, None for nothing. May be set from Python.

    Raises
    ------
    KitError
        If a selection is watched by ``key`` and the rows have no such column.
    """

    _esm = _HERE / "chart_loader.js"
    engine = traitlets.Instance(Engine).tag(sync=True, **ipywidgets.widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    watch = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected = traitlets.Dict().tag(sync=True)
    _columns = traitlets.Dict().tag(sync=True)
    _keyed = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        chart: altair.TopLevelMixin | Mapping[str, Any],
        rows: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None,
        *,
        alt: str,
        title: str = "",
        watch: Sequence[str] = (),
        height: int | None = None,
        **traits: Any,
    ) -> None:
        spec = theme(chart)
        if height is not None:
            spec["height"] = height
        keyed = [name for name in watch if name in set(_keyed_params(spec))]
        self._frame = _frame(rows)
        super().__init__(
            engine=_engine(),
            spec=spec,
            alt=alt,
            title=title,
            watch=list(watch),
            _keyed=keyed,
            _columns=_checked_columns(self._frame, keyed),
            selected={name: [] if name in keyed else None for name in watch},
            **traits,
        )

    @property
    def rows(self) -> pd.DataFrame:
        """What is drawn; setting it redraws the marks in place."""
        return self._frame

    @rows.setter
    def rows(self, rows: pd.DataFrame | Iterable[Mapping[str, Any]] | None) -> None:
        frame = _frame(rows)
        # First what may refuse the rows: then the old ones stay.
        self._columns = _checked_columns(frame, self._keyed)
        self._frame = frame

    def standalone(self, *, width: int = PREVIEW_WIDTH) -> dict[str, Any]:
        """Return the chart with its rows in it, as one Vega-Lite specification.

        Figures are rounded to six digits so that it is the same on every machine.
        """
        names = list(self._columns)
        rows = [dict(zip(names, row, strict=True)) for row in zip(*self._columns.values(), strict=True)]
        spec = {**self.spec, "description": self.alt}
        if self.title:
            # A picture that stands alone has no page to break its title into lines.
            spec["title"] = {"text": wrap(self.title, LONGEST_TITLE)}
        if spec.get("width") == "container":
            spec["width"] = width
            # Else the width would be that of the plot, and the labels of its axis would come on top.
            spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
        spec["datasets"] = {**spec.get("datasets", {}), "rows": rows}
        return _rounded(spec)

    def picture(self, path: str | Path, *, width: int = 760, scale: float = 2) -> Path:
        """Write the chart as a picture for a handout; the ending, .png or .svg, says which kind.

        Raises
        ------
        KitError
            For any other ending.
        """
        vl_convert = runtime.drawing_library()
        path = Path(path)
        spec = self.standalone(width=width)
        if path.suffix.lower() == ".svg":
            path.write_text(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE), encoding="utf-8")
        elif path.suffix.lower() == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale))
        else:
            msg = "A picture is a .png or an .svg file"
            raise KitError(msg, where=path, remedy="Choose one of these endings.")
        return path

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what JupyterLab draws in a notebook that has not been run, and how (MIME data and metadata)."""
        spec = {**self.standalone(), "$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
        # Vega's menu of actions has no name that a screen reader can say, and its links lead out of the page.
        return {PREVIEW: spec}, {PREVIEW: {"embed_options": {"actions": False}}}

    def __repr__(self) -> str:
        return f"Chart: {self.alt}"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.preview()
        return {**(super()._repr_mimebundle_(**kwargs) or ({},))[0], **data, "text/plain": repr(self)}, metadata


def theme(chart: altair.TopLevelMixin | Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart's specification with the kit's look under its own settings, as wide as its place."""
    spec = _counted_afresh(_specification(chart))
    spec["config"] = _merged(look.chart_config(), spec.get("config", {}))
    if "mark" in spec or "layer" in spec:
        spec.setdefault("width", "container")
    return spec


def _specification(chart: Any) -> dict[str, Any]:
    if isinstance(chart, Mapping):
        return dict(chart)
    from kit.screen.drawing import alt

    # Altair's own theme would write its sizes over the kit's look.
    with alt.theme.enable("none"):
        spec = chart.to_dict(validate=False)
        _validated(json.dumps(spec, sort_keys=True, default=str), chart.to_dict)
    return spec


# Hashes, so that the texts of hundreds of charts do not stay in memory.
_valid: set[int] = set()


def _validated(text: str, validate: Callable[[], object]) -> None:
    """Let Altair say what is wrong with a chart, once for each chart that is made again and again."""
    text = _COUNTED.sub("", text)
    if hash(text) not in _valid:
        validate()
        _valid.add(hash(text))


def _counted_afresh(spec: dict[str, Any]) -> dict[str, Any]:
    """Number Altair's own names from 1, so that a chart does not depend on those made before it."""
    text = json.dumps(spec)
    numbers: dict[str, int] = {}
    for _, number, _ in _COUNTED.findall(text):
        numbers.setdefault(number, len(numbers) + 1)
    return json.loads(_COUNTED.sub(lambda found: f'"{found[1]}{numbers[found[2]]}{found[3]}"', text))


def _merged(under: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: _merged(under[key], over[key]) for key in over if isinstance(under.get(key), dict)}
    return {**under, **over, **both}


def _params(part: Any) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a specification, however deep its layers and rows are."""
    if isinstance(part, Mapping):
        yield from part.get("params", ())
        for inside in ("layer", "hconcat", "vconcat", "concat"):
            for child in part.get(inside, ()):
                yield from _params(child)
        yield from _params(part.get("spec"))


def _keyed_params(spec: Mapping[str, Any]) -> Iterator[str]:
    for param in _params(spec):
        select = param.get("select")
        if isinstance(select, Mapping) and select.get("type") == "point" and select.get("fields") == ["key"]:
            yield param["name"]


def _frame(rows: Any) -> pd.DataFrame:
    if isinstance(rows, pd.DataFrame):
        return rows
    return pd.DataFrame.from_records(list(rows) if rows is not None else [])


def _checked_columns(frame: pd.DataFrame, keyed: Sequence[str]) -> dict[str, list[Any]]:
    if keyed and len(frame) and "key" not in frame:
        msg = "The chart's rows have no column 'key'"
        raise KitError(msg, remedy="Name each row, so that it can be chosen.")
    return {str(name): [_plain(value) for value in frame[name]] for name in frame}


def _plain(value: Any) -> Any:
    """Return a cell as JSON has it: dates as local ISO text, nothing for what is missing or not finite."""
    if isinstance(value, datetime):
        # NaT, as NaN, differs from itself. Without its zone a time is the same hour for every reader of the chart.
        return None if value != value else value.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(value, date):
        # JavaScript takes a date without an hour for one in Greenwich: in America that is the day before.
        return f"{value.isoformat()}T00:00:00"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, dict)) else None


def _rounded(part: Any) -> Any:
    """Return nested lists and dicts with every fraction rounded to six significant digits."""
    if isinstance(part, dict):
        return {key: _rounded(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_rounded(value) for value in part]
    return float(f"{part:.6g}") if isinstance(part, float) else part
