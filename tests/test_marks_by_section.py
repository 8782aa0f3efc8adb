"""Marks by section: the table, and the explorer driven from Python."""

import pytest

from kit.case import bundled_cases, load_case
from kit.screen.marks_by_section import LEAD, MarksBySection, marks_by_section


@pytest.fixture(scope="module", params=bundled_cases())
def case(request):
    return load_case(request.param)


def fullest(table):
    return table.loc[table["sentences"].idxmax()]


def test_every_section_and_kind_has_a_row_in_reading_order(case):
    article = case.articles[0]
    table = marks_by_section(case, article.id)
    sections = list(dict.fromkeys(sentence.section or LEAD for sentence in article.sentences))
    assert list(dict.fromkeys(table["name"])) == sections
    assert len(table) == len(sections) * len(case.codebook.kinds)
    assert table["key"].is_unique


def test_the_counts_are_sentences_that_bear_a_mark_of_the_kind(case):
    article = case.articles[0].id
    marks = case.marks[case.marks["article"] == article]
    expected = len(marks[["sentence", "kind"]].drop_duplicates())
    assert marks_by_section(case, article)["sentences"].sum() == expected


def test_choosing_a_square_opens_exactly_its_sentences(case):
    explorer = MarksBySection(case)
    row = fullest(explorer.table)
    explorer.chart.selected = {"pick": [row.key]}
    assert explorer.selected == row.key
    assert len(explorer.evidence) == row.sentences
    assert set(explorer.evidence["section"]) == {row.section}
    assert explorer.panel.heading == f"{row.column} in “{row['name']}”"


def test_the_lists_do_what_a_click_does_and_the_chart_follows(case):
    explorer = MarksBySection(case)
    row = fullest(explorer.table)
    explorer.row.value, explorer.column.value = str(row.order), row.kind
    assert explorer.chart.selected == {"pick": [row.key]}
    assert len(explorer.evidence) == row.sentences


def test_another_article_brings_its_own_sections_and_nothing_chosen(case):
    explorer = MarksBySection(case)
    explorer.choose(fullest(explorer.table).key)
    explorer.article.value = case.articles[-1].id
    assert explorer.selected is None
    assert explorer.evidence.empty
    assert set(explorer.table["name"]) == {item.section or LEAD for item in case.articles[-1].sentences}
    assert explorer.chart.rows.equals(explorer.table)
    assert case.article_names[case.articles[-1].id] in explorer.chart.alt


def test_a_section_without_a_kind_opens_all_its_sentences_marked_or_not(case):
    explorer = MarksBySection(case)
    article = case.articles[0]
    place = explorer.table.groupby("order")["sentences"].sum().idxmin()
    explorer.row.value = str(place)
    title = explorer.row.label if explorer.row.label != LEAD else ""
    assert len(explorer.evidence) == sum(each.section == title for each in article.sentences)


def test_it_may_begin_with_any_article(case):
    last = case.articles[-1].id
    assert MarksBySection(case, article=last).article.value == last
