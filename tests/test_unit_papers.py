"""Papers for a class without screens: what stands on them is the case's own, and the answers go with them."""

import re
from html import unescape

import pytest

from kit.authoring import unit_papers as papers
from kit.authoring.new_case import new_case
from kit.authoring.paper import say_days
from kit.case import load_case
from kit.measures.tables import book_of
from kit.obstacles.tables import card_of

CASE = load_case("ukraine")


PAGES = {each.name: each.page for each in papers.unit_papers(CASE)}


def plain(name):
    return unescape(re.sub(r"<[^>]+>", "", PAGES[name]))


def test_a_marked_article_has_its_marks_in_bold_and_their_codes_beside_them():
    page = PAGES["marked-page"]
    assert "Pressure" in page  # the article whose lines before the first heading the lesson asks about
    assert "For <b>Zelensky</b> the issue of who controls which <b>territory</b> is a painful one" in page
    assert "actor: Ukraine; obstacle: Territory; actor: Publics" in page


def test_the_answers_say_how_readers_coded_the_ten_sentences_and_where_the_kit_puts_an_actor():
    codes = papers.readers_codes(CASE)
    assert len(codes) == 10
    assert codes[0] == ["Human cost", "Military stalemate", "Diplomatic momentum"]
    assert all("; ".join(each) in plain("instructors-answers") for each in codes)
    assert "Russia 9, 10" in plain("instructors-answers")


def test_an_obstacle_has_the_name_of_its_card_on_the_worksheet_and_says_what_it_is():
    assert "Justice and reparation" in plain("worksheet-03")
    assert "Who is a nation? Whose language and whose church may live where?" in plain("worksheet-03")


def test_half_of_the_events_to_guess_about_are_mentioned_and_the_answers_name_those():
    events = papers.chosen_events(CASE)
    told = [each["title"] for each in events if each["articles"]]
    assert (len(events), len(told)) == (20, 10)
    answers = plain("instructors-answers")
    assert all(title in answers for title in told)
    assert not any(each["title"] in answers for each in events if not each["articles"])


def test_claims_that_do_not_fit_stand_in_pairs_with_their_articles():
    first, second = papers.contradictions(CASE)[0]
    page = plain("worksheet-01")
    assert f"“{first['quote']}” (Pressure)" in page
    assert f"“{second['quote']}” (Challenges)" in page


def test_positions_are_those_of_both_parties_on_the_issues_that_they_say_most_about():
    assert [title for _, title in papers.two_issues(CASE)] == ["Territory", "Security guarantees"]
    page = plain("worksheet-02")
    assert "Every region within the internationally recognised borders is Ukraine's" in page


def test_who_speaks_has_sentences_of_one_who_never_speaks_and_of_some_who_do():
    speakers = [each["speaker"] for each in papers.spoken_sentences(CASE)]
    assert speakers.count("nobody") == 4
    assert {"Ukraine", "Russia"} <= set(speakers)


def test_the_sums_of_three_factors_use_the_judgements_of_the_case():
    talks = next(each for each in papers.matrix_of(CASE) if each["title"] == "The talks")
    assert dict(talks["rows"])["Ceasefire: Partial, by place, target or time"] == ["-1", "+3", "-2"]


def test_past_questions_are_practised_on_paper_and_the_answers_say_how_they_came_out():
    questions = [each["question"] for each in papers.practice_of(CASE)]
    assert len(questions) == 10
    assert all(each in plain("worksheet-05") for each in questions)
    assert f"{questions[0]} no. It took two more years" in plain("instructors-answers")


def test_the_cards_name_both_sides_positions_and_the_reasons_for_the_costs():
    obstacles, measures = plain("obstacle-cards"), plain("measure-cards")
    told = card_of(CASE, "obstacle:territory").positions[:2]
    assert [name for name, _ in told] == ["Ukraine", "Russia"]
    assert all(words in obstacles for _, words in told)
    assert all(note in measures for each in book_of(CASE).measures.values() for note in each.cost_note.values())


def test_the_reference_plans_say_what_each_quarter_costs_each_side():
    assert "Ukraine 25 of 8; Russia 34 of 9" in plain("reference-plans")


@pytest.fixture(params=["skeleton", "northern-ireland"])
def another(request, tmp_path):
    if request.param != "skeleton":
        return load_case(request.param)
    new_case(tmp_path / "mine")
    return load_case(tmp_path / "mine")


def test_every_paper_can_be_made_of_another_case(another):
    assert not any("Ukrain" in each.page for each in papers.unit_papers(another))


def test_days_and_months_are_written_as_they_are_read():
    assert say_days("2025-06-01 to 2025-07") == "1 June 2025 to July 2025"
    assert not re.search(r"\b\d{4}-\d{2}\b", plain("worksheet-01"))
