"""What kind of texts a case is made of."""

import pytest

from kit.case import bundled_cases, load_case
from kit.screen.about_texts import AboutTexts, about_texts


@pytest.mark.parametrize("name", bundled_cases())
def test_every_article_says_what_kind_of_text_it_is_where_it_stands_and_what_it_leaves_out(name):
    table = about_texts(load_case(name))
    assert list(table["article"]) == [article.id for article in load_case(name).articles]
    for column in ("kind", "dated", "viewpoint", "leaves_out"):
        assert (table[column] != "").all(), column


def test_the_titles_and_the_lists_of_what_is_left_out_reach_the_screen():
    shown = AboutTexts(load_case("ukraine"))
    for row in shown.table.to_dict("records"):
        assert row["leaves_out"].partition(";")[0] in shown.value.replace("&#x27;", "'").replace("&amp;", "&")
    assert "Surge: </strong>" in shown.value
    assert repr(shown) == "AboutTexts(case='ukraine')"


class Hostile:
    id, title, sentences, meta = "x", "<img src=x onerror=alert(1)>", [], {"kind": "<script>bad()</script>"}


def test_markup_in_front_matter_is_shown_as_text():
    class Case:
        name, articles = "x", [Hostile()]

    assert "<img" not in AboutTexts(Case()).value
    assert "<script" not in AboutTexts(Case()).value
