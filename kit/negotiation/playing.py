"""The table of unit 06: offers made, answered, amended and signed, alone against a bot or with others at one screen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.negotiation import charts, sheets, tables
from kit.negotiation import game as rules
from kit.negotiation.bots import ROUNDS, TEMPERS, Bot
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import NAMED, below, button, dropdown, lacking, paper, row, toggles
from kit.screen.evidence import Explorer, no_evidence
from kit.screen.live import Live

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

KEY = "06/table"
ALONE, TWO, TWO_MEDIATED, THREE, THREE_MEDIATED = "bot", "two", "two-mediated", "three", "three-mediated"
MODES = {
    ALONE: "Alone, against a bot",
    TWO: "Two at one screen",
    TWO_MEDIATED: "Two and a mediator",
    THREE: "Three delegations",
    THREE_MEDIATED: "Three and a mediator",
}
VERSIONS = {tables.REAL: "The real case", tables.INVENTED: "Invented states"}
LEFT_OPEN = ""
MOST_TOLD = 2  # issues of which the log gives the option too, and not the name alone
# The words of an option are long: each list has a line of its own, under its name.
_STYLE = """
.parley-package .widget-dropdown { flex-direction: column; align-items: stretch; width: auto; height: auto; }
.parley-package .widget-dropdown > .widget-label { text-align: start; width: auto; height: auto; line-height: 1.5; }
.parley-package .widget-dropdown > select { flex: none; width: 100%; height: 28px; text-overflow: ellipsis; }
"""
_DONE = {
    rules.OFFER: "offers a package",
    rules.AMEND: "amends the offer",
    rules.ACCEPT: "accepts",
    rules.DECLINE: "declines",
    rules.ASK: "asks why",
    rules.ANSWER: "answers",
    rules.SIGN: "signs",
    rules.WALK: "walks away",
}


class Table(Explorer):
    """A table to negotiate at.

    Parameters
    ----------
    case : Case
    scores : dict, optional
        Other points for some options, ``{delegation: {issue: {option: number}}}``: the case's are teaching assumptions.
    seed : int, optional
        What decides between packages that are equally good to a bot; chance by default.

    Attributes
    ----------
    game : Game
        The game as it stands; what is kept.
    mode, seat, temper, version : widgets
        How it is played: the first three hold from the next game on, the version at once.
    chair : ToggleButtons
        Who is at the screen, where several share it.
    draft : dict of issue to Dropdown
        The package that *Offer* would lay on the table.
    selected : str or None
        The issue at work.
    table : DataFrame
        What has been said and done; see `log_table`.
    """

    def __init__(self, case: Case, scores: Mapping[str, Any] | None = None, seed: int | None = None) -> None:
        self.case, self.store = case, portfolio(case)
        found = tables.lab(case)
        if found is None:
            super().__init__(case, lacking("negotiation"))
            return
        self.lab = found
        kept = _mapping(self.store.read(KEY))
        self.scores = sound_scores(self.lab, kept.get("scores") if scores is None else scores)
        self._seed, self._filling, self._leaving = seed, False, False
        self._set_up(kept)
        self._furnish()
        top = max(float(self.lab.negotiation((seat,)).outcomes[seat].max()) for seat in self.lab.seats)
        self.chart = Chart(charts.value_chart(top), alt="What each offer is worth to you.", watch=["pick"])
        package = ipywidgets.VBox(list(self.draft.values()))
        package.add_class("parley-package")
        deeds = row(self.offer, self.copy, self.accept, self.decline, self.sign, self.leave)
        talk = row(self.about, self.ask, self.words, self.reply)
        settings = row(self.mode, self.seat, self.temper, self.new)
        super().__init__(
            case,
            self.version,
            settings,
            self.status,
            row(self.chair, self.show),
            self.sheet,
            self.on_table,
            package,
            self.hint,
            deeds,
            talk,
            self.said,
            self.chart,
            self.history,
        )
        below(self, SaveCue(self.store))
        self._listen()
        self._open(kept)

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook that has not been run shows: what will be on the table."""
        if not hasattr(self, "lab"):
            return super().preview()
        return {"text/html": str(paper(html.table(issue_table(self.lab), "On this table")))}, {}

    # Building

    def _set_up(self, kept: Mapping[str, Any]) -> None:
        lab = self._lab_of(kept.get("version"))
        modes = [(words, key) for key, words in MODES.items() if self._possible(key)]
        names = [value for _, value in modes]
        self.mode = dropdown("Play", modes, _one_of(kept.get("mode"), names, ALONE))
        seats = [(lab.seats[key].title, key) for key in lab.parties]
        self.seat = dropdown("You are", seats, _one_of(kept.get("seat"), lab.parties, lab.parties[0]))
        tempers = [(f"{key}: {words}", key) for key, words in TEMPERS.items()]
        self.temper = dropdown("The bot is", tempers, _one_of(kept.get("temper"), list(TEMPERS), "conceding"))
        versions = [(VERSIONS[key], key) for key in lab.versions]
        self.version = toggles("Names", versions, lab.version)
        self.chair = toggles("At the screen", [(lab.seats[key].title, key) for key in lab.parties], lab.parties[0])
        self.lab = lab.rescored(self.scores)

    def _furnish(self) -> None:
        self.new = button("New game", self.start)
        self.show = ipywidgets.ToggleButton(value=False, description="Show my sheet", layout={"width": "fit-content"})
        self.show.layout.align_self = "flex-end"
        self.status, self.sheet, self.on_table, self.hint, self.history = (ipywidgets.HTML() for _ in range(5))
        self._pointed: str | None = None
        self.draft = {issue: dropdown("", self._options(issue), LEFT_OPEN) for issue in self.lab.issues}
        for issue, control in self.draft.items():
            control.description, control.layout.max_width = self.lab.issues[issue].title, "none"
        self.about = dropdown("About", [(issue.title, key) for key, issue in self.lab.issues.items()])
        self.words = ipywidgets.Text(description="Say", style=NAMED, placeholder="a sentence, if you like")
        self.offer = button("Offer this package", self._offer)
        self.copy = button("Copy what lies on the table", self._copy)
        self.accept = button("Accept", lambda: self._do(rules.ACCEPT))
        self.decline = button("Decline", lambda: self._do(rules.DECLINE))
        self.sign = button("Sign", lambda: self._do(rules.SIGN))
        self.leave = button("Walk away", self._leave)
        self.ask = button("Ask why", lambda: self._do(rules.ASK, issue=self.about.value))
        self.reply = button("Answer", lambda: self._do(rules.ANSWER, issue=self.about.value))
        self.said = Live()

    def _listen(self) -> None:
        self.version.observe(lambda _: self._rename(), "value")
        for control in (self.mode, self.seat, self.temper):
            control.observe(lambda _: self._changed(), "value")
        self.chair.observe(lambda _: self._sat_down(), "value")
        self.show.observe(lambda _: self._draw(), "value")
        self.about.observe(lambda change: self._read(change["new"]), "value")
        for issue, control in self.draft.items():
            control.observe(lambda _, issue=issue: self._drafted(issue), "value")
        self.chart.observe(self._picked, "selected")

    def _possible(self, mode: str) -> bool:
        enough = len(self.lab.seats) > 2 or mode not in (THREE, THREE_MEDIATED)
        return enough and (self.lab.mediator is not None or mode not in (TWO_MEDIATED, THREE_MEDIATED))

    def _lab_of(self, version: Any) -> tables.Lab:
        found = tables.lab(self.case, _one_of(version, list(VERSIONS), tables.REAL))
        return found if found is not None else self.lab

    def _options(self, issue: str) -> list[tuple[str, str]]:
        """Return the options of an issue, with the points of the seat that may see its own, if any."""
        mine = self.lab.seats[self._pointed].scores[issue] if self._pointed else {}
        return [
            ("– left open –", LEFT_OPEN),
            *(
                (f"{mine[key]:g} points · {each.label}" if mine else each.label, key)
                for key, each in self.lab.issues[issue].options.items()
            ),
        ]

    def _point(self, *, anew: bool = False) -> None:
        """Put the points of whoever may see them beside the options, and nobody's if nobody may."""
        if self.seen == self._pointed and not anew:
            return
        self._pointed, self._filling = self.seen, True
        for issue, control in self.draft.items():
            chosen = control.value
            control.description, control.options = self.lab.issues[issue].title, self._options(issue)
            control.value = chosen
        self._filling = False

    # Who plays, and who sees what

    @property
    def alone(self) -> bool:
        """Whether the other side is a bot."""
        return self._mode == ALONE

    @property
    def here(self) -> str:
        """The delegation that is at the screen, or "mediator"."""
        return self._mine if self.alone else self.chair.value

    @property
    def seen(self) -> str | None:
        """The delegation whose points may be shown now, if any."""
        return self.here if (self.alone or self.show.value) and self.here in self.lab.seats else None

    def start(self) -> None:
        """Begin a new game with what is chosen above."""
        self._seat_players(self.mode.value, self.seat.value)
        third = self._mode in (THREE, THREE_MEDIATED)
        players = list(self.lab.seats)[:3] if third else self.lab.parties
        self.game = rules.new_game(self.lab, players, mediated=self._mode in (TWO_MEDIATED, THREE_MEDIATED))
        self._seat_bot(self.temper.value, secrets.randbelow(10**6) if self._seed is None else self._seed)
        self._seat_chairs()
        self._clear()
        self._tell("A new game. Make the first offer, or ask a question.")
        self._keep()
        self._draw()

    def _open(self, kept: Mapping[str, Any]) -> None:
        """Go on with the game that was kept, or begin one."""
        found = rules.resume(self.lab, kept.get("game"))
        if found is None or (self.mode.value == ALONE and set(found.players) != set(self.lab.parties)):
            self.start()
            return
        self._seat_players(self.mode.value, self.seat.value)
        self.game = found
        seed = kept.get("seed")
        self._seat_bot(self.temper.value, seed if isinstance(seed, int) and 0 <= seed < 2**63 else 0)
        self._seat_chairs()
        self._tell(
            "Your game goes on where you left it." if found.moves else "Make the first offer, or ask a question."
        )
        self._draw()

    def _seat_players(self, mode: str, mine: str) -> None:
        self._mode, self._mine = mode, mine

    def _seat_bot(self, temper: str, seed: int) -> None:
        other = next(seat for seat in self.lab.parties if seat != self._mine)
        self._bot_seed, self._temper = seed, temper
        self.bot = Bot(self.lab, other, temper, seed=seed) if self.alone else None

    def _seat_chairs(self) -> None:
        chairs = [*self.game.players, *([rules.MEDIATOR] if self.game.mediated else [])]
        self._filling = True
        kept = self.chair.value if self.chair.value in chairs else chairs[0]
        self.chair.options = [(self.game.title(key), key) for key in chairs]
        self.chair.value = kept
        self._filling = False
        self.chair.layout.display = "none" if self.alone else ""
        for control in (self.seat, self.temper):
            control.layout.display = "" if self.mode.value == ALONE else "none"
        self.reply.layout.display = "none" if self.alone else ""

    def _sat_down(self) -> None:
        """Put away the last one's sheet, draft and words before the next one looks."""
        if self._filling:
            return
        self._clear()
        self.words.value = ""
        self.selected, self.evidence = None, no_evidence()
        self.panel.invite("Choose an option to read where its issue comes from.")
        asked = rules.asked(self.game, self.here)
        if asked:
            self._filling, self.about.value = True, asked
            self._filling = False
        self._tell(_welcome(self.game, self.here, asked))
        self._draw()

    def _changed(self) -> None:
        if self._filling:
            return
        if not self.game.moves:
            self.start()
            return
        for control in (self.seat, self.temper):
            control.layout.display = "" if self.mode.value == ALONE else "none"
        self._tell("This game goes on as it began. Press 'New game' to play as you have now chosen.")

    def _rename(self) -> None:
        """Show the same game under the other names."""
        self.lab = self._lab_of(self.version.value).rescored(self.scores)
        self.game = rules.resume(self.lab, self.game.as_json()) or self.game
        self._seat_bot(self._temper, self._bot_seed)
        self._filling = True
        mine = self.seat.value
        self.seat.options = [(self.lab.seats[key].title, key) for key in self.lab.parties]
        self.seat.value = mine
        about = self.about.value
        self.about.options = [(issue.title, key) for key, issue in self.lab.issues.items()]
        self.about.value = about
        self._filling = False
        self._seat_chairs()
        self._point(anew=True)
        self._keep()
        self._draw()

    # Moves

    @property
    def package(self) -> tables.Package:
        """The draft: what the lists say, without the issues left open."""
        return {issue: control.value for issue, control in self.draft.items() if control.value}

    def _offer(self) -> None:
        package, on_table = self.package, self.game.package
        changed = {issue: option for issue, option in package.items() if on_table.get(issue) != option}
        if changed and set(on_table) <= set(package) and len(changed) < len(package):
            self._do(rules.AMEND, changed)
        else:
            self._do(rules.OFFER, package)

    def _do(self, kind: str, package: tables.Package | None = None, issue: str = "") -> None:
        """Play a move of whoever is at the screen, and let the bot reply."""
        self._leaving = False
        if kind == rules.ANSWER and not self.words.value.strip():
            self._tell("Write your answer under 'Say' first.")
            return
        move = rules.Move(self.here, kind, package or {}, issue, self.words.value.strip())
        self.game, why_not = self.game.try_play(move)
        if why_not:
            self._tell(why_not)
            return
        self.words.value = ""
        before = len(self.game.moves)
        self._let_the_bot_reply()
        if not self.alone:
            self.show.value = False
        self._tell(self._news(before))
        self._keep()
        self._draw()

    def _let_the_bot_reply(self) -> None:
        for move in self.bot.reply(self.game) if self.bot else ():
            self.game, _ = self.game.try_play(move)

    def _news(self, before: int) -> str:
        moves = self.game.moves[before:] or self.game.moves[-1:]
        said = " ".join(
            f"{self.game.title(each.who)} {_brief(self.game, each)}. {each.words}".strip() for each in moves
        )
        ending = {
            rules.AGREED: " All have accepted: the text can be signed.",
            rules.SIGNED: " The deal is signed. Open the debrief.",
            rules.BROKEN: " There is no deal. Open the debrief.",
        }
        handed = " Now let another sit down: press their name." if not self.alone and not self.game.over else ""
        return said + ending.get(self.game.state, "") + handed

    def _leave(self) -> None:
        if not self._leaving and not self.game.over and self.here in self.game.players:
            self._leaving = True
            self._tell("Walking away ends the game for all. Press 'Walk away' again if you mean it.")
            return
        self._do(rules.WALK)

    def _copy(self) -> None:
        if not self.game.package:
            self._tell("Nothing lies on the table yet.")
            return
        self._fill(self.game.package)
        self._hint(None)
        self._tell("Copied. Change what you want to change, then offer it.")

    def _fill(self, package: tables.Package) -> None:
        self._filling = True
        for issue, control in self.draft.items():
            control.value = package.get(issue, LEFT_OPEN)
        self._filling = False

    def _clear(self) -> None:
        self._leaving = False
        self._fill({})
        self.show.value = False

    def _tell(self, words: str) -> None:
        self.said.html = paper(html.tag("p", words))

    def _keep(self) -> None:
        value = {
            "version": self.lab.version,
            "mode": self._mode,
            "seat": self._mine,
            "temper": self._temper,
            "seed": self._bot_seed,
            "game": self.game.as_json(),
        }
        self.store.save(KEY, {**value, "scores": self.scores} if self.scores else value)

    # What is on screen

    def _draw(self) -> None:
        self._table = log_table(self.game)
        self.status.value = _status(self.game, self._temper if self.alone else None)
        self.show.description = "Hide my sheet" if self.show.value else "Show my sheet"
        self.sheet.value = self._sheet() if self.show.value else ""
        self.on_table.value = _on_table(self.game, self.seen)
        self.history.value = _history(self._table)
        rows = value_rows(self.game, self.seen)
        self.chart.rows, self.chart.alt = rows, charts.value_alt(rows)
        self.chart.layout.display = "" if len(rows) > 1 else "none"
        for deed in (self.accept, self.decline, self.sign, self.leave):
            deed.layout.display = "none" if self.here == rules.MEDIATOR else ""
        self._point()
        self._hint(None)

    def _sheet(self) -> html.Html:
        return sheet_paper(f"{self.game.title(self.here)}: for this seat alone", sheets.sheet_body(self.lab, self.here))

    def _drafted(self, issue: str) -> None:
        if not self._filling:
            self._hint(issue)
            self._read(issue)

    def _hint(self, issue: str | None) -> None:
        package = self.package
        parts: list[html.Html | None] = []
        if issue and issue in package:
            option = self.lab.issues[issue].options[package[issue]]
            parts.append(html.tag("p", html.tag("strong", f"{self.lab.issues[issue].title}: "), option.label))
            parts.append(html.tag("p", html.tag("strong", "The law: "), option.legal_note or "no note."))
        if package:
            parts.append(html.tag("p", _draft_words(self.game, package, self.seen)))
        self.hint.value = paper(*parts) if parts else ""

    def _read(self, issue: str | None) -> None:
        if issue is None or self._filling:
            return
        self.selected = issue
        found = self.lab.issues[issue]
        if not found.evidence:
            self.panel.invite("This version is invented, so no article speaks of it.")
            return
        self.heading = f"Where this issue comes from: {found.title}"
        self.evidence = self.case.evidence_for(found.evidence)

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if len(keys) != 1 or not str(keys[0]).isdigit():
            return
        on_table = {number: package for number, _, _, package in rules.proposals(self.game)}
        if int(keys[0]) in on_table:
            self._fill(on_table[int(keys[0])])
            self._hint(None)
            self._tell("That offer now stands in your draft.")


