"""The command line: ``python -m kit COMMAND``.

Commands are in one table, in two groups: those that an instructor needs, and those of an author of cases, tasks and
notebooks. A command's module has its name, and is imported only when it is asked for; so it imports all it needs at its top.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import partial
from importlib import import_module
from typing import Any, TextIO

from kit.errors import KitError, printable

GROUPS = {
    "for instructors": {
        "handouts": "write role sheets and worksheets as pages to print",
        "class-report": "put the portfolios of a class into tables and charts",
        "quiz-export": "write the quiz questions as a file for Moodle, Canvas or another LMS",
        "phone-pages": "write a page for each prompt, on which learners answer by phone",
        "links": "write Binder links into README and notebooks; print a hub's",
    },
    "for authors": {
        "annotate": "mark articles by a codebook; write a table or web annotations",
        "correct": "make a table of marks that you changed the corrections of a case",
        "new-case": "write a small commented case, to write over with your own",
        "check-case": "say all that is wrong with a case, by file and line",
        "course": "write the notebooks for a case of your own",
        "exercises": "make the exercises anew from the solutions",
        "tasks": "try the checks of the exercises, or hash a task's right answer",
    },
}
COMMANDS = {name: summary for group in GROUPS.values() for name, summary in group.items()}
_DESCRIPTION = "Parley: articles about peace talks, marked, drawn and taught."
_EXAMPLES = """
examples:
  python -m kit handouts my-handouts
  python -m kit class-report hand-ins --out class.html
  python -m kit annotate my-articles --out marks.csv
  python -m kit COMMAND --help          what a command takes
"""


class _Printed:
    """A stream on which no text of a case, an article or a file's name can steer the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text as it can be shown."""
        return self._stream.write(printable(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 if all is well, 1 after a mistake that it explains, 2 if misused."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # The one module that is needed is imported: all of them would take seconds, and may need what is not installed.
    parser = _parser(asked=next((word for word in given if not word.startswith("-")), ""))
    told = parser.parse_args(given)
    if not told.command:
        parser.print_help()
        return 2
    try:
        with redirect_stdout(_Printed(sys.stdout)):
            return int(_module(told.command).run(told))
    except KitError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def _parser(asked: str) -> argparse.ArgumentParser:
    """Return a parser of all commands, with the arguments of the one that is asked for."""
    form = partial(argparse.RawDescriptionHelpFormatter, max_help_position=28)
    parser = argparse.ArgumentParser(
        prog="python -m kit",
        usage="python -m kit COMMAND …",
        description=_DESCRIPTION,
        epilog=_listed() + _EXAMPLES,
        formatter_class=form,
    )
    # argparse cannot group commands, so that the list stands in the epilogue.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="python -m kit", help=argparse.SUPPRESS)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, description=f"{summary[0].upper()}{summary[1:]}.", formatter_class=form)
        if name == asked:
            _module(name).add_arguments(command)
    return parser


def _module(command: str) -> Any:
    return import_module(f"kit.authoring.{command.replace('-', '_')}")


def _listed() -> str:
    """Return the commands in their groups, a line each."""
    lines = []
    for title, group in GROUPS.items():
        lines += [f"\n{title}:", *(f"  {name:13} {summary}" for name, summary in group.items())]
    return "\n".join(lines).lstrip() + "\n"
