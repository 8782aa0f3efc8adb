"""Write the lesson plans in ``docs/lesson-plans/`` from ``docs/lesson-plans.yaml``, once they hold together.

Minutes, parts and advice stand in the YAML file. The words of the discussion prompts, of the writing task and of
its rubric are taken from the notebooks, the answers to the quiz from the lead case, so that each has one home. ``--check`` writes nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple

import nbformat
import yaml

import kit
from kit.grammar import join_words
from kit.learning.progress import course
from kit.screen.explorer import words_of_name

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "docs" / "lesson-plans.yaml"
PAGES = ROOT / "docs" / "lesson-plans"
LENGTHS = dict.fromkeys(("00", "01", "02", "03", "04", "05"), (50, 90)) | {"06": (50, 90, 120)}
GROUPS = {"plenary", "pairs", "fours", "alone", "delegations"}
TEXTS = {"promise": str, "prepare": list, "stuck": list, "answers": dict, "cut": str, "fallback": dict}
EXPLORED = re.compile(r"^### (?P<part>.+)\n+\*(?P<core>core|more) · (?P<minutes>\d+) min", re.MULTILINE)
PROMPT = re.compile(r"^(\d)\. \*\*(\w+)(?: \([a-z ]+\))?, (\d+) min\.\*\* (.+)$", re.MULTILINE)
HEADER = re.compile(r"\*\*(\d+) minutes\*\*")
WRITE = re.compile(r'Write\(case, "[^"]+", "([^"]+)"')
WRITE_WORDS = re.compile(r"^## Write\n+\*\w+ · \d+ min\*\n+(.+?)\n+(\|.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


class Prompt(NamedTuple):
    """A question for a room, as a notebook puts it."""

    group: str
    minutes: int
    text: str


def load(path: Path = PLANS) -> dict[str, dict[str, Any]]:
    """Return the plans by unit."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def cells(unit: str, kind: str) -> str:
    """Return the sources of a unit's cells of one kind, one after the other."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{course()[unit]['notebook']}.ipynb", as_version=4)
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == kind)


def explored(unit: str) -> list[tuple[str, int, bool]]:
    """Return the parts of a notebook's Explore section as ``(part, minutes, core)``."""
    return [(m["part"], int(m["minutes"]), m["core"] == "core") for m in EXPLORED.finditer(cells(unit, "markdown"))]


def prompts(unit: str) -> dict[int, Prompt]:
    """Return the discussion prompts of a notebook by their number."""
    text = cells(unit, "markdown").partition("## Discuss")[2].partition("\n## ")[0]
    return {int(n): Prompt(group.lower(), int(minutes), words) for n, group, minutes, words in PROMPT.findall(text)}


# --- what may be wrong