def sound_scores(lab: tables.Lab, value: Any) -> dict[str, dict[str, dict[str, float]]]:
    """Return of other points what fits this game: known delegations, issues and options, finite numbers."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for seat, issues in _mapping(value).items():
        for issue, options in _mapping(issues).items() if seat in lab.seats else ():
            for option, points in _mapping(options).items() if issue in lab.issues else ():
                if option in lab.issues[issue].options and _is_points(points):
                    found.setdefault(seat, {}).setdefault(issue, {})[option] = float(points)
    return found


def _is_points(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 1_000


def kept_game(case: Case) -> rules.Game | None:
    """Return the game in the learner's portfolio, with the version and points that it is played with."""
    kept = _mapping(portfolio(case).read(KEY))
    found = tables.lab(case, tables.INVENTED if kept.get("version") == tables.INVENTED else tables.REAL)
    if found is None:
        return None
    return rules.resume(found.rescored(sound_scores(found, kept.get("scores"))), kept.get("game"))


def log_table(game: rules.Game) -> pd.DataFrame:
    """Return what has been said and done: ``move, round, who, what, words``; no points of anybody."""
    import pandas as pd

    rows = []
    on_table: tables.Package = {}
    for number, move in enumerate(game.moves, start=1):
        rows.append(
            {
                "move": number,
                "round": rules.round_of(game.moves[: number - 1], game.players),
                "who": game.title(move.who),
                "what": _deed(game, move, on_table),
                "words": move.words,
            }
        )
        on_table = rules.laid(on_table, move)
    return pd.DataFrame(rows, columns=["move", "round", "who", "what", "words"])


