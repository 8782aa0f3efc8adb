"""The table of unit 06: offers made, answered, amended and signed, against a bot, at one screen, or at several computers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import ipywidgets

from kit.case import Case
from kit.errors import KitError
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.negotiation import charts, game_tables, messages, sheets, tables
from kit.negotiation import game as rules
from kit.negotiation.board import OPEN, Board, meter
from kit.negotiation.bots import ROUNDS, TEMPERS, Bot
from kit.negotiation.kept_game import ALONE, KEY, MODES, VERSIONS, kept_version, one_of, share_version, sound_scores
from kit.negotiation.looking_back import Debrief
from kit.negotiation.mailbox import Mailbox
from kit.rows import as_mapping
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import boxed, button, dropdown, note, nothing_here, paper, show, text_box, toggles
from kit.screen.explorer import Explorer
from kit.screen.live_region import Live

SHEET = "my sheet"  # what is chosen while a sheet is open: no issue has a blank in its key
HERE, APART = "here", "apart"
_CODE = re.compile(r"[2-9A-Z]{4}")


class Table(Explorer):
    """A table to negotiate at.

    Parameters
    ----------
    scores : dict, optional
        Other points for some options, ``{delegation: {issue: {option: number}}}``: the case's are teaching assumptions.
    seed : int, optional
        What decides between packages that are equally good to a bot; chance by default.

    Attributes
    ----------
    game : Game
        The game as it stands; what is kept.
    mode, where, seat, temper, version : widgets
        How it is played: the first four hold from the next game on, the version at once.
    chair : ToggleButtons
        Who is at the screen, where several share it.
    board : Board
        One row an issue, with the draft that *Offer* would put on the table.
    mail : Mailbox
        Texts to and from the others, where each sits at their own computer.
    selected : str or None
        The issue that is read, or "my sheet".
    table : DataFrame
        What has been said and done; see `log_table`.
    """

    invitation = "Press the name of an issue to read its options, the law, and what the articles say."

    def __init__(self, case: Case, scores: Mapping[str, Any] | None = None, seed: int | None = None) -> None:
        found = tables.lab(case)
        if found is None:
            super().__init__(case, picture=[nothing_here("negotiation")])
            return
        self.case, self.store = case, portfolio(case)
        kept = as_mapping(self.store.read(KEY))
        self.scores = sound_scores(found, kept.get("scores") if scores is None else scores)
        self._case_lab, self._seed, self._leaving = found, seed, False
        self._furnish(kept)
        super().__init__(
            case,
            controls=[self.version, self.mode, self.where, self.seat, self.temper, self.new, self.show_sheet],
            picture=[self.status, self.said, self.chair, self.chart, self.work, self.ending],
            after=[self.mail, self.aftermath, self.history, SaveCue(self.store, KEY)],
        )
        self.add_class("parley-table-to-play")
        self._listen()
        self._open(kept)

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook that has not been run shows: what will be on the table."""
        if not hasattr(self, "lab"):  # a case without a game
            return super().preview()
        return {"text/html": str(paper(html.table(game_tables.issue_table(self.lab), "On this table")))}, {}

    # --- building

    def _furnish(self, kept: Mapping[str, Any]) -> None:
        self.lab = lab = self._lab_of(kept_version(self.case, self._case_lab))
        modes = [(mode.words, key) for key, mode in MODES.items() if self._possible(key)]
        self.mode = dropdown("Play", modes, one_of(kept.get("mode"), [key for _, key in modes], ALONE))
        code = kept.get("code")
        # The code goes into the texts for the others, and a file that anybody may have edited holds it.
        self._code = code if isinstance(code, str) and _CODE.fullmatch(code) else ""
        places = [("At this screen", HERE), ("Each at their own computer", APART)]
        self.where = dropdown("Where", places, APART if self._code else HERE)
        self.seat = dropdown("You are", [("", "")])
        self.temper = dropdown("The bot is", list(TEMPERS), one_of(kept.get("temper"), list(TEMPERS), "conceding"))
        self.version = toggles("Names", [(VERSIONS[key], key) for key in lab.versions], lab.version)
        self.chair = toggles("At the screen", [("", "")])
        # How the game on the table is played: the controls may by now say how the next one will be.
        self._mode = self.mode.value
        self._offer_seats(kept.get("seat"))
        self._mine, self._temper, self._bot_seed = self.seat.value, self.temper.value, 0
        self.new = button("New game", self.start)
        self.copy = button("Copy theirs", self._copy)
        self.board = Board(lab, self._drafted, self.choose, self.copy)
        self._furnish_moves()
        # One scale for all seats, so that the picture stays as it is when the next one sits down.
        top = max(float(lab.negotiation((seat,)).outcomes[seat].max()) for seat in lab.seats)
        self.chart = Chart(charts.value_chart(top), alt="What each offer is worth to you.", watch=["pick"])
        self.status, self.worth, self.result, self.history = (ipywidgets.HTML() for _ in range(4))
        self.said = Live()
        self.mail = Mailbox(self._take_in, self._take_back)
        moves = boxed("parley-controls", self.offer, self.accept, self.decline, self.sign)
        talk = boxed("parley-controls", self.ask, self.words, self.reply, self.leave)
        self.work = ipywidgets.VBox([self.worth, self.board, moves, talk])
        self.aftermath = ipywidgets.VBox()
        self.ending = ipywidgets.VBox([self.result, button("Open the debrief", self._look_back, "primary")])

    def _furnish_moves(self) -> None:
        self.offer = button("Offer this package", lambda: self._do(self._proposal()), "primary")
        self.accept = button("Accept", lambda: self._do(self._move(rules.ACCEPT)))
        self.decline = button("Decline", lambda: self._do(self._move(rules.DECLINE)))
        self.sign = button("Sign", lambda: self._do(self._move(rules.SIGN)))
        self.leave = button("Walk away", self._leave, "danger").add_class("parley-apart")
        self.ask = button("Ask why", lambda: self._do(self._move(rules.ASK)))
        self.reply = button("Answer", self._answer)
        self.words = text_box("Say", hint="a sentence, if you like")
        self.show_sheet = ipywidgets.ToggleButton(value=False, description="Show my sheet")
        self.show_sheet.add_class("parley-button")

    def _listen(self) -> None:
        self.version.observe(lambda _: self._if_chosen(self._rename), "value")
        share_version(self.case, self.version)
        for control in (self.mode, self.where, self.temper):
            control.observe(lambda _: self._if_chosen(self._set_up), "value")
        self.seat.observe(lambda _: self._if_chosen(self._take_seat), "value")
        self.chair.observe(lambda _: self._if_chosen(self._sit_down), "value")
        self.show_sheet.observe(lambda change: self._open_sheet(change["new"]), "value")
        self.chart.observe(self._take_up, "selected")

    def _if_chosen(self, then: Any) -> None:
        """Do what a control asks for, unless it is being filled."""
        if not self._echoing:
            then()

    def _possible(self, mode: str) -> bool:
        lab, way = self._case_lab, MODES[mode]
        return (len(lab.seats) > 2 or not way.third) and (lab.mediator is not None or not way.mediated)

    def _lab_of(self, version: Any) -> tables.Lab:
        found = tables.lab(self.case, one_of(version, list(VERSIONS), tables.REAL))
        return (found or self._case_lab).rescored(self.scores)

    # --- who plays, and who sees what

    @property
    def alone(self) -> bool:
        """Whether the other side is a bot."""
        return self._mode == ALONE

    @property
    def apart(self) -> bool:
        """Whether each delegation sits at its own computer."""
        return bool(self._code)

    @property
    def here(self) -> str:
        """The delegation that is at the screen, or "mediator"."""
        return self._mine if self.alone or self.apart else self.chair.value

    @property
    def seen(self) -> str:
        """The delegation whose points may be shown now; empty for nobody."""
        private = self.alone or self.apart or self.show_sheet.value
        return self.here if private and self.here in self.lab.seats else ""

    def _players(self, mode: str) -> list[str]:
        return list(self.lab.seats)[:3] if MODES[mode].third else self.lab.parties

    def _named(self, seats: list[str]) -> list[tuple[str, str]]:
        names = sheets.seats_of(self.lab)
        return [(names[key], key) for key in seats]

    def _offer_seats(self, wanted: Any = None) -> None:
        """Offer the seats of the way to play that is chosen above; those who share a screen take turns instead."""
        mode, apart = self.mode.value, self.where.value == APART
        seats = self._players(mode) if apart else self.lab.parties
        seats = [*seats, *([rules.MEDIATOR] if apart and MODES[mode].mediated else [])]
        self.seat.options = self._named(seats)
        self.seat.value = one_of(wanted, seats, seats[0])
        show(self.where, shown=mode != ALONE)
        show(self.temper, shown=mode == ALONE)
        show(self.seat, shown=mode == ALONE or apart)

    # --- beginning, and going on

    def start(self) -> None:
        """Begin a new game with what is chosen above."""
        apart = self.mode.value != ALONE and self.where.value == APART
        self._begin(messages.new_code() if apart else "")
        if apart:
            self._invite()
        self._tell("A new game. Make the first offer, or ask a question.")
        self._keep()
        self._draw()

    def _begin(self, code: str) -> None:
        self._mode, self._mine, self._code = self.mode.value, self.seat.value, code
        self.game = rules.new_game(self.lab, self._players(self._mode), mediated=MODES[self._mode].mediated)
        self._seat_bot(self.temper.value, secrets.randbelow(10**6) if self._seed is None else self._seed)
        self._seat_chairs()
        self._clear()

    def _open(self, kept: Mapping[str, Any]) -> None:
        """Show the game that was kept as it stands, or begin one."""
        found = rules.resume_game(self.lab, kept.get("game"))
        if found is None or list(found.players) != self._players(self._mode):
            self.start()
            return
        self.game = found
        seed = kept.get("seed")
        self._seat_bot(self.temper.value, seed if isinstance(seed, int) and 0 <= seed < 2**63 else 0)
        self._seat_chairs()
        if self.apart:
            self._post()
        self._tell(_greeting(found))
        self._draw()

    def _seat_bot(self, temper: str, seed: int) -> None:
        self._bot_seed, self._temper = seed, temper
        other = next(seat for seat in self.lab.parties if seat != self._mine)
        self.bot = Bot(self.lab, other, temper, seed=seed) if self.alone else None

    def _seat_chairs(self) -> None:
        chairs = [*self.game.players, *([rules.MEDIATOR] if self.game.mediated else [])]
        with self.echoing():
            wanted = self.chair.value
            self.chair.options = self._named(chairs)
            self.chair.value = one_of(wanted, chairs, chairs[0])
        show(self.chair, shown=not self.alone and not self.apart)
        show(self.mail, shown=self.apart)
        show(self.reply, shown=not self.alone)

    def _set_up(self) -> None:
        """Begin anew with another way to play, if nothing has been said yet."""
        with self.echoing():
            self._offer_seats(self.seat.value)
        if self.game.moves:
            self._tell("This game goes on as it began. Press 'New game' to play as you have now chosen.")
        else:
            self.start()

    def _take_seat(self) -> None:
        # Who has joined a game at another computer chooses a seat in it; a new game would be another one.
        if self.apart and all(move.who != self._mine for move in self.game.moves):
            self._mine = self.seat.value
            if not self.game.moves and self.mail.sent.value:
                self._invite()
            self._keep()
            self._draw()
        else:
            self._set_up()

    def _sit_down(self) -> None:
        """Put away the last one's sheet, draft and words before the next one looks."""
        self._clear()
        self.words.value = ""
        asked = rules.open_question(self.game, self.here)
        self.choose(asked or None)
        self._tell(_welcome(self.game, self.here, asked))
        self._draw()

    def _rename(self) -> None:
        """Show the same game under the other names."""
        self.lab = self._lab_of(self.version.value)
        # Played again, since a game holds its lab and with it the names.
        self.game = rules.resume_game(self.lab, self.game.as_json()) or self.game
        self._seat_bot(self._temper, self._bot_seed)
        with self.echoing():
            self._offer_seats(self.seat.value)
        self._seat_chairs()
        self._keep()
        self._draw()

    # --- moves

    @property
    def draft(self) -> dict[str, Any]:
        """The lists of the draft, by issue."""
        return self.board.draft

    @property
    def package(self) -> tables.Package:
        """The draft: what the lists say, without the issues left open."""
        return self.board.package

    def _issue(self) -> str:
        return self.selected if self.selected in self.lab.issues else ""

    def _move(self, kind: str) -> rules.Move:
        return rules.Move(self.here, kind, issue=self._issue() if kind in (rules.ASK, rules.ANSWER) else "")

    def _proposal(self) -> rules.Move:
        """Return the draft as a move: an amendment, if it changes a part of what is on the table."""
        package, on_table = self.package, self.game.package
        changed = {issue: option for issue, option in package.items() if on_table.get(issue) != option}
        if changed and set(on_table) <= set(package) and len(changed) < len(package):
            return rules.Move(self.here, rules.AMEND, changed)
        return rules.Move(self.here, rules.OFFER, package)

    def _do(self, move: rules.Move) -> None:
        """Play a move of whoever is at the screen, and let the bot reply, or write the text for the others."""
        self._leaving = False
        try:
            words = messages.clean_words(self.words.value) if self.apart else self.words.value.strip()
            self.game = self.game.play(rules.Move(move.who, move.kind, move.package, move.issue, words))
        except KitError as error:
            self._tell(str(error))
            return
        self.words.value = ""  # only now: after a move that is refused the words can be mended
        before = len(self.game.moves)
        for reply in self.bot.reply(self.game) if self.bot else ():
            self.game, _ = self.game.try_play(reply)
        if self.apart:
            self._post()
        elif not self.alone:
            self.show_sheet.value = False  # the next one looks at this screen
        # The last text of a game has to travel too: it carries the signature, or says who has left.
        self._after_moves(before, " Copy the text below into the chat.")

    def _after_moves(self, before: int, if_apart: str = "") -> None:
        news = _news(self.game, before)
        if self.apart:
            news += if_apart
        elif not self.game.over and not self.alone:
            news += " Now the next delegation sits down and presses its name."
        self._tell(news)
        self._keep()
        self._draw()

    def _answer(self) -> None:
        if self.words.value.strip():
            self._do(self._move(rules.ANSWER))
        else:
            self._tell("Write your answer under 'Say' first.")

    def _leave(self) -> None:
        if not self._leaving and self.here in self.game.players:
            self._leaving = True
            self._tell("Walking away ends the game for all. Press 'Walk away' again if you mean it.")
        else:
            self._do(self._move(rules.WALK))

    def _copy(self) -> None:
        self._fill(rules.last_proposal(self.game, not_by=self.here)[0])
        self._tell("Copied. Change what you want to change, then offer it.")

    def _fill(self, package: tables.Package) -> None:
        with self.echoing():
            self.board.package = package
        self._draw_draft()

    def _clear(self) -> None:
        """Put away sheet and draft; what somebody has offered already is no secret and stays in their draft."""
        self._leaving = False
        self.show_sheet.value = False
        with self.echoing():
            self.board.package = rules.last_proposal(self.game, by=self.here)[0]

    # --- at several computers

    def _invite(self) -> None:
        game = self.game
        invitation = messages.Invitation(self._code, game.players, game.mediated, self._mine, self.version.value)
        try:
            self.mail.sent.value = messages.write_invitation(self.lab, invitation)
        except messages.MessageError as error:
            self._tell(str(error))

    def _post(self) -> None:
        """Write the text of the last move of one's own; before there is one, the invitation stays."""
        numbers = [number for number, move in enumerate(self.game.moves, start=1) if move.who == self._mine]
        if numbers:
            self.mail.sent.value = messages.write_message(self.game, self._code, numbers[-1])
        elif not self.game.moves:
            self._invite()

    def _take_in(self, pasted: str) -> None:
        """Join the game, or play the moves, that a pasted text names. One that does not fit changes nothing."""
        before, known = len(self.game.moves), self._code
        try:
            self._join(pasted)
            for move in messages.new_moves(self.game, self._code, pasted):
                self.game = self.game.play(move)
        except KitError as error:
            self._tell(str(error))
            return
        self.mail.came.value = ""
        if len(self.game.moves) > before or self._code != known:
            # Several may follow in one seat, each at their own computer, while one of them makes the moves.
            ours = any(move.who == self._mine for move in self.game.moves[before:])
            self.choose(rules.open_question(self.game, self.here) or self.selected)  # so that 'Answer' can be pressed
            self._after_moves(before, " Somebody else in your own seat has moved." if ours else "")
        else:
            self._tell("Your table has this text already. Nothing has changed: paste the next one.")
        if self._code != known:
            self._tell(f"You have joined game {self._code} as {self.game.title(self._mine)}. {self.said_words}")

    def _join(self, pasted: str) -> None:
        invitation = messages.read_invitation(self.lab, pasted)
        if invitation is None or invitation.code == self._code:
            return
        if self.game.moves and not self.game.over:
            what = f"This invites you to game {invitation.code}, and your own game is not over"
            raise messages.MessageError(what, remedy="Press 'New game' first if you want to join the other one.")
        wanted = len(invitation.players) > 2, invitation.mediated
        modes = (key for key, mode in MODES.items() if key != ALONE and (mode.third, mode.mediated) == wanted)
        with self.echoing():
            self.version.value = invitation.version
            self.mode.value = next(modes)
            self.where.value = APART
            self.lab = self._lab_of(invitation.version)
            free = [seat for seat in self._players(self.mode.value) if seat != invitation.host]
            self._offer_seats(free[0])
        self._begin(invitation.code)
        self.mail.sent.value = ""

    def _take_back(self) -> None:
        """Take back one's last move, if nobody has answered it: for when two have moved at the same time."""
        if not self.game.moves or self.game.moves[-1].who != self._mine:
            self._tell("Only your own last move can be taken back, and only until another one follows.")
            return
        self.game = self.game.without_last()
        self.mail.sent.value = ""
        self._tell("Taken back. Tell the others in the chat that this text does not count.")
        self._keep()
        self._draw()

    # --- what is kept, and what is on screen

    def _keep(self) -> None:
        # The bot's seed too, so that it plays on after a restart as it would have.
        value = {"version": self.lab.version, "mode": self._mode, "seat": self._mine, "temper": self._temper}
        value |= {"seed": self._bot_seed, "game": self.game.as_json()}
        more = {"scores": self.scores, "code": self._code}
        self.store.save(KEY, value | {name: each for name, each in more.items() if each})

    def _tell(self, words: str) -> None:
        self.said_words = words
        self.said.say(words)

    def _draw(self) -> None:
        game = self.game
        self._table = game_tables.log_table(game)
        self.status.value = _status(game, self._temper if self.alone else "", self._code)
        rows = game_tables.value_rows(game, self.seen or None)
        self.chart.rows, self.chart.alt = rows, charts.value_alt(rows)
        show(self.chart, shown=len(rows) > 2)  # one offer and the reservation value make no line
        offers = game_tables.offer_rows(game, self.here, self.seen or None)
        with self.echoing():
            self.board.show(self.lab, offers, self.seen, closed=game.over)
        self.history.value = _history(self._table)
        show(self.work, shown=not game.over)
        show(self.show_sheet, shown=not game.over)
        show(self.ending, shown=game.over)
        self.result.value = ending_page(game, self.seen) if game.over else ""
        self.aftermath.children = ()
        self.mail.back.disabled = game.over or not game.moves or game.moves[-1].who != self._mine
        self.seat.disabled = self.apart and any(move.who == self._mine for move in game.moves)
        for each in (self.accept, self.decline, self.sign, self.leave):
            show(each, shown=self.here != rules.MEDIATOR)
        self._draw_draft()
        self.show_again()

    def _draw_draft(self) -> None:
        """Say what the draft is worth, and let only those moves be made that the rules allow now."""
        package = self.package
        words = "Choose an option on each issue."
        if package:
            words = game_tables.package_words(self.game, package, self.seen or None)
        if self.seen and package:
            worth = self.lab.negotiation((self.seen,)).outcomes[self.seen]
            seat = self.lab.seats[self.seen]
            self.worth.value = meter(self.lab.total(self.seen, package), seat.reservation, float(worth.max()), words)
        else:
            self.worth.value = html.tag("p", words)
        _allow(self.game, self.offer, self._proposal())
        self.copy.disabled = not rules.last_proposal(self.game, not_by=self.here)[0]
        self.copy.tooltip = "They have made no offer yet." if self.copy.disabled else None
        for control, kind in ((self.accept, rules.ACCEPT), (self.decline, rules.DECLINE), (self.sign, rules.SIGN)):
            _allow(self.game, control, self._move(kind))
        about = self.lab.issues[self._issue()].title if self._issue() else ""
        self.ask.description = f"Ask why: {shorten(about, 26, placeholder='…')}" if about else "Ask why"
        for control, kind in ((self.ask, rules.ASK), (self.reply, rules.ANSWER)):
            _allow(self.game, control, self._move(kind))

    def _drafted(self, issue: str) -> None:
        if self._echoing:
            return
        self._draw_draft()
        if self.selected == issue:
            self.show_again()
        else:
            self.choose(issue)

    def _open_sheet(self, opened: bool) -> None:
        self.show_sheet.description = "Hide my sheet" if opened else "Show my sheet"
        if opened:
            self.choose(SHEET)
        elif self.selected == SHEET:
            self.choose(None)
        if hasattr(self, "game"):  # not while the table is being laid
            self._draw()

    def show(self, key: str) -> None:
        """Show a sheet, or an issue: both offers in full, the law on each, and the sentences that it comes from."""
        self._draw_draft()
        if key == SHEET:
            name = html.tag("h3", f"{self.game.title(self.here)}: for this seat alone")
            self.say(name, html.tag("div", sheets.sheet_body(self.lab, self.here), class_="parley-sheet"))
            self.panel.invite("Press the name of an issue to put the sheet away.")
            return
        issue = self.lab.issues[key]
        theirs = rules.last_proposal(self.game, not_by=self.here)[0].get(key)
        mine = self.package.get(key)
        same = theirs == mine is not None
        self.say(
            html.tag("h3", issue.title),
            html.tag("p", issue.question),
            _clause("Their last offer and mine" if same else "Their last offer", issue, theirs),
            None if same else _clause("My offer", issue, mine),
            _all_options(issue),
        )
        if issue.evidence:
            self.tell(self.case.evidence_for(issue.evidence), "Where this issue comes from")
        else:
            self.panel.invite("This version is invented, so no article speaks of it.")

    def _take_up(self, change: dict[str, Any]) -> None:
        """Take an offer that was pressed in the picture over into the draft."""
        keys = change["new"].get("pick") or []
        on_table = {str(number): package for number, _, _, package in rules.list_proposals(self.game)}
        if len(keys) == 1 and str(keys[0]) in on_table:
            self._fill(on_table[str(keys[0])])
            self._tell("That offer now stands in your draft.")

    def _look_back(self) -> None:
        self.aftermath.children = (Debrief(self.case, self.game, opened=True),)