def problems(plans: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return all that does not hold together, in words; nothing, if all is well."""
    units = list(course())
    if list(plans) != units:
        return [f"The plans are for {', '.join(plans)}; the course has {', '.join(units)}."]
    return [f"{unit}: {what}" for unit, plan in plans.items() for what in _problems(unit, plan)]


def _problems(unit: str, plan: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is missing" for key, kind in TEXTS.items() if not isinstance(plan.get(key), kind))
    yield from _disagreements(unit, plan)
    if tuple(plan["sessions"]) != LENGTHS[unit]:
        yield f"there are plans for {', '.join(map(str, plan['sessions']))} minutes"
    found, code = prompts(unit), cells(unit, "code")
    for length, parts in plan["sessions"].items():
        total = sum(part["minutes"] for part in parts)
        if total > length:
            yield f"the plan for {length} minutes takes {total}"
        for part in parts:
            yield from (f"{length} minutes, {part['part']}: {what}" for what in _part_problems(part, found, code))
    if set(plan["answers"]) != set(found):
        yield "each discussion prompt needs an answer"


def _disagreements(unit: str, plan: Mapping[str, Any]) -> Iterator[str]:
    """Where the plan and the notebook do not say the same of working alone."""
    minutes = course()[unit]["minutes"]
    listed = [(each["part"], each["minutes"], each["core"]) for each in plan["explore"]]
    if listed != explored(unit):
        yield f"explore differs from the notebook, which has {explored(unit)}"
    header = HEADER.search(cells(unit, "markdown"))
    if header is None or int(header[1]) != minutes:
        yield f"the notebook's header does not say {minutes} minutes"
    if sum(each["minutes"] for each in plan["explore"] if each["core"]) > minutes:
        yield f"its core explorers take more than {minutes} minutes"
    yield from (f"there is no kit.{each['explorer']}" for each in plan["explore"] if explorer(each["explorer"]) is None)


def _part_problems(part: Mapping[str, Any], found: Mapping[int, Prompt], code: str) -> Iterator[str]:
    if part["group"] not in GROUPS:
        yield f"'{part['group']}' is no grouping"
    if not part.get("say"):
        yield "there are no words to say"
    if name := part.get("explorer"):
        if explorer(name) is None:
            yield f"there is no kit.{name}"
        elif not re.search(rf"\b{name.rpartition('.')[2]}\(", code):
            yield f"{name} is not in the notebook"
    if "discuss" in part:
        prompt = found.get(part["discuss"])
        if prompt is None:
            yield f"the notebook has no prompt {part['discuss']}"
        elif part["group"] != prompt.group:
            yield f"the notebook puts this prompt to {prompt.group}"
        elif part["minutes"] < prompt.minutes and not part.get("short"):
            yield f"the notebook gives this prompt {prompt.minutes} minutes"


def explorer(name: str) -> object | None:
    """Return what a dotted name under ``kit`` stands for, or None."""
    try:
        return resolve_name(f"kit.{name}")
    except (AttributeError, ImportError, ValueError):
        return None


# --- the pages


def page_path(unit: str) -> Path:
    """Return where a unit's plan is written."""
    return PAGES / f"{course()[unit]['notebook']}.md"


def page(unit: str, plan: Mapping[str, Any]) -> str:
    """Return a unit's plan as Markdown."""
    about, name = course()[unit], course()[unit]["notebook"]
    links = ", ".join(f"[{what}](../../{folder}/{name}.ipynb)" for folder, what in
                      (("notebooks", "notebook"), ("exercises", "exercise"), ("solutions", "solution")))  # fmt: skip
    sections = [
        f"# Lesson plan {unit} · {about['title']}",
        (
            f"<!-- Written by `make docs` from docs/lesson-plans.yaml. Change that file. -->\n\n{plan['promise']}\n\n"
            f"{about['minutes']} minutes for those who work alone: {links}. What holds for all plans stands in the "
            "[instructor's guide](../instructors-guide.md)."
        ),
        _listed("Prepare", plan["prepare"]),
        *(_session(length, parts, prompts(unit)) for length, parts in plan["sessions"].items()),
        f"## If time runs short\n\n{plan['cut']}",
        (
            "## If the equipment fails\n\n"
            f"**One projector, no laptops.** {plan['fallback']['projector']}\n\n**No screen at all.** {plan['fallback']['paper']}"
        ),
        _listed("Where rooms may get stuck", plan["stuck"]),
        _discussion(prompts(unit), plan["answers"]),
        _quiz(unit),
        _rubric(unit),
        _alone(plan["explore"]),
    ]
    return "\n\n".join(sections) + "\n"


def _listed(heading: str, items: list[str], note: str = "") -> str:
    return "\n\n".join(filter(None, [f"## {heading}", note, "\n".join(f"- {item}" for item in items)]))


def _row(*values: Any) -> str:
    # A bar would begin another column, and a new line another row.
    return "| " + " | ".join(str(value).replace("|", "\\|").replace("\n", " ") for value in values) + " |"


def _session(length: int, parts: list[Mapping[str, Any]], found: Mapping[int, Prompt]) -> str:
    rows, clock = [], 0
    for part in parts:
        shown = f"*{spoken_name(part['explorer'])}* · " if "explorer" in part else ""
        asked = f" *Discussion prompt {part['discuss']}.*" if part.get("discuss") in found else ""
        said = f"“{part['say']}”"
        rows.append(_row(clock, part["minutes"], part["part"], part["group"], f"{shown}{part['do']}{asked}", said))
        clock += part["minutes"]
    head = _row("at", "min", "part", "who", "on screen, and what to do", "what to say") + "\n" + _row(*["---"] * 6)
    return f"## In {length} minutes\n\n{head}\n" + "\n".join(rows)


def spoken_name(explorer: str) -> str:
    """Return an explorer's name in words: "Actor map" for ``actors.ActorMap``."""
    return words_of_name(explorer.rpartition(".")[2]).capitalize()


def _discussion(found: Mapping[int, Prompt], answers: Mapping[int, str]) -> str:
    parts = [
        f"**{n}. {each.group.capitalize()}, {each.minutes} min.** {each.text}\n\n*What to listen for.* {answers[n]}"
        for n, each in found.items()
    ]
    note = "The minutes below are for the discussion itself. Where the timetable gives more, the rest is for reports to the room."
    return "## Discussion prompts\n\n" + "\n\n".join([note, *parts])


def _quiz(unit: str) -> str:
    rows = [f"- {question['question']} **{_answer(question)}**" for question in kit.load_case("ukraine").quiz(unit)]
    return "## Answers to the quiz\n\n" + "\n".join(rows)


def _answer(question: Mapping[str, Any]) -> str:
    """Return the right answer to a question in a line."""
    kind = question["type"]
    if kind == "defend":
        titles = join_words(f"“{view['title']}”" for view in question["views"])
        return f"No right answer: the views that the notebook shows are {titles}"
    if kind == "order":
        return " → ".join(item["item"] for item in question["items"])
    if kind == "match":
        return "; ".join(f"{pair['left']}: {pair['right']}" for pair in question["pairs"])
    return "; ".join(answer["answer"] for answer in question["answers"] if answer.get("correct"))


def _rubric(unit: str) -> str:
    """Return the writing task and its rubric as the notebook has them."""
    asked, found = WRITE.search(cells(unit, "code")), WRITE_WORDS.search(cells(unit, "markdown"))
    if not asked or not found:
        msg = f"The Write section of notebook {unit} lacks its task, its minutes or its rubric."
        raise ValueError(msg)
    samples = "Two marked samples of this task stand at the end of the solution."
    return f"## Rubric for the piece of writing\n\n> {found[1]}\n>\n> {asked[1]}\n\n{found[2]}\n\n{samples}"


def _alone(parts: list[Mapping[str, Any]]) -> str:
    rows = [f"{each['part']} ({each['minutes']} min, {'core' if each['core'] else 'more'})" for each in parts]
    note = "Only the parts of *Explore* stand here. In the notebook, the other parts have their minutes below their headings."
    return _listed("Minutes for those who work alone", rows, note)


def main() -> int:
    """Check the plans; write their pages unless only a check was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say what is wrong or out of step, and write nothing")
    check = parser.parse_args().check
    plans = load()
    if found := problems(plans):
        sys.stderr.write("\n".join(found) + "\n")
        return 1
    made = {page_path(unit): page(unit, plan) for unit, plan in plans.items()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        sys.stderr.write("".join(f"{path.relative_to(ROOT)} is out of step: make docs\n" for path in stale))
        return int(bool(stale))
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