def issue_table(lab: tables.Lab) -> pd.DataFrame:
    """Return what is to be settled: ``issue, question, options`` (how many)."""
    import pandas as pd

    rows = [(issue.title, issue.question, len(issue.options)) for issue in lab.issues.values()]
    return pd.DataFrame(rows, columns=["issue", "question", "options"])


def _brief(game: rules.Game, move: rules.Move) -> str:
    about = f": {game.lab.issues[move.issue].title}" if move.issue else ""
    return f"{_DONE[move.kind]}{about}"


def _deed(game: rules.Game, move: rules.Move, on_table: tables.Package) -> str:
    """Return what was done: of a package that differs from what lay on the table on some issues, what it changed."""
    changed = {issue: option for issue, option in move.package.items() if on_table.get(issue) != option}
    if not changed or len(changed) == len(game.lab.issues):
        return _brief(game, move)
    issues = {issue: game.lab.issues[issue] for issue in changed}
    if len(changed) > MOST_TOLD:
        return f"{_brief(game, move)}, new on: {'; '.join(each.title for each in issues.values())}"
    told = (f"{each.title}: {each.options[changed[issue]].label}" for issue, each in issues.items())
    return f"{_brief(game, move)}, new in it: {'; '.join(told)}"


def _history(log: pd.DataFrame) -> str:
    """Return the log as it is shown, the last move first."""
    if not len(log):
        return ""
    labels = {name: name.capitalize() for name in log.columns}
    shown = html.table(log.iloc[::-1], "What has been said and done, the last move first", labels=labels)
    return paper(html.tag("div", shown, class_="parley-scroll", role="region", aria_label="The log", tabindex=0))


