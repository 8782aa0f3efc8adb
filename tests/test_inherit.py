"""A codebook that extends that of a bundled case."""

import pytest

from kit import codebook as codebooks
from kit.codebook import load_codebook
from kit.errors import CodebookError

BASE = """\
title: Base
kinds:
  actor:
    label: Actors
    definition: Who acts.
    codes:
      upland: {label: Upland, definition: The upper state., phrases: [Upland]}
      united-nations: {label: United Nations, definition: The UN., phrases: [UN]}
  obstacle:
    label: Obstacles
    codes:
      mistrust: {label: Mistrust, definition: Distrust., phrases: [distrust*]}
      territory: {label: Territory, definition: Land., phrases: [land]}
  scenario:
    label: Scenarios
    codes:
      continued-war: {label: War goes on, definition: It goes on., phrases: [war goes on]}
"""


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load a codebook written here, with one bundled case, `base`."""
    bundled = tmp_path / "cases"
    (bundled / "base").mkdir(parents=True)
    (bundled / "base" / "codebook.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.setattr(codebooks, "CASES", bundled)

    def load(text, name="own"):
        path = bundled / name / "codebook.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return load_codebook(path)

    return load


def problems(load, text, name="own"):
    with pytest.raises(CodebookError) as caught:
        load(text, name)
    return caught.value.problems


def test_all_kinds_and_codes_are_taken_over(load):
    assert list(load("extends: base\n").codes) == [
        "actor:upland",
        "actor:united-nations",
        "obstacle:mistrust",
        "obstacle:territory",
        "scenario:continued-war",
    ]


OWN_ACTORS = """\
extends: base
kinds:
  actor:
    codes:
      hill: {label: Hill, definition: The hill people., phrases: [Hill]}
"""


def test_own_actors_replace_the_inherited_ones_and_the_kind_keeps_its_label(load):
    book = load(OWN_ACTORS)
    assert [code for code in book.codes if code.startswith("actor:")] == ["actor:hill"]
    assert (book.kinds[0].label, book.kinds[0].definition) == ("Actors", "Who acts.")


def test_an_inherited_actor_is_kept_on_request_after_the_own_ones(load):
    book = load(OWN_ACTORS.replace("extends: base", "extends: base\nkeep: [actor:united-nations]"))
    assert [code for code in book.codes if code.startswith("actor:")] == ["actor:hill", "actor:united-nations"]


def test_codes_and_whole_kinds_can_be_dropped(load):
    book = load("extends: base\ndrop: [scenario, obstacle:territory]\n")
    assert [kind.name for kind in book.kinds] == ["actor", "obstacle"]
    assert "obstacle:territory" not in book.codes


ADDED = """\
extends: base
kinds:
  obstacle:
    codes:
      water: {label: Water, definition: Who may take water., phrases: [water]}
      mistrust: {label: No trust, definition: Doubt., phrases: [doubt*]}
  festival:
    label: Festivals
    codes:
      fair: {label: Fair, definition: A fair., phrases: [fair]}
"""


def test_an_own_code_is_added_and_one_of_the_same_name_replaces_the_inherited_one(load):
    book = load(ADDED)
    obstacles = next(kind for kind in book.kinds if kind.name == "obstacle")
    assert [code.name for code in obstacles.codes] == ["mistrust", "territory", "water"]
    assert (book.label("obstacle:mistrust"), book.kinds[-1].name) == ("No trust", "festival")


CHANGED = """\
extends: base
kinds:
  obstacle:
    codes:
      mistrust:
        add: {phrases: [(deep|old) doubt*, broken word], not_in: [distrust fund]}
        drop: [distrust*]
"""


def test_an_inherited_code_gets_phrases_and_loses_some_and_keeps_the_rest(load):
    book = load(CHANGED)
    code = book.codes["obstacle:mistrust"]
    assert code.phrases == ("deep doubt*", "old doubt*", "broken word")
    assert code.not_in == ("distrust fund",)
    assert (code.label, code.definition) == ("Mistrust", "Distrust.")
    assert list(book.codes) == list(load("extends: base\n").codes)
    assert not book.warnings


def test_a_phrase_added_anew_takes_the_place_of_the_inherited_one(load):
    book = load(
        CHANGED.replace("        drop: [distrust*]\n", "").replace("broken word", "{text: distrust*, needs: [deep]}")
    )
    assert [(phrase, phrase.needs) for phrase in book.codes["obstacle:mistrust"].phrases][-1] == (
        "distrust*",
        ("deep",),
    )
    assert len(book.codes["obstacle:mistrust"].phrases) == 3


def test_an_inherited_actor_that_gets_phrases_is_kept(load):
    book = load(OWN_ACTORS + "      united-nations: {add: {phrases: [blue helmets]}, label: The UN}\n")
    assert book.codes["actor:united-nations"].phrases == ("UN", "blue helmets")
    assert book.label("actor:united-nations") == "The UN"
    assert "actor:upland" not in book.codes


def test_a_code_written_anew_is_warned_of_with_the_number_of_phrases_it_loses(load):
    ((line, warning),) = load(ADDED).warnings
    assert line == 6
    assert warning.startswith("'obstacle:mistrust' is written anew, so 1 phrases that it inherits no longer count")
    assert not load(OWN_ACTORS.replace("hill: {label: Hill", "upland: {label: Hill")).warnings


def test_a_codebook_without_extends_still_needs_kinds(load):
    assert problems(load, "title: Nothing\n") == ("line 1: the codebook lacks 'kinds'",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: nowhere\n", "line 1: there is no bundled case 'nowhere' to extend; there are: base"),
        ("extends: ../base\n", "line 1: there is no bundled case '../base' to extend"),
        ("extends: [base]\n", "line 1: extends must be a text"),
        ("extends: base\ndrop: [obstacle:mistrst]\n", "line 2: 'obstacle:mistrst' in drop is nothing inherited; did you mean 'obstacle:mistrust'?"),
        ("extends: base\nkeep: [obstacle:mistrust]\n", "line 2: 'obstacle:mistrust' in keep is nothing inherited"),
        ("title: X\nkinds: {a: {label: A, codes: {b: {label: B, definition: B., phrases: [b]}}}}\ndrop: [a]\n", "line 3: 'drop' is for a codebook that extends another"),
        ("extends: base\nkinds:\n  obstacle:\n    codes:\n      mistrst: {add: {phrases: [x]}}\n", "line 5: 'obstacle:mistrst' is nothing inherited, so nothing can be added or dropped; did you mean 'obstacle:mistrust'?"),
        ("extends: base\nkinds:\n  obstacle:\n    codes:\n      mistrust: {drop: [doubt]}\n", "line 5: 'doubt' in drop of 'obstacle:mistrust' is no phrase that it inherits"),
        ("extends: base\nkinds:\n  obstacle:\n    codes:\n      mistrust: {add: {words: [x]}}\n", "line 5: add of 'obstacle:mistrust' has no 'words'"),
        ("extends: base\nkinds:\n  new:\n    codes:\n      b: {label: B, definition: B., phrases: [b]}\n", "line 3: the kind 'new' lacks 'label'"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(load, text, said):
    assert any(said in problem for problem in problems(load, text))


def test_what_extends_cannot_be_extended(load):
    load("extends: base\n", "middle")
    said = problems(load, "title: Own\nextends: middle\n")
    assert said == ("line 2: the codebook of 'middle' extends another itself: name that one",)


def test_a_codebook_that_extends_itself_is_refused_and_not_read_for_ever(load):
    assert "extends another itself" in problems(load, "extends: own\n")[0]
