"""The board of the table: one row an issue, with the others' last offer beside one's own draft, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import ipywidgets

from kit.grammar import count_of
from kit.negotiation import tables
from kit.negotiation.game_tables import Row
from kit.screen import html
from kit.screen.controls import boxed, button, dropdown

OPEN = ""  # the value of a list whose issue is left open


class Board(ipywidgets.VBox):
    """One row an issue: its name, the others' last offer, the draft, and the points of whoever may see their own.

    Parameters
    ----------
    on_draft : callable
        Called with an issue when its option in the draft changes.
    on_name : callable
        Called with an issue when its name is pressed.
    copy : Button
        What takes the others' offer over into the draft; stands at the head of that column.

    Attributes
    ----------
    draft : dict of issue to Dropdown
    package : dict
        What the draft says, without the issues left open. Setting it fills the lists.
    """

    def __init__(
        self,
        lab: tables.Lab,
        on_draft: Callable[[str], object],
        on_name: Callable[[str], object],
        copy: ipywidgets.Widget,
    ) -> None:
        self.lab, self.seat = lab, ""
        self.names = {key: button(issue.title, partial(on_name, key)) for key, issue in lab.issues.items()}
        self.draft = {key: dropdown(issue.title, self._options(key)) for key, issue in lab.issues.items()}
        self.theirs, self.points, self.mine_needs = ({key: ipywidgets.HTML() for key in lab.issues} for _ in range(3))
        heads = [html.tag("span", words) for words in ("Issue", "Their last offer", "My offer", "For me")]
        shown = [ipywidgets.HTML(words) for words in heads]
        shown[2] = ipywidgets.HBox([shown[2], copy])
        mine = {key: ipywidgets.VBox([self.draft[key], self.mine_needs[key]]) for key in lab.issues}
        columns = (self.names, self.theirs, mine, self.points)
        rows = [boxed("parley-offer-row", *(column[key] for column in columns)) for key in lab.issues]
        super().__init__([boxed("parley-offer-row", *shown).add_class("parley-offer-head"), *rows])
        self.add_class("parley-offers")
        for key, control in self.draft.items():
            # Without `key=key` all lists would speak of the last issue.
            control.observe(lambda _, key=key: self._drafted(key, on_draft), "value")

    def _drafted(self, issue: str, on_draft: Callable[[str], object]) -> None:
        self._weigh(issue)
        on_draft(issue)

    @property
    def package(self) -> tables.Package:
        """What the draft says, without the issues left open."""
        return {issue: control.value for issue, control in self.draft.items() if control.value}

    @package.setter
    def package(self, package: tables.Package) -> None:
        for issue, control in self.draft.items():
            control.value = package.get(issue, OPEN)
            self._weigh(issue)

    def show(self, lab: tables.Lab, rows: Sequence[Row], seat: str, *, closed: bool) -> None:
        """Show the others' last offer, the names of a version, and the points of a seat ("" for nobody's)."""
        kept = self.package
        self.lab, self.seat = lab, seat
        for each in rows:
            self.names[each.issue].description = each.title
            for name, value in html.as_description(each.title).items():
                setattr(self.draft[each.issue], name, value)
            self.draft[each.issue].options = self._options(each.issue)
            self.draft[each.issue].disabled = closed
            self.theirs[each.issue].value = _their_words(each)
        # With new options ipywidgets chooses the first one, which here is "left open".
        self.package = kept

    def _options(self, issue: str) -> list[tuple[str, str]]:
        worth = self.lab.seats[self.seat].scores[issue] if self.seat else {}
        options = self.lab.issues[issue].options.items()
        named = [(f"{each.name} ({worth[key]:g})" if worth else each.name, key) for key, each in options]
        return [("– left open –", OPEN), *named]

    def _weigh(self, issue: str) -> None:
        """Say what the draft's option is worth to whoever may see it, and whose consent it needs."""
        option = self.draft[issue].value
        worth = self.lab.seats[self.seat].scores[issue][option] if option and self.seat else None
        points = "" if worth is None else html.tag("strong", f"{worth:g}", title=count_of(worth, "point"))
        self.points[issue].value = points
        asked = tables.consents_needed(self.lab, self.lab.issues[issue].options[option]) if option else ""
        self.mine_needs[issue].value = html.tag("span", f"needs {asked}", class_="parley-quiet") if asked else ""


def _their_words(row: Row) -> html.Html:
    """Return the others' option: what it is worth, whose consent it needs, and whether it is new."""
    if not row.theirs:
        return html.tag("span", "–", class_="parley-quiet")
    new = html.tag("span", "new", class_="parley-new") if row.changed else None
    small = [count_of(row.their_points, "point")] if row.their_points is not None else []
    small += [f"needs {row.needs}"] if row.needs else []
    below = html.tag("div", " · ".join(small), class_="parley-quiet") if small else None
    return html.join(html.tag("strong" if row.changed else "span", row.theirs), " ", new, below)


def meter(worth: float, floor: float, top: float, words: str) -> html.Html:
    """Return a bar that shows what a package is worth, with a mark at the reservation value and both in words."""
    # Hidden from screen readers: the words under the bar say the same.
    place = f"--worth: {_share(worth, top)}%; --floor: {_share(floor, top)}%"
    enough = "parley-enough" if worth >= floor else "parley-short"
    look = {"class_": f"parley-meter {enough}", "style": place, "aria_hidden": "true"}
    return html.join(html.tag("div", html.tag("i"), html.tag("b"), **look), html.tag("p", words))


def _share(points: float, top: float) -> float:
    return round(min(100.0, max(0.0, 100 * points / top)), 1) if top > 0 else 0.0