def _welcome(game: rules.Game, who: str, asked: str) -> str:
    """Return what whoever sits down is told."""
    name = game.title(who)
    if asked:
        return (
            f"{name}: you were asked why about {game.lab.issues[asked].title}. Your sheet says what you may tell. "
            "Write it under 'Say' and press 'Answer'."
        )
    return f"{name}: the last one's sheet and draft have been put away. Open your own when nobody else looks."


def sheet_paper(title: str, body: html.Html) -> html.Html:
    """Return a sheet for the screen: its name above, the headings within it smaller."""
    small = html.style(
        ".parley-sheet h2 { font-size: 15px; margin: 10px 0 2px; } .parley-sheet ul { margin: 0 0 6px; }"
    )
    return html.join(small, paper(html.tag("h3", title), html.tag("div", body, class_="parley-sheet")))


def value_rows(game: rules.Game, seat: str | None) -> pd.DataFrame:
    """Return the worth of each offer to one delegation: ``key, number, value, who``, and the reservation value as "floor".

    Nobody's points without a seat.
    """
    import pandas as pd

    rows = []
    if seat is not None:
        for place, (number, _, who, package) in enumerate(rules.proposals(game), start=1):
            side = charts.YOURS if who == seat else charts.THEIRS
            rows.append((str(number), place, game.lab.total(seat, package), side, f"Offer {place}, {side}"))
        rows.append(("floor", 0, game.lab.seats[seat].reservation, "floor", "Your reservation value"))
    return pd.DataFrame(rows, columns=["key", "number", "value", "who", "label"])


