"""The course for a case of one's own, derived from the lead course's notebooks."""

import ast
import builtins
import json

import nbformat
import pytest

from kit.authoring import course as courses
from kit.authoring.course import course, derive
from kit.authoring.new_case import new_case
from kit.case import load_case
from kit.checking.whole_case import check_case
from kit.errors import KitError

LARGE = ("obstacles", "measures", "scenarios", "negotiation")


@pytest.fixture
def own(tmp_path):
    new_case(tmp_path / "own")
    return tmp_path / "own"


def text(source, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": source}


def code(source, *tags):
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}
    return {**cell, "outputs": [{"output_type": "stream", "text": "old"}], "execution_count": 3}


def derived(case, *cells, **how):
    found = derive({"cells": list(cells), "metadata": {}}, load_case(case), "../own", **how)["cells"]
    return [cell["source"] for cell in found]


def test_what_is_marked_as_the_lead_case_s_goes_and_the_text_around_it_stays_whole(own):
    cells = [
        text("## Idea\n\nTalks are talks.\n\n<!-- lead -->\nHere it is a river.\n<!-- /lead -->\n\nRussia may be named in an example."),
        text("Only of the lead case.", "lead"),
        code("kit.Reader(case)"),
    ]  # fmt: skip
    assert derived(own, *cells) == [
        "## Idea\n\nTalks are talks.\n\nRussia may be named in an example.",
        "kit.Reader(case)",
    ]


def test_without_marks_what_names_the_lead_case_is_taken_to_be_about_it(own):
    told = derived(own, text("## Idea\n\nTalks are talks.\n\nIn Surge there are none."), code('look("000-surge")'))
    assert told == ["## Idea\n\nTalks are talks."]


def test_the_case_is_opened_from_where_it_lies_and_old_results_go(own):
    book = derive({"cells": [code('case = kit.load_case("ukraine")')]}, load_case(own), "../own")
    (cell,) = book["cells"]
    assert (cell["source"], cell["outputs"]) == ('case = kit.load_case("../own")', [])


@pytest.mark.parametrize(
    ("missing", "cell"),
    [
        ("events.csv", code("kit.background.Timeline(case)")),
        ("measures.yaml", code("catalogue = kit.measures.Catalogue(case)\ncatalogue")),
        ("quiz/01.json", code('kit.learning.Quiz(case, "01")')),
        ("figures.csv", code("something_new(case)", "needs:figures.csv")),
    ],
)
def test_a_section_that_has_nothing_to_draw_on_is_left_out_with_one_sentence(own, missing, cell):
    before = derived(own, text("### A picture\n\nLook at it."), cell, text("What it shows."))
    (own / missing).unlink()
    after = derived(own, text("### A picture\n\nLook at it."), cell, text("What it shows."))
    assert len(before) == 3
    assert after == [f"### A picture\n\n*This part is left out: the case has no `{missing}`.*"]


def test_a_section_with_another_picture_stays(own):
    (own / "events.csv").unlink()
    cells = [text("### Two"), code("kit.background.Timeline(case)"), code("kit.background.Hedges(case)")]
    assert derived(own, *cells) == ["### Two", "kit.background.Hedges(case)"]


def test_what_uses_a_picture_that_is_left_out_goes_with_it(own):
    (own / "relations.csv").unlink()
    cells = [
        text("### A map"),
        code("actor_map = kit.actors.ActorMap(case)\nactor_map"),
        text("### The map in code"),
        code("actor_map.table.head()"),
        text("### More"),
        code("kit.actors.Voices(case)"),
    ]
    gone = "\n\n*This part is left out: the case has no `relations.csv`.*"
    assert derived(own, *cells) == [
        f"### A map{gone}",
        f"### The map in code{gone}",
        "### More",
        "kit.actors.Voices(case)",
    ]


def test_a_text_cell_with_a_heading_further_down_is_two_sections(own):
    (own / "events.csv").unlink()
    cells = [text("### One"), code("kit.background.Timeline(case)"), text("So much for one.\n\n### Two\n\nNext.")]
    assert derived(own, *cells)[1:] == ["### Two\n\nNext."]