def ending_page(game: rules.Game, seat: str) -> html.Html:
    """Return the page at the end of a game: what was signed by whom, or that there is no deal."""
    if not game.deal:
        last = game.moves[-1]
        said = f"{game.title(last.who)} has left the table. There is no deal, and that can be the right result."
        return html.tag("div", html.tag("h3", "Broken off"), html.tag("p", said), class_="parley-signed")
    settled = ((game.lab.issues[key], option) for key, option in game.deal.items())
    lines = [
        html.join(html.tag("dt", issue.title), html.tag("dd", issue.options[option].label)) for issue, option in settled
    ]
    signed = [html.tag("li", html.tag("span", f"✓ {game.title(each)}")) for each in game.players if each in game.signed]
    return html.tag(
        "div",
        html.tag("h3", "Signed"),
        html.tag("dl", *lines),
        html.tag("p", game_tables.package_words(game, game.deal, seat or None)),
        html.tag("ul", *signed, class_="parley-signatures"),
        class_="parley-signed",
    )


def _allow(game: rules.Game, control: ipywidgets.Button, move: rules.Move) -> None:
    """Let a button be pressed only if the rules allow its move now; its tooltip says why not."""
    why_not = game.try_play(move)[1]
    control.disabled, control.tooltip = bool(why_not), why_not or None


