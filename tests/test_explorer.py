import ipywidgets
import pandas as pd
import pytest
from test_evidence import tiny_case

from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import PREVIEW, Chart
from kit.screen.controls import dropdown, toggles
from kit.screen.explorer import Explorer, key_of, parts_of

ROWS = [{"key": "a"}, {"key": "b"}, {"key": "b|one"}]
SPEC = {
    "mark": "bar",
    "data": {"name": "rows"},
    "params": [{"name": "pick", "select": {"type": "point", "fields": ["key"]}}],
}


class LetterMap(Explorer):
    """A chart, a list, and two dropdowns that choose the same letters; each answer is counted."""

    def __init__(self, case):
        self.chart = Chart(SPEC, ROWS, alt="Two bars.", watch=["pick"])
        self.list = Cards("Letters", options=[("A", "a"), ("B", "b")])
        self.letter = dropdown("Letter", [("–", ""), ("A", "a"), ("B", "b")])
        self.article = dropdown("Article", [("all", ""), ("one", "one")])
        self.shown = []
        super().__init__(case, controls=[self.letter, self.article], picture=[self.chart], lists=[self.list])
        self.link(self.chart, self.list)
        self.link_parts(self.letter, self.article)

    def show(self, key):
        self.shown.append(key)
        self.say(html.tag("h3", f"<{key}>"))
        self.tell(self.case.sentences.iloc[[1]], "Offers")


@pytest.fixture
def letters():
    return LetterMap(tiny_case())


def state(explorer):
    return explorer.chart.selected["pick"], explorer.list.value, explorer.letter.value, explorer.article.value


def test_a_mark_chosen_in_a_chart_shows_in_every_list_and_is_answered_once(letters):
    letters.chart.selected = {"pick": ["b"]}

    assert letters.selected == "b"
    assert state(letters) == (["b"], "b", "b", "")
    assert letters.shown == ["b"]
    assert letters.card.value == "<h3>&lt;b&gt;</h3>"
    assert letters.evidence["text"].tolist() == ["A <b>truce</b> was offered."]
    assert letters.panel.heading == "Offers"


def test_two_lists_choose_together_what_one_cell_of_the_chart_stands_for(letters):
    letters.letter.value = "b"
    letters.article.value = "one"

    assert letters.selected == "b|one"
    assert state(letters) == (["b|one"], None, "b", "one")
    assert letters.shown == ["b", "b|one"]


def test_what_python_chooses_shows_everywhere(letters):
    letters.choose("a")
    letters.selected = "b"

    assert state(letters) == (["b"], "b", "b", "")
    assert letters.shown == ["a", "b"]


def test_a_click_beside_all_marks_chooses_nothing_and_invites(letters):
    letters.choose("a")
    letters.chart.selected = {"pick": []}

    assert letters.selected is None
    assert state(letters) == ([], None, "", "")
    assert letters.card.value == ""
    assert letters.evidence.empty
    assert LetterMap.invitation in letters.panel.text.value


def test_an_answer_may_fill_a_linked_list_anew_without_choosing_by_it():
    class Refilling(LetterMap):
        def show(self, key):
            super().show(key)
            self.letter.options = [("B", "b"), ("A", "a")]

    explorer = Refilling(tiny_case())
    explorer.choose("a")

    assert (explorer.selected, explorer.shown) == ("a", ["a"])


def test_an_answer_is_drawn_again_when_what_it_depends_on_has_changed(letters):
    letters.choose("a")
    letters.show_again()

    assert letters.shown == ["a", "a"]


def test_another_watched_part_of_a_chart_chooses_nothing(letters):
    letters.choose("a")
    letters.chart.selected = {"pick": ["a"], "brush": {"x": [1, 2]}}

    assert letters.shown == ["a"]
    letters.choose("b")
    assert letters.chart.selected == {"pick": ["b"], "brush": {"x": [1, 2]}}


def test_buttons_of_which_one_is_down_can_choose():
    explorer = Explorer(tiny_case())
    which = toggles("Side", [("Left", "l"), ("Right", "r")])
    explorer.link(which)
    which.value = "r"

    assert explorer.selected == "r"
    explorer.choose(None)
    assert which.value is None


@pytest.mark.parametrize(
    ("parts", "key"), [(("a", "one"), "a|one"), (("a", ""), "a"), (("", "one"), "|one"), (("", None), None)]
)
def test_a_key_is_its_parts_and_comes_apart_again(parts, key):
    assert key_of(*parts) == key
    assert parts_of(key, 2) == [part or "" for part in parts]


def test_picture_and_answer_stand_in_one_stage_with_the_controls_above_and_the_rest_below():
    parts = [ipywidgets.Label(text) for text in ("set", "see", "list", "make")]
    explorer = Explorer(
        tiny_case(), controls=parts[:1], picture=parts[1:2], lists=parts[2:3], after=parts[3:], lists_title="In words"
    )
    controls, stage, after, _ = explorer.children
    picture, answer = stage.children

    assert controls.children == (parts[0],)
    assert picture.children[0] is parts[1]
    assert picture.children[1].titles == ("In words",)
    assert picture.children[1].selected_index is None
    assert answer.children == (explorer.card, explorer.panel)
    assert after is parts[3]


def test_what_is_not_running_shows_its_chart_and_else_how_to_begin(letters):
    class RipenessBoard(Explorer):
        pass

    assert letters._repr_mimebundle_()[0][PREVIEW]["description"] == "Two bars."
    data, _ = RipenessBoard(tiny_case())._repr_mimebundle_()
    assert "Run this cell to open the ripeness board." in data["text/html"]
    assert data["text/plain"] == "Run this cell to open the ripeness board."
    assert "application/vnd.jupyter.widget-view+json" in data


def test_rows_without_keys_have_nothing_to_show_as_chosen():
    plain = Chart({"mark": "bar", "data": {"name": "rows"}}, pd.DataFrame({"n": [1]}), alt="One bar.", watch=["pick"])
    explorer = Explorer(tiny_case(), picture=[plain])
    explorer.link(plain)
    explorer.choose("a")

    assert not plain.selected["pick"]
