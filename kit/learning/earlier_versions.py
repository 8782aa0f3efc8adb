"""Earlier versions: what stood under an answer before, and a button that takes it back."""

from __future__ import annotations

from typing import Any

import ipywidgets

from kit.case import Case
from kit.learning.inputs import CHOOSE
from kit.learning.on_paper import heading_of, show_answer
from kit.learning.portfolio import portfolio
from kit.screen import html
from kit.screen.controls import button, dropdown
from kit.screen.live_region import Live
from kit.screen.still_text import Still


class EarlierVersions(Still, ipywidgets.VBox):
    """The answers that were once different, each with its versions."""

    aim = "take an earlier answer back"
    what_it_is = "Earlier versions of your answers."

    def __init__(self, case: Case) -> None:
        self.case, self.store = case, portfolio(case)
        self.answer, self.version = dropdown("Earlier versions of", [CHOOSE]), dropdown("Version", [CHOOSE])
        self.take = button("Take this version back", self.take_back)
        self.shown, self.told = Live(), Live()
        self.answer.observe(lambda _: self._list_versions(), "value")
        self.version.observe(lambda _: self._show_version(), "value")
        super().__init__([self.answer, self.version, self.shown, self.take, self.told])
        self.store.on_change(lambda _key: self._list_answers())  # any save may have left an earlier version behind
        self._list_answers()

    def take_back(self) -> None:
        """Let the version on screen stand again, and say so."""
        key, chosen = self.answer.value, self.version.value
        if key and chosen != "":
            self.store.take_back(key, chosen)
            said = "Taken back. What stood there before is now among the earlier versions. "
            self.told.say(said, "Run the cell of this answer once more to see it there.")

    def _list_answers(self) -> None:
        keys = [key for key in self.store.all_keys() if self._versions(key)]
        options = [CHOOSE, *((f"Part {key.partition('/')[0]}: {heading_of(key)}", key) for key in keys)]
        if list(self.answer.options) != options:  # set anew at each save, they would take the choice away
            chosen = self.answer.value
            self.answer.options = options
            self.answer.value = chosen if chosen in dict(options).values() else ""
        self.layout.display = "" if len(options) > 1 else "none"
        self._list_versions()

    def _versions(self, key: str) -> list[tuple[str, int]]:
        """Return when each earlier version was written, with its number; cleared ones are left out."""
        found = enumerate(self.store.versions(key)[1:])
        return [(one.saved[:16].replace("T", " ") + " UTC", number) for number, one in found if one.value is not None]

    def _list_versions(self) -> None:
        options: list[tuple[str, Any]] = self._versions(self.answer.value) if self.answer.value else []
        self.version.options = options or [CHOOSE]
        self.take.disabled = not options
        self._show_version()

    def _show_version(self) -> None:
        key, number = self.answer.value, self.version.value
        earlier = self.store.earlier(key) if key else []
        found = earlier[number] if isinstance(number, int) and number < len(earlier) else None
        self.shown.html = (
            html.tag("div", show_answer(found, self.case), class_="parley-paper") if found is not None else ""
        )
