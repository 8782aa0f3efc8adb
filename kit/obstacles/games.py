"""Explorers of unit 03 with invented sides and numbers: the commitment problem and the zone of agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.models import commitment
from kit.obstacles import charts, tables
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import dropdown, note, options_of_names, paper, row, show, toggles
from kit.screen.explorer import Explorer
from kit.screen.slider import Slider

if TYPE_CHECKING:
    from kit.case import Case

INVENTED = "A and B are invented, and so is every number. The picture shows how an argument works; it measures no war."


class _Game(Explorer):
    """A model with sliders, and a way back from it to what the articles say of the obstacle that it explains."""

    invitation = "Choose an obstacle above to read what the articles say of it."

    def __init__(self, case: Case, mechanisms: tuple[str, ...], **layout: Any) -> None:
        self.said = ipywidgets.HTML()
        self.names = {
            code: name
            for mechanism in mechanisms
            for code, name in tables.obstacles_by_mechanism(case, mechanism).items()
        }
        self.obstacle = dropdown("Where the articles speak of it", options_of_names(self.names))
        super().__init__(case, answer=[self.said, *([self.obstacle] if self.names else [])], **layout)
        show(self.panel, shown=bool(self.names))  # nothing to choose, nothing to invite to
        self.link(self.obstacle)

    def show(self, key: str) -> None:
        """Show what the articles say of an obstacle."""
        if key in self.names:
            self.tell(self.case.evidence(key), f"What the articles say: {self.names[key]}")


def _told(short: str, why: str) -> html.Html:
    return html.tag("p", html.tag("strong", f"{short} "), why)


class CommitmentProblem(_Game):
    """When a promise is worth breaking: sliders for the shift of power, the cost of war and the strength of a guarantee.

    Attributes
    ----------
    shift, cost, acts, act_costs : Slider
        Points by which A's chance falls; what war costs each side; the chance that a guarantor acts, and what that
        would cost the breaker, all of 100.
    """

    def __init__(self, case: Case) -> None:
        points = " of 100"
        self.shift = Slider("Shift of power from A to B", 30, max=60, step=1, unit=points)
        self.cost = Slider("Cost of war to each side", 10, min=1, max=40, step=1, unit=points)
        self.acts = Slider("Guarantor: chance that it acts", 20, max=100, step=5, unit=points)
        self.act_costs = Slider("Guarantor: what its act costs B", 30, max=100, step=5, unit=points)
        self.reasons = ipywidgets.HTML()
        self.chart = Chart(charts.promise_chart(), alt="The commitment problem.")
        controls = [self.shift, self.cost, self.acts, self.act_costs]
        self.rules = ipywidgets.HTML(_rules())
        super().__init__(
            case,
            ("commitment",),
            controls=controls,
            picture=[self.chart],
            lists=[self.rules],
            lists_title="The model in three lines",
            after=[self.reasons],
        )
        self.on_any_change(self._draw, *controls)
        self._draw()

    @property
    def model(self) -> commitment.PowerShift:
        """The model at the sliders' values."""
        return tables.shift_model(self.shift.value, self.cost.value, self.acts.value, self.act_costs.value)

    def _draw(self) -> None:
        model = self.model
        self._table = rows = tables.promise_rows(model)
        short, why = tables.tell_promise(model)
        strength = f"{self.acts.value:g} in 100 × {self.act_costs.value:g} = {100 * model.guarantee:g} points."
        self.said.value = paper(_told(short, why), note(f"Strength of the guarantee: {strength}"))
        self.chart.rows, self.chart.alt = rows, charts.promise_alt(rows, short)
        self.reasons.value = paper(
            html.table(
                tables.mechanisms_at(model),
                "Fearon’s three reasons (1995), at these numbers",
                labels={"wrong": "what goes wrong", "here": "here", "helps": "what may help"},
            )
        )


def _rules() -> html.Html:
    fixed = f"A grows weaker, B grows stronger. A’s chance of winning today is {100 * tables.TODAY:g} in 100; the whole prize is worth 100."
    return paper(
        html.bullets(commitment.THREE_LINES, "ol"),
        note("After Fearon (1995), in the form of Powell (2006)."),
        note(f"{fixed} {INVENTED}"),
    )


class ZoneOfAgreement(_Game):
    """Where a deal exists and where it vanishes: two sides, one or two issues, and what each needs.

    Attributes
    ----------
    issues : ToggleButtons
        1 or 2.
    a_needs, b_gives : Slider
        On one issue: the least share that A accepts, the greatest for A that B accepts.
    a_weight, b_weight, a_points, b_points : Slider
        On two: the points of 100 that A, and B, give to the first issue; the points of 100 that each needs.
    """

    def __init__(self, case: Case) -> None:
        first, second = tables.ISSUES
        self.issues = toggles("Issues", [("one issue", 1), (f"two issues: a {first} and a {second}", 2)], 1)
        self.a_needs = Slider("A needs at least", 40, step=1, unit=" of 100")
        self.b_gives = Slider("B gives A at most", 60, step=1, unit=" of 100")
        self.a_weight = Slider(f"Of A’s 100 points, for the {first}", 80, step=5)
        self.b_weight = Slider(f"Of B’s 100 points, for the {first}", 30, step=5)
        self.a_points = Slider("Points that A needs", 60, step=5)
        self.b_points = Slider("Points that B needs", 55, step=5)
        self.one = Chart(charts.one_issue_chart(), alt="Zone of agreement.")
        self.two = Chart(charts.two_issue_chart(), alt="Zone of agreement.")
        self.charts = {1: self.one, 2: self.two}
        self._boxes = {
            1: row(self.a_needs, self.b_gives),
            2: row(self.a_weight, self.b_weight, self.a_points, self.b_points),
        }
        super().__init__(
            case,
            ("indivisibility", "private-information", "none"),
            controls=[self.issues, *self._boxes.values()],
            picture=[self.one, self.two],
        )
        sliders = [self.a_needs, self.b_gives, self.a_weight, self.b_weight, self.a_points, self.b_points]
        self.on_any_change(self._draw, self.issues, *sliders)
        self._draw()

    def _draw(self) -> None:
        issues = self.issues.value
        for number, box in self._boxes.items():
            for widget in (box, self.charts[number]):
                show(widget, shown=number == issues)
        self._table, short, why = self._one() if issues == 1 else self._two()
        chart = self.charts[issues]
        chart.rows, chart.alt = self._table, charts.zone_alt(short, why, issues=issues)
        self.said.value = paper(_told(short, why), note(_key(issues), " ", INVENTED))

    def _one(self) -> tuple[pd.DataFrame, str, str]:
        limits = self.a_needs.value, self.b_gives.value
        return tables.one_issue_rows(*limits), *tables.tell_one_issue(*limits)

    def _two(self) -> tuple[pd.DataFrame, str, str]:
        weights, needs = (self.a_weight.value, self.b_weight.value), (self.a_points.value, self.b_points.value)
        rows = tables.two_issue_rows(weights, needs)
        return rows, *tables.tell_two_issues(rows)


def _key(issues: int) -> str:
    if issues == 1:
        return "Each side has a limit, its reservation value: beyond it, no deal is better than this deal."
    return (
        "Each point is one way to share out both issues. On the dotted line both are shared alike; a point above and to the "
        "right of the broken lines gives each side what it needs."
    )
