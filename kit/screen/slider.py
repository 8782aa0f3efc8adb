"""A slider with a name that a screen reader can say, which ipywidgets' own sliders lack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit.errors import KitError
from kit.screen.stylesheet import stylesheet


class Slider(anywidget.AnyWidget):
    """A named slider: a label, a range input and its value in figures.

    Parameters
    ----------
    value, min, max, step : float
        The value is kept between ``min`` and ``max`` and is moved in steps.
    unit : str, optional
        What stands after the figure, as in ``"%"``.
    **traits
        ``disabled`` and what any ipywidget takes, such as ``layout``.

    Raises
    ------
    KitError
        If ``max`` is below ``min`` or ``step`` is not above zero.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Float(0.0).tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(100.0).tag(sync=True)
    step = traitlets.Float(1.0).tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        label: str = "Value",
        value: float = 0,
        min: float = 0,  # noqa: A002 - the names that ipywidgets' sliders taught everybody
        max: float = 100,  # noqa: A002
        step: float = 1,
        unit: str = "",
        **traits: Any,
    ) -> None:
        if max < min or step <= 0:
            msg = f"A slider cannot run from {min:g} to {max:g} in steps of {step:g}"
            raise KitError(msg, where=label, remedy="Let max be at least min, and step more than 0.")
        stylesheet()
        super().__init__(label=label, min=min, max=max, step=step, value=value, unit=unit, **traits)

    @traitlets.validate("value")
    def _within(self, proposal: dict[str, Any]) -> float:
        """Keep the value in range, whoever sets it; what is no number leaves it as it was."""
        value = float(proposal["value"])
        # NaN, which lies neither below nor above any limit.
        if value != value:
            return self.value
        return float(max(self.min, min(self.max, value)))

    @traitlets.observe("min", "max")
    def _move_into_range(self, _change: dict[str, Any]) -> None:
        # One end is set after the other: in between, the lower may be above the upper.
        if self.min <= self.max:
            self.value = max(self.min, min(self.max, self.value))

    def __repr__(self) -> str:
        return f"Slider({self.label!r}, {self.value:g}{self.unit})"