def _status(game: rules.Game, temper: str | None) -> html.Html:
    who = " · ".join(game.title(each) for each in (*game.players, *([rules.MEDIATOR] if game.mediated else [])))
    clock = f"Round {min(game.round, ROUNDS)} of {ROUNDS}; then the bot leaves." if temper else f"Round {game.round}."
    states = {
        rules.OPEN: clock,
        rules.AGREED: "All have accepted. Sign, or amend the text once more.",
        rules.SIGNED: "Signed. The debrief is below.",
        rules.BROKEN: "Broken off. The debrief is below.",
    }
    bot = f" The other side is a {temper} bot." if temper else ""
    said = paper(html.tag("p", html.tag("strong", who), f". {states[game.state]}{bot}"))
    return html.join(html.style(_STYLE), said)


def _on_table(game: rules.Game, seat: str | None) -> html.Html:
    if not game.package:
        return paper(
            html.tag("p", "Nothing lies on the table yet. Choose an option on each issue and offer the package.")
        )
    seats = [seat] if seat else []
    frame = tables.package_table(game.lab, game.package, seats)
    labels = {"issue": "Issue", "option": "Option", "needs": "Needs the consent of"}
    if seat:
        labels[game.lab.seats[seat].short] = "Your points"
    caption = f"On the table: the proposal of {game.title(game.proposer)}"
    return paper(
        html.table(frame.drop(columns="legal_note"), caption, labels=labels),
        html.tag("p", _draft_words(game, game.package, seat)),
        law(frame),
    )


