"""A box for a game at several computers: the text that goes to the others, and a place to paste theirs."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from kit.screen.controls import boxed, button, note, text_box


class Mailbox(ipywidgets.VBox):
    """What has to be sent, and where to paste what came.

    Attributes
    ----------
    sent : Textarea
        The text for the others; press it and copy.
    came : Textarea
        Where a text of the others is pasted.
    """

    def __init__(self, on_pasted: Callable[[str], object], on_back: Callable[[], object]) -> None:
        self.sent = text_box("Send this to the others", rows=3, hint="Your next move will be written here.")
        self.sent.add_class("parley-sent")
        self.came = text_box("Paste what they sent", rows=3, hint="From the word Parley to the closing bracket.")
        self.came.continuous_update = True
        self.take_in = button("Take it in", lambda: on_pasted(self.came.value), "primary")
        self.back = button("Take back my last move", on_back)
        words = "Each move is a short text. Copy yours into the chat of the class, and paste here what the others send."
        super().__init__(
            [
                ipywidgets.HTML(note(words)),
                boxed("parley-mail", self.sent, self.came),
                boxed("parley-controls", self.take_in, self.back),
            ]
        )
