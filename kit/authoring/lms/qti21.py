"""QTI 2.1 as a package: an item a question, a test a unit; orders and matches as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from kit.authoring.lms.shared import Quizzes, add, notes_on, pack, to_bytes, with_names

LEFT_OUT = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "the notes on each item are shown together, after the answer",
    "defend": "choice and reasons are kept, and nothing is marked; the two views are shown after the answer",
}
SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_NOTES = "notes"
Named = tuple[str, Mapping[str, Any]]  # a question behind its name


def write(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as a zip."""
    units = with_names(quizzes)
    items = {f"items/{name}.xml": to_bytes(_item(name, each)) for named in units.values() for name, each in named}
    tests = {f"unit-{unit}.xml": to_bytes(_test(unit, named, title)) for unit, named in units.items()}
    return pack({"imsmanifest.xml": to_bytes(_manifest(units)), **tests, **items})


def _manifest(units: Mapping[str, Sequence[Named]]) -> ET.Element:
    root = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": "parley-quizzes"})
    about = add(root, "metadata")
    add(about, "schema", "QTIv2.1 Package")
    add(about, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    for unit, named in units.items():
        test = _add_resource(resources, f"unit-{unit}", "imsqti_test_xmlv2p1", f"unit-{unit}.xml")
        for name, _ in named:
            add(test, "dependency", identifierref=name)
            _add_resource(resources, name, "imsqti_item_xmlv2p1", f"items/{name}.xml")
    return root


def _add_resource(resources: ET.Element, name: str, kind: str, path: str) -> ET.Element:
    made = add(resources, "resource", identifier=name, type=kind, href=path)
    add(made, "file", href=path)
    return made


def _test(unit: str, named: Sequence[Named], title: str) -> ET.Element:
    root = ET.Element("assessmentTest", {"xmlns": SPACE, "identifier": f"unit-{unit}", "title": f"{title} {unit}"})
    part = add(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    section = add(part, "assessmentSection", identifier="section", title=f"{title} {unit}", visible="true")
    for name, _ in named:
        add(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    return root


def _item(name: str, question: Mapping[str, Any]) -> ET.Element:
    about = {"identifier": name, "title": question["id"], "adaptive": "false", "timeDependent": "false"}
    root = ET.Element("assessmentItem", {"xmlns": SPACE, **about})
    _KINDS[question["type"]](root, question)
    return root


def _choice(root: ET.Element, question: Mapping[str, Any]) -> None:
    single = question["type"] == "multiple_choice"
    names = {f"A{number}": part for number, part in enumerate(question["answers"], 1)}
    cardinality = "single" if single else "multiple"
    _declare(root, "identifier", cardinality, [name for name, part in names.items() if part["correct"]], cardinality)
    _add_choices(add(root, "itemBody"), question, 1 if single else 0)
    processing = _add_scoring(root)
    add(add(processing, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier="RESPONSE")
    for name, part in names.items():
        _add_feedback(root, name, [("", part["feedback"])])


def _add_choices(body: ET.Element, question: Mapping[str, Any], most: int) -> None:
    made = add(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices=most)
    add(made, "prompt", question["question"])
    for number, part in enumerate(question["answers"], 1):
        add(made, "simpleChoice", part["answer"], identifier=f"A{number}")


def _order(root: ET.Element, question: Mapping[str, Any]) -> None:
    names = [f"A{number}" for number in range(1, len(question["items"]) + 1)]
    _declare(root, "identifier", "ordered", names)
    made = add(add(root, "itemBody"), "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    add(made, "prompt", question["question"])
    for name, part in zip(names, question["items"], strict=True):
        add(made, "simpleChoice", part["item"], identifier=name)
    _add_notes(root, question)


def _match(root: ET.Element, question: Mapping[str, Any]) -> None:
    pairs = question["pairs"]
    rights = list(dict.fromkeys(part["right"] for part in pairs))
    correct = [f"L{number} R{rights.index(part['right']) + 1}" for number, part in enumerate(pairs, 1)]
    _declare(root, "directedPair", "multiple", correct)
    made = add(
        add(root, "itemBody"),
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=len(pairs),
    )
    add(made, "prompt", question["question"])
    sides = (("L", [part["left"] for part in pairs], 1), ("R", rights, len(pairs)))
    for letter, listed, most in sides:
        side = add(made, "simpleMatchSet")
        for number, words in enumerate(listed, 1):
            add(side, "simpleAssociableChoice", words, identifier=f"{letter}{number}", matchMax=most)
    _add_notes(root, question)


def _defend(root: ET.Element, question: Mapping[str, Any]) -> None:
    add(root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier")
    add(root, "responseDeclaration", identifier="REASON", cardinality="single", baseType="string")
    _declare_outcomes(root, "single")
    body = add(root, "itemBody")
    _add_choices(body, question, 1)
    reason = add(body, "extendedTextInteraction", responseIdentifier="REASON", expectedLines=4)
    add(reason, "prompt", "Give your reasons.")
    _say_notes(add(root, "responseProcessing"))
    _add_feedback(root, _NOTES, notes_on(question))


_KINDS = {"multiple_choice": _choice, "many_choice": _choice, "order": _order, "match": _match, "defend": _defend}


def _declare(root: ET.Element, base: str, cardinality: str, correct: Sequence[str], feedback: str = "single") -> None:
    response = add(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    right = add(response, "correctResponse")
    for value in correct:
        add(right, "value", value)
    _declare_outcomes(root, feedback)


def _declare_outcomes(root: ET.Element, feedback: str) -> None:
    add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality=feedback, baseType="identifier")


def _add_scoring(root: ET.Element) -> ET.Element:
    """Return the response processing with the score: 1 if all is right, else 0."""
    processing = add(root, "responseProcessing")
    condition = add(processing, "responseCondition")
    right, wrong = add(condition, "responseIf"), add(condition, "responseElse")
    same = add(right, "match")
    add(same, "variable", identifier="RESPONSE")
    add(same, "correct", identifier="RESPONSE")
    for place, score in ((right, "1"), (wrong, "0")):
        add(add(place, "setOutcomeValue", identifier="SCORE"), "baseValue", score, baseType="float")
    return processing


def _add_notes(root: ET.Element, question: Mapping[str, Any]) -> None:
    _say_notes(_add_scoring(root))
    _add_feedback(root, _NOTES, notes_on(question))


def _say_notes(processing: ET.Element) -> None:
    add(add(processing, "setOutcomeValue", identifier="FEEDBACK"), "baseValue", _NOTES, baseType="identifier")


def _add_feedback(root: ET.Element, name: str, notes: Sequence[tuple[str, str]]) -> None:
    made = add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show")
    for on, note in notes:
        add(made, "p", f"{on}: {note}" if on else note)
