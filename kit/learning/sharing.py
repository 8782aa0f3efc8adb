"""Sharing with an instructor on a class hub: a copy of one's answers in a folder that the instructor reads.

The hub names the folder in ``PARLEY_SHARE``; elsewhere there is nothing to switch. Sharing is off until a learner turns it
on, and turning it off removes the copy. Whether it is on is told by the copy alone, so that there is nothing to disagree
with it. Homes stay closed: the instructor never reads in them.

What the hub has to see to: learners may make files in the folder but not list it, nor touch each other's; what is made
there belongs to the instructors' group (mode 3753, ``drwxr-s-wt``, and that group, which lists).
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets

from kit.learning.document import Document, dump
from kit.learning.portfolio import CasePortfolio, reason_of, write_new
from kit.screen import html
from kit.screen.live_region import Live
from kit.screen.still_text import Still

_LONGEST = 200
ASKED = "Let my instructor read my answers"
ABOUT = (
    "If you tick the box, your instructor can read the answers that you have now and those that you save later, with your "
    "texts and your name in class. Other learners cannot. Untick it, and the copy is removed."
)


def share_folder() -> Path | None:
    """Return the folder that the hub has named, or None where nothing can be shared."""
    told = os.environ.get("PARLEY_SHARE", "").strip()
    folder = Path(told) if told else None
    return folder if folder and folder.is_dir() else None


def own_copy(folder: Path) -> Path:
    """Return where the copy of this learner's answers lies: a name that no other user's can be."""
    user = os.environ.get("JUPYTERHUB_USER", "").strip() or getpass.getuser()
    name = quote(user, safe="")  # whatever letters it has, it is safe so
    if len(name) > _LONGEST:  # of a file's 255 bytes; other scripts take six or nine a letter, so names may begin alike
        name = f"{name[:_LONGEST]}-{sha256(user.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return folder / f"work-of-{name}.json"


def is_shared(folder: Path) -> bool:
    """Return whether there is a copy, made by this user."""
    try:
        found = own_copy(folder).lstat()
    except OSError:
        return False
    # Anybody may make a file in the folder, under another's name too: that is no consent of this learner's.
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid()


def share(store: CasePortfolio, folder: Path) -> None:
    """Write the present answers, without the earlier ones, whole or not at all; readable to the folder's group alone.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    document, target = store.file.document, own_copy(folder)
    entries = {key: versions[:1] for key, versions in document.entries.items() if versions[0].value is not None}
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        # Never through a link, and never readable to others for a moment.
        write_new(part, dump(Document(document.pseudonym, entries)))
        part.chmod(0o640)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


class Sharing(Still, ipywidgets.VBox):
    """The switch: off at first, on as long as there is a copy; a copy is kept in step with each save."""

    aim = "choose whether your class sees your answers"

    def __init__(self, store: CasePortfolio, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.switch = ipywidgets.Checkbox(is_shared(folder), description=ASKED, indent=False, layout={"width": "auto"})
        self.told = Live()
        super().__init__([ipywidgets.HTML(html.tag("p", ABOUT)), self.switch, self.told])
        self.switch.observe(self._switched, "value")
        store.file.on_change(lambda _key: self._keep_in_step())

    def _switched(self, change: Any) -> None:
        if change["new"] == is_shared(self.folder):  # set below, after a failure, to what is true
            return
        try:
            if change["new"]:
                share(self.store, self.folder)
                self.told.say("✓ Shared. Your instructor can read your answers.")
            else:
                own_copy(self.folder).unlink(missing_ok=True)
                self.told.say("✓ No longer shared. The copy is removed.")
        except OSError as problem:
            self.told.say(f"✗ That did not work: {reason_of(problem)}. Tell your instructor.")
            self.switch.value = is_shared(self.folder)

    def _keep_in_step(self) -> None:
        """Write the copy anew, unless it was taken back, here or in another notebook."""
        if not is_shared(self.folder):
            return
        try:
            share(self.store, self.folder)
        except OSError as problem:
            self.told.say(f"✗ Your instructor sees an older copy: {reason_of(problem)}.")

    def __repr__(self) -> str:
        return f"Sharing({'on' if self.switch.value else 'off'})"


def sharing_controls(store: CasePortfolio) -> list[ipywidgets.Widget]:
    """Return the switch where a hub offers it, and nothing elsewhere."""
    folder = share_folder()
    return [Sharing(store, folder)] if folder else []
