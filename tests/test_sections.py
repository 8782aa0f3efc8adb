"""Marks by section: the table, its sentence, and the explorer driven from Python."""

import pytest

from kit.case import bundled_cases, load_case
from kit.screen.sections import LEAD, MarksBySection, described, marks_by_section


@pytest.fixture(scope="module", params=bundled_cases())
def case(request):
    return load_case(request.param)


def test_every_section_and_kind_has_a_row_in_reading_order(case):
    article = case.articles[0]
    table = marks_by_section(case, article.id)
    sections = list(dict.fromkeys(sentence.section or LEAD for sentence in article.sentences))
    assert list(dict.fromkeys(table["section"])) == sections
    assert len(table) == len(sections) * len(case.codebook.kinds)
    assert table["key"].is_unique


def test_the_counts_are_sentences_that_bear_a_mark_of_the_kind(case):
    article = case.articles[0].id
    marks = case.marks[case.marks["article"] == article]
    expected = len(marks[["sentence", "kind"]].drop_duplicates())
    assert marks_by_section(case, article)["sentences"].sum() == expected


def test_the_sentence_below_the_picture_names_the_fullest_square(case):
    article = case.articles[0]
    table = marks_by_section(case, article.id)
    most = table.loc[table["sentences"].idxmax()]
    said = described(table, article.title)
    assert most.section in said
    assert str(most.sentences) in said


def test_an_article_without_marks_is_said_to_have_none(case):
    table = marks_by_section(case, case.articles[0].id).assign(sentences=0)
    assert "there is none" in described(table, "x")


def test_choosing_a_square_opens_exactly_its_sentences(case):
    explorer = MarksBySection(case)
    row = explorer.table.loc[explorer.table["sentences"].idxmax()]
    explorer.chart.selected = {"pick": [row.key]}
    assert explorer.selected["kind"] == row.kind
    assert len(explorer.evidence) == row.sentences
    assert set(explorer.evidence["section"]) == {"" if row.section == LEAD else row.section}


def test_the_list_boxes_do_what_a_click_does_and_the_chart_follows(case):
    explorer = MarksBySection(case)
    row = explorer.table.loc[explorer.table["sentences"].idxmax()]
    explorer.section.value = row.place
    explorer.kind.value = row.kind
    assert explorer.chart.selected == {"pick": [row.key]}
    assert len(explorer.evidence) == row.sentences


def test_another_article_brings_its_own_sections_and_nothing_chosen(case):
    explorer = MarksBySection(case)
    explorer.kind.value = case.codebook.kinds[0].name
    explorer.article.value = case.articles[-1].id
    assert explorer.selected is None
    assert set(explorer.table["section"]) == {item.section or LEAD for item in case.articles[-1].sentences}
    assert explorer.chart.rows.equals(explorer.table)


def test_a_section_without_a_kind_opens_all_its_sentences_marked_or_not(case):
    explorer = MarksBySection(case)
    assert explorer.section.label == "– choose a section –"
    article = case.articles[0]
    row = explorer.table.groupby("place", as_index=False)["sentences"].sum().nsmallest(1, "sentences").iloc[0]
    explorer.section.value = int(row.place)
    title = explorer.section.label if explorer.section.label != LEAD else ""
    assert len(explorer.evidence) == sum(each.section == title for each in article.sentences)


def test_it_may_begin_with_any_article(case):
    last = case.articles[-1].id
    assert MarksBySection(case, article=last).article.value == last
