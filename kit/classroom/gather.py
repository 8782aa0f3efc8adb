"""The portfolios of a class: found in folders, uploads and chats, each read or left out with the reason, told apart.

Whoever handed in twice is one learner. Two files are one person's if a session wrote into both (a download of last week
and one of today); a slip, which carries no sessions, belongs to whoever bears its name. Two files with one name that
share no session stay two learners: names are chosen freely, and heron may sit in the room twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kit.classroom.sources import HandIn, LeftOut, find_hand_ins, name_to_show, slips_in
from kit.file_names import tell_apart
from kit.learning.document import LEAD_CASE, Document, Version, merge
from kit.learning.portfolio import values_of_case

MADE_UP = "made-up-"  # how the writer of an invented answer is called


@dataclass
class Learner:
    """One learner of a class.

    Attributes
    ----------
    number : int
        From 1; drawn by lot, and kept for as long as the `Classroom` is.
    document : Document
        All that was handed in, merged: by key the latest answer stands.
    only_slips : bool
        Whether no file was among these.
    """

    number: int
    document: Document
    sources: list[str] = field(default_factory=list)
    only_slips: bool = True

    @property
    def name(self) -> str:
        """The name that the learner goes by in class; empty if none was chosen."""
        return self.document.pseudonym

    def answers_in(self, case: str = LEAD_CASE) -> dict[str, Any]:
        """Return value by key of what was answered in a case."""
        return values_of_case(self.document, case)


class Classroom:
    """What a class has handed in.

    Parameters
    ----------
    salt : bytes, optional
        What the numbers of learners are drawn with. Without one, each gathering draws its own: nobody can then work out a
        number from a name.

    Attributes
    ----------
    learners : list of Learner
    left_out : list of LeftOut
    """

    def __init__(self, salt: bytes | None = None) -> None:
        self._salt = secrets.token_bytes(16) if salt is None else salt
        self.learners: list[Learner] = []
        self.left_out: list[LeftOut] = []
        self._by_writer: dict[str, Learner] = {}
        self._by_name: dict[str, list[Learner]] = {}
        self._told: set[LeftOut] = set()  # a chat or folder that is read once more leaves out the same again
        self._sources: set[tuple[int, str]] = set()
        self._slips = 0

    def __repr__(self) -> str:
        return f"Classroom({len(self.learners)} learners, {len(self.left_out)} left out)"

    @property
    def made_up(self) -> bool:
        """Whether some of it was written by no learner, but by `kit.classroom.sample`."""
        return any(writer.startswith(MADE_UP) for each in self.learners for writer in _writers(each.document))

    @property
    def hand_ins(self) -> int:
        """How many files and slips were used."""
        return sum(len(learner.sources) for learner in self.learners)

    def read(self, *sources: Any) -> int:
        """Take in what somebody handed in; return how many learners are new.

        Parameters
        ----------
        *sources : path, folder, glob, text with slips, bytes, dict of name to bytes, Document, or several in a list
            Nothing in them can stop the rest: what cannot be used is added to ``left_out`` with its reason.
        """
        return self._sort(each for source in sources for each in find_hand_ins(source))

    def _sort(self, handed_in: Iterable[HandIn | LeftOut]) -> int:
        good: list[HandIn] = []
        for found in handed_in:
            if isinstance(found, HandIn) and found.document.entries:
                good.append(found)
            elif isinstance(found, HandIn):
                self._leave_out(LeftOut(found.source, "It holds no answers yet."))
            else:
                self._leave_out(found)
        return self._take_all(good)

    def read_chat(self, text: str) -> int:
        """Take in the slips that stand in a text; return how many learners are new."""
        return self._sort(slips_in(text, ""))

    def labels(self, *, names: bool = False) -> list[str]:
        """Return what each learner is called: "Learner 1", or the name chosen for class, told apart where two are one."""
        if not names:
            return [f"Learner {learner.number}" for learner in self.learners]
        return tell_apart((name_to_show(each.name) or f"Learner {each.number}" for each in self.learners), "{} ({})")

    def answers(self, case: str = LEAD_CASE, *, names: bool = False) -> dict[str, dict[str, Any]]:
        """Return by each learner's label the answers in a case by key."""
        return dict(zip(self.labels(names=names), (learner.answers_in(case) for learner in self.learners), strict=True))

    def _leave_out(self, found: LeftOut) -> None:
        if found not in self._told:
            self._told.add(found)
            self.left_out.append(found)

    def _take_all(self, good: list[HandIn]) -> int:
        """Take in what can be used: who has worked in most sessions first, so that what belongs together is found."""
        before = len(self.learners)
        for each in sorted(good, key=lambda each: (each.is_slip, -len(_writers(each.document)))):
            self._take(each)
        # Not in the order of the files: their names, and with them the alphabet, would show through the numbers.
        new = sorted(self.learners[before:], key=lambda learner: self._lot(learner.document))
        for number, learner in enumerate(new, before + 1):
            learner.number = number
        self.learners[before:] = new
        return len(new)

    def _lot(self, document: Document) -> str:
        """Return what decides a learner's number: nothing that can be seen, or worked out."""
        who = document.pseudonym.casefold() or min(_writers(document), default="")
        return sha256(self._salt + who.encode()).hexdigest()

    def _take(self, found: HandIn) -> None:
        document = self._numbered(found.document) if found.is_slip else found.document
        learner = self._known(found)
        if learner is None:
            learner = Learner(0, document)
            self.learners.append(learner)
        else:
            # A name given later is the one that a learner wants to go by.
            learner.document = merge(document, learner.document)
        if found.is_slip:  # a chat may hold ten thousand slips of one name: what they replace is not needed
            latest = {key: versions[:1] for key, versions in learner.document.entries.items()}
            learner.document = Document(learner.name, latest)
        if learner.name:
            named = self._by_name.setdefault(learner.name.casefold(), [])
            named += [] if any(each is learner for each in named) else [learner]
        if (id(learner), found.source) not in self._sources:
            self._sources.add((id(learner), found.source))
            learner.sources.append(found.source)
        learner.only_slips = learner.only_slips and found.is_slip
        for writer in _writers(found.document):
            self._by_writer.setdefault(writer, learner)

    def _known(self, found: HandIn) -> Learner | None:
        name = found.document.pseudonym.casefold()
        # A name that differs is believed, not the session: two who share a computer share its sessions.
        for writer in sorted(_writers(found.document)):
            other = self._by_writer.get(writer)
            if other is not None and (not name or not other.name or other.name.casefold() == name):
                return other
        same = (each for each in self._by_name.get(name, ()) if each.name.casefold() == name)
        return next((each for each in same if found.is_slip or each.only_slips), None)

    def _numbered(self, slip: Document) -> Document:
        """Return a slip's answers with the order of slips in place of times: any file's is later, a later slip's too."""
        self._slips += 1
        when = f"0{self._slips:09}"  # before any stamp, which begins with the year
        return Document(slip.pseudonym, {key: (Version(when, "", one[0].value),) for key, one in slip.entries.items()})


def read_class(*sources: Any, salt: bytes | None = None) -> Classroom:
    """Return the class that handed these in; see `Classroom.read`."""
    classroom = Classroom(salt)
    classroom.read(*sources)
    return classroom


def _writers(document: Document) -> set[str]:
    return {one.writer for versions in document.entries.values() for one in versions if one.writer}