def law(package: pd.DataFrame) -> html.Html:
    """Return the legal notes of a `tables.package_table`, folded."""
    notes = [
        html.tag("li", html.tag("strong", issue, ": "), words)
        for issue, words in zip(package["issue"], package["legal_note"], strict=True)
        if words
    ]
    return html.tag("details", html.tag("summary", "Note on the law, issue by issue"), html.tag("ul", *notes))


def _draft_words(game: rules.Game, package: tables.Package, seat: str | None) -> str:
    """Return what a package is worth to one side, and whether somebody absent would stop it."""
    lab = game.lab
    words = []
    if seat:
        floor = lab.seats[seat].reservation
        below = lab.total(seat, package) < floor and len(package) == len(lab.issues)
        worse = " No deal would be better for you." if below else ""
        words.append(f"Worth {lab.total(seat, package):g} to you; your reservation value is {floor:g}.{worse}")
    if len(package) < len(lab.issues):
        words.append(f"It leaves {len(lab.issues) - len(package)} of {len(lab.issues)} issues open.")
        return " ".join(words)
    words += [
        f"{lab.seats[who].short}: {'at the table, and must accept' if who in game.players else 'would consent' if lab.consents(who, package) else 'would not consent'}."
        for who in lab.needs(package)
    ]
    return " ".join(words) or "It needs nobody else's consent."


def _one_of(value: Any, options: Sequence[str], default: str) -> str:
    """Return a kept choice if it is one that can be made now."""
    return value if value in options else default


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