def _news(game: rules.Game, before: int) -> str:
    moves = game.moves[before:] or game.moves[-1:]
    said = (f"{game.title(each.who)} {game_tables.deed_words(game, each)}. {each.words}".strip() for each in moves)
    ending = " All have accepted: the text can be signed." if game.state == rules.AGREED else ""
    return " ".join(said) + ending


def _greeting(game: rules.Game) -> str:
    """Return what is said when a kept game is opened again."""
    if game.state == rules.SIGNED:
        return "This game is over: the deal is signed."
    if game.over:
        return "This game is over: it was broken off."
    return "Your game goes on where you left it." if game.moves else "Make the first offer, or ask a question."


def _welcome(game: rules.Game, who: str, asked: str) -> str:
    """Return what whoever sits down is told."""
    name = game.title(who)
    if asked:
        return (
            f"{name}: you were asked why about {game.lab.issues[asked].title}. Your sheet says what you may tell. "
            "Write it under 'Say' and press 'Answer'."
        )
    return f"{name}: the last delegation's sheet and draft have been put away. Open your own when nobody else looks."


def _status(game: rules.Game, temper: str, code: str) -> html.Html:
    seated = (*game.players, *([rules.MEDIATOR] if game.mediated else []))
    who = " · ".join(game.title(each) for each in seated)
    clock = f"Round {game.round}."
    if temper:
        who, clock = f"Round {min(game.round, ROUNDS)} of {ROUNDS}", f"Then the {temper} bot leaves."
    states = {rules.OPEN: clock, rules.AGREED: "All have accepted. Sign, or amend the text once more."}
    name = f" Game {code}." if code else ""
    return html.tag("p", html.tag("strong", who), f". {states.get(game.state, 'The game is over.')}{name}")


def _history(log: Any) -> html.Html | str:
    """Return the log as it is shown, the last move first."""
    if not len(log):
        return ""
    labels = {name: name.capitalize() for name in log.columns}
    shown = html.table(log.iloc[::-1], "What has been said and done, the last move first", labels=labels)
    return html.tag("div", shown, class_="parley-scroll", role="region", aria_label="The log", tabindex=0)


def _clause(heading: str, issue: tables.Issue, option: str | None) -> html.Html | None:
    """Return one option in full with the note on the law; nothing if the issue is left open."""
    if not option or option == OPEN:
        return None
    found = issue.options[option]
    law = note(html.tag("em", "The law: "), found.legal_note or "no note.")
    return html.join(html.tag("p", html.tag("strong", f"{heading}: "), found.label), law)


def _all_options(issue: tables.Issue) -> html.Html:
    words = (f"{each.name}: {each.label}" if each.short else each.label for each in issue.options.values())
    return html.fold("All options in full", html.bullets(words))