def test_a_general_task_stays_with_its_answer_and_one_about_the_lead_case_goes_whole(own):
    cells = [
        text("## 1 · General\n\nWhat is a mediator?"),
        code('task = kit.learning.Answer(case, "02-t1")\ntask'),
        text("## 2 · Of the case\n\nWhat does Russia ask for?"),
        code('kit.learning.Answer(case, "02-t9")'),
    ]
    told = derived(own, *cells, is_exercise=True)
    assert told == [cells[0]["source"], 'task = kit.learning.Answer(kit.load_case("ukraine"), "02-t1")\ntask']


def test_a_course_holds_the_notebooks_the_exercises_and_the_case(own, tmp_path):
    (own / "later").mkdir()
    (own / "later" / "events.csv").write_text("made up", encoding="utf-8")
    written = course(load_case(own), tmp_path / "out")
    assert len(written) == 14
    assert not (tmp_path / "out" / "own" / "later").exists()
    assert (tmp_path / "out" / "own" / "articles" / "02-our-fields.md").is_file()
    for name in written:
        book = nbformat.read(tmp_path / "out" / name, as_version=4)
        nbformat.validate(book)
        for cell in book.cells:
            if cell.cell_type == "code":
                ast.parse(cell.source)
        assert 'kit.load_case("../own")' in json.dumps(book).replace('\\"', '"')


def test_no_notebook_for_a_case_without_tables_uses_a_name_that_nothing_makes(own, tmp_path):
    for path in [*own.glob("*.csv"), *own.glob("quiz/*"), *(own / f"{name}.yaml" for name in LARGE)]:
        path.unlink()
    for name in course(load_case(own), tmp_path / "out"):
        made = {"display", *dir(builtins)}
        for cell in nbformat.read(tmp_path / "out" / name, as_version=4).cells:
            if cell.cell_type == "code":
                nodes = list(ast.walk(ast.parse(cell.source)))
                made |= {each.name.partition(".")[0] for node in nodes if hasattr(node, "names") for each in node.names}
                made |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
                made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
                made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
                used = {node.id for node in nodes if isinstance(node, ast.Name)}
                assert used <= made, (name, cell.source)


def test_a_case_that_is_not_sound_gets_no_course(own, tmp_path):
    (own / "events.csv").write_text("date\nsoon\n", encoding="utf-8")
    with pytest.raises(KitError, match="check-case"):
        course(load_case(own), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_warning_keeps_no_case_from_its_course(own, tmp_path):
    book = own / "codebook.yaml"
    anew = "  driver:\n    codes:\n      stalemate: {label: Deadlock, definition: Nobody wins., phrases: [deadlock]}\n"
    book.write_text(book.read_text(encoding="utf-8") + anew, encoding="utf-8")
    assert [problem.is_warning for problem in check_case(own)] == [True]
    assert len(course(load_case(own), tmp_path / "out")) == 14


def test_a_folder_with_something_in_it_is_left_alone(own):
    with pytest.raises(KitError, match="does not exist yet"):
        course(load_case(own), own)


def test_a_file_in_the_course_s_place_is_told_in_words(own, tmp_path):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "course"):
        with pytest.raises(KitError, match=r"already|cannot be written"):
            course(load_case(own), place)


def test_an_own_case_with_the_name_of_a_bundled_one_is_opened_from_its_copy(own, tmp_path):
    course(load_case(own.rename(tmp_path / "ukraine")), tmp_path / "out")
    assert (tmp_path / "out" / "ukraine" / "case.yaml").is_file()
    assert 'load_case(\\"../ukraine\\")' in (tmp_path / "out" / "notebooks" / "01-background.ipynb").read_text("utf-8")


def test_a_case_that_comes_with_the_kit_is_named_and_not_copied(tmp_path):
    written = course(load_case("northern-ireland"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["exercises", "notebooks"]
    assert 'load_case(\\"northern-ireland\\")' in (tmp_path / "out" / written[0]).read_text(encoding="utf-8")


def test_every_explorer_that_the_table_of_needs_names_is_one_of_the_kit_s():
    import kit

    units = [kit.background, kit.actors, kit.measures, kit.scenarios, kit.negotiation]
    assert [name for name in courses.NEEDS if not any(hasattr(unit, name) for unit in units)] == []
