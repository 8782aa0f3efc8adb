"""QTI 1.2 as a package: what Canvas, Blackboard and others import; an assessment a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from kit.authoring.lms.shared import (
    Quizzes,
    add,
    as_pairs,
    asked_with_options,
    notes_on,
    pack,
    share_of,
    to_bytes,
    with_names,
)

LEFT_OUT = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "it becomes a match of each item with its place; the notes are shown together, after the answer",
    "defend": "it becomes an essay; the two views are shown after the answer",
}
SPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_KINDS = {
    "multiple_choice": "multiple_choice_question",
    "many_choice": "multiple_answers_question",
    "match": "matching_question",
    "order": "matching_question",
    "defend": "essay_question",
}
_ALL = "general_fb"


def write(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as a zip."""
    files = {
        f"unit-{unit}.xml": to_bytes(_assessment(unit, named, title)) for unit, named in with_names(quizzes).items()
    }
    return pack({"imsmanifest.xml": to_bytes(_manifest(quizzes)), **files})


def _manifest(quizzes: Quizzes) -> ET.Element:
    root = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": "parley-quizzes"})
    add(root, "organizations")
    resources = add(root, "resources")
    for unit in quizzes:
        name = f"unit-{unit}.xml"
        made = add(resources, "resource", identifier=f"unit-{unit}", type="imsqti_xmlv1p2", href=name)
        add(made, "file", href=name)
    return root


def _assessment(unit: str, named: Sequence[tuple[str, Mapping[str, Any]]], title: str) -> ET.Element:
    root = ET.Element("questestinterop", {"xmlns": SPACE})
    assessment = add(root, "assessment", ident=f"parley-{unit}", title=f"{title} {unit}")
    section = add(assessment, "section", ident="root_section")
    for name, question in named:
        _add_item(section, name, question)
    return root


def _add_item(section: ET.Element, name: str, question: Mapping[str, Any]) -> None:
    kind = question["type"]
    item = add(section, "item", ident=name, title=question["id"])
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in (("question_type", _KINDS[kind]), ("points_possible", "0" if kind == "defend" else "1")):
        made = add(fields, "qtimetadatafield")
        add(made, "fieldlabel", label)
        add(made, "fieldentry", entry)
    presentation = add(item, "presentation")
    _add_text(presentation, asked_with_options(question) if kind == "defend" else question["question"])
    processing = ET.Element("resprocessing")
    score = add(processing, "outcomes")
    add(score, "decvar", maxvalue=100, minvalue=0, varname="SCORE", vartype="Decimal")
    {"match": _add_pairs, "order": _add_pairs, "defend": _add_essay}.get(kind, _add_choices)(
        presentation, processing, question
    )
    item.append(processing)
    if "choice" in kind:
        for number, part in enumerate(question["answers"], 1):
            _add_feedback(item, f"a{number}_fb", part["feedback"])
    else:
        _add_feedback(item, _ALL, " / ".join(f"{on}: {note}" for on, note in notes_on(question)))


def _add_choices(presentation: ET.Element, processing: ET.Element, question: Mapping[str, Any]) -> None:
    single = question["type"] == "multiple_choice"
    response = add(presentation, "response_lid", ident="response1", rcardinality="Single" if single else "Multiple")
    choices = add(response, "render_choice", shuffle="Yes")
    for number, part in enumerate(question["answers"], 1):
        _add_text(add(choices, "response_label", ident=f"a{number}"), part["answer"])
        condition = _add_condition(processing)
        add(add(condition, "conditionvar"), "varequal", f"a{number}", respident="response1")
        if single and part["correct"]:
            add(condition, "setvar", "100", action="Set", varname="SCORE")
        elif not single:
            share = share_of(question, part["correct"])
            add(condition, "setvar", f"{share:.2f}", action="Add", varname="SCORE")
        add(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"a{number}_fb")


def _add_pairs(presentation: ET.Element, processing: ET.Element, question: Mapping[str, Any]) -> None:
    pairs = as_pairs(question)
    rights = list(dict.fromkeys(right for _, right in pairs))
    for number, (left, right) in enumerate(pairs, 1):
        response = add(presentation, "response_lid", ident=f"response_{number}", rcardinality="Single")
        _add_text(response, left)
        choices = add(response, "render_choice")
        for place, words in enumerate(rights, 1):
            _add_text(add(choices, "response_label", ident=f"r{place}"), words)
        condition = _add_condition(processing)
        equal = add(condition, "conditionvar")
        add(equal, "varequal", f"r{rights.index(right) + 1}", respident=f"response_{number}")
        add(condition, "setvar", f"{100 / len(pairs):.2f}", action="Add", varname="SCORE")
    _add_notes(processing)


def _add_essay(presentation: ET.Element, processing: ET.Element, _question: Mapping[str, Any]) -> None:
    response = add(presentation, "response_str", ident="response1", rcardinality="Single")
    add(add(response, "render_fib"), "response_label", ident="answer1", rshuffle="No")
    _add_notes(processing)


def _add_condition(processing: ET.Element) -> ET.Element:
    return add(processing, "respcondition", **{"continue": "Yes"})


def _add_notes(processing: ET.Element) -> None:
    """Let the notes be shown whatever was answered."""
    condition = _add_condition(processing)
    add(add(condition, "conditionvar"), "other")
    add(condition, "displayfeedback", feedbacktype="Response", linkrefid=_ALL)


def _add_feedback(item: ET.Element, name: str, words: str) -> None:
    _add_text(add(add(item, "itemfeedback", ident=name), "flow_mat"), words)


def _add_text(parent: ET.Element, words: str) -> None:
    add(add(parent, "material"), "mattext", words, texttype="text/plain")
