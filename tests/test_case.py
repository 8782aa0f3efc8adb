"""A case pack: small ones made here, and the bundled ones."""

import datetime
import shutil

import pytest

from kit.case import BUNDLED, EVIDENCE, Case, CaseWarning, bundled_cases, load_case, parse_date
from kit.checking.whole_case import check_case
from kit.errors import CaseError

FILES = {
    "case.yaml": """\
title: The river
summary: Two states and a river.
as_of: 2020-05-01
content_note: None.
licence: CC BY 4.0
issues:
  - {id: water, label: Water}
""",
    "codebook.yaml": """\
title: River
kinds:
  actor:
    label: Actors
    definition: Who acts.
    codes:
      upland: {label: Upland, definition: The upper state., phrases: [Upland]}
      lowland: {label: Lowland, definition: The lower state., phrases: [Lowland]}
  obstacle:
    label: Obstacles
    definition: What stands in the way.
    codes:
      mistrust: {label: Mistrust, definition: Distrust., phrases: [trust, distrust*]}
""",
    "articles/one.md": """\
---
title: Talks at the river
---
Upland distrusts Lowland 🌊.

## The dam

Lowland wants water. Nobody trusts anybody. Upland says no.
""",
    "articles/two.md": "---\ntitle: A second text\n---\nUpland and Lowland met in May.\n",
    "events.csv": """\
date,end,title,text,kind,certainty,source_title,source_date,codes,mentions
2019-06,,Later,x,law,reported,Gazette,2019,actor:upland,two: met in May || one: Lowland wants water
2014,2015-02-03,Earlier,x,war,established,Gazette,2014,,
""",
    "relations.csv": "source,target,relation,article,quote\nupland,lowland,presses,one,Upland says no\n",
    "positions.csv": """\
actor,issue,stance,position,article,quote,source_title,source_date
lowland,water,demands,More water.,one,Lowland wants water,,
upland,water,rejects,No more water.,,,Declaration of the Upland council,2019
""",
    "figures.csv": """\
id,claim,value,unit,article,quote,hedged,agrees_with,contradicts
a,They met,1,meeting,two,met in May,no,,b
b,They did not,0,meeting,one,Upland says no,yes,,a
""",
    "measures.yaml": """\
measures:
  hotline:
    title: Hotline
    code: obstacle:mistrust
    type: communication-and-coordination
    what: A telephone.
    cost: {upland: 1, lowland: 2}
    trust: 2
    verification: {need: low, how: One hears it ring.}
    reversibility: {ease: easy, how: One hangs up.}
    incident_risk: 0.1
    months: 1
    evidence: [{article: one, quote: says no}]
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "river" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "river"


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_case_opens_from_its_folder_and_says_what_it_is(folder):
    case = load_case(folder)
    assert (case.name, case.title, case.as_of) == ("river", "The river", datetime.date(2020, 5, 1))
    assert [article.id for article in case.articles] == ["one", "two"]
    assert case.actors == ["upland", "lowland"]


def test_a_case_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(CaseError, match="ukraine"):
        load_case("atlantis")


def test_evidence_is_the_sentences_that_bear_a_code_in_reading_order(folder):
    case = load_case(folder)
    table = case.evidence("actor:upland")
    assert list(table.columns) == EVIDENCE
    assert list(table["text"]) == ["Upland distrusts Lowland 🌊.", "Upland says no.", "Upland and Lowland met in May."]
    for row in table.itertuples():
        assert case.article(row.article).text[row.start : row.end] == row.quote == "Upland"
        assert case.article(row.article).text[row.sentence_start : row.sentence_end] == row.text


def test_every_sentence_is_its_own_evidence_quoted_whole(folder):
    table = load_case(folder).sentences
    assert list(table.columns) == EVIDENCE
    assert table["quote"].equals(table["text"])
    assert table["start"].equals(table["sentence_start"])


def test_a_sentence_that_bears_a_code_twice_is_quoted_at_its_first_mark(folder):
    change(folder, "articles/two.md", "met in May", "met; Upland spoke")
    (row,) = load_case(folder).evidence("actor:upland").tail(1).itertuples()
    assert (row.text, row.start - row.sentence_start) == ("Upland and Lowland met; Upland spoke.", 0)


def test_no_two_articles_go_by_one_name_though_one_is_called_as_another_s_file(folder):
    one, two = sorted(path.stem for path in (folder / "articles").iterdir())[:2]
    change(folder, f"articles/{one}.md", "title:", f"short: {two}\ntitle:")
    assert load_case(folder).article_names[one] == one


def test_articles_go_by_the_short_name_that_they_give_themselves(folder):
    change(folder, "articles/one.md", "title:", "short: River\ntitle:")
    change(folder, "articles/two.md", "A second text", "A second text, with a title of many words")
    assert load_case(folder).article_names == {"one": "River", "two": "A second text, with a…"}


def test_two_articles_of_one_name_go_by_their_ids(folder):
    change(folder, "articles/one.md", "Talks at the river", "A second text")
    assert load_case(folder).article_names == {"one": "one", "two": "two"}


def test_an_actor_goes_by_the_case_s_own_label_then_the_codebook_s_then_its_code(folder):
    change(folder, "case.yaml", "issues:", "actors: {lowland: {label: The Low Country}}\nissues:")
    with (folder / "positions.csv").open("a", encoding="utf-8") as file:
        file.write("sea-folk,water,seeks,Fish.,,,Gazette,2019\n")
    names = {"upland": "Upland", "lowland": "The Low Country", "sea-folk": "Sea folk"}
    assert load_case(folder).actor_names == names


def test_a_quote_is_found_whichever_quotation_marks_it_is_typed_with(folder):
    change(folder, "articles/two.md", "met in May.", "met in “May’s” heat.")
    case = load_case(folder)
    assert case.locate("two", 'in "May\'s" heat')["quote"] == "in “May’s” heat"


def test_evidence_for_an_unknown_code_says_how_codes_are_written(folder):
    with pytest.raises(CaseError, match="kind:code"):
        load_case(folder).evidence("upland")


def test_a_quote_is_found_with_its_section_and_exact_offsets(folder):
    case = load_case(folder)
    place = case.locate("one", "wants water")
    assert (place["section"], place["text"]) == ("The dam", "Lowland wants water.")
    assert case.article("one").text[place["start"] : place["end"]] == "wants water"


@pytest.mark.parametrize(("quote", "said"), [("Nobody knows", "nowhere"), ("Lowland", "2 times"), ("", "nowhere")])
def test_a_quote_that_does_not_stand_exactly_once_is_refused(folder, quote, said):
    with pytest.raises(CaseError, match=said):
        load_case(folder).locate("one", quote)


def test_events_are_in_order_with_the_days_that_their_dates_cover(folder):
    events = load_case(folder).events
    assert list(events["title"]) == ["Earlier", "Later"]
    assert [str(day.date()) for day in events["from"]] == ["2014-01-01", "2019-06-01"]
    assert [str(day.date()) for day in events["to"]] == ["2015-02-03", "2019-06-30"]
    assert list(events["precision"]) == ["year", "month"]
    assert events["key"].is_unique


def test_mentions_lead_from_an_event_to_the_sentences_that_speak_of_it(folder):
    case = load_case(folder)
    later = case.events.set_index("title").at["Later", "key"]
    assert list(case.mentions["event"]) == [later, later]
    assert list(case.mentions["text"]) == ["Upland and Lowland met in May.", "Lowland wants water."]


def test_tables_carry_the_place_of_their_quotes(folder):
    case = load_case(folder)
    (relation,) = case.relations.to_dict("records")
    assert (relation["section"], relation["text"]) == ("The dam", "Upland says no.")
    assert case.positions["sentence"].isna().tolist() == [False, True]
    assert case.figures["hedged"].tolist() == [False, True]
    assert case.figures["contradicts"].tolist() == [["b"], ["a"]]


@pytest.mark.filterwarnings("error")
def test_what_a_case_does_not_have_is_empty_with_its_columns(folder):
    (folder / "events.csv").unlink()
    case = load_case(folder)
    assert case.events.empty
    assert {"key", "from", "to", "title"} <= set(case.events.columns)
    assert case.mentions.empty
    assert (case.scenarios["scenarios"], case.scenarios["cross_impact"]["judgements"]) == ({}, [])
    assert case.quiz("01") == []


def test_a_row_that_does_not_fit_is_left_out_and_said_to_be_with_its_line(folder):
    change(folder, "events.csv", "2019-06,", "June 2019,")
    with pytest.warns(CaseWarning, match=r"left out: events\.csv, line 2: 'date' is 'June 2019'"):
        assert list(load_case(folder).events["title"]) == ["Earlier"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2014", ("2014-01-01", "2014-12-31", "year")),
        ("2015-12", ("2015-12-01", "2015-12-31", "month")),
        ("2016-02", ("2016-02-01", "2016-02-29", "month")),
        ("2014-03-21", ("2014-03-21", "2014-03-21", "day")),
    ],
)
def test_a_date_covers_the_days_that_it_names(text, days):
    first, last, precision = parse_date(text)
    assert (str(first), str(last), precision) == days


def test_a_mention_without_its_article_is_told(folder):
    change(folder, "events.csv", "two: met in May", "just a quote")
    (problem,) = check_case(folder)
    assert str(problem).startswith("events.csv, line 2: 'just a quote' does not name its article before a colon")


def test_a_sound_case_has_no_problems(folder):
    assert check_case(folder) == []


def test_all_that_is_wrong_is_listed_at_once_with_file_and_line(folder):
    change(folder, "events.csv", "2014,2015-02-03", "2014,1999")
    change(folder, "events.csv", "actor:upland", "actor:atlantis")
    change(folder, "relations.csv", "presses", "loves")
    change(folder, "positions.csv", "Lowland wants water", "Lowland wants wine")
    change(folder, "figures.csv", "no,,b", "no,,zz")
    change(folder, "measures.yaml", "says no", "says perhaps")
    change(folder, "case.yaml", "licence: CC BY 4.0\n", "")
    said = {(problem.file, problem.line): str(problem) for problem in check_case(folder)}
    assert "lies before" in said["events.csv", 3]
    assert "actor:atlantis" in said["events.csv", 2]
    assert "loves" in said["relations.csv", 2]
    assert "nowhere" in said["positions.csv", 2]
    assert "zz" in said["figures.csv", 2]
    assert "nowhere" in said["measures.yaml", 13]
    assert "licence" in said["case.yaml", 1]
    assert len(said) == 7


def test_an_article_with_html_and_a_link_out_of_the_folder_does_not_leave_it(folder, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("measures: {}\n", encoding="utf-8")
    (folder / "measures.yaml").unlink()
    (folder / "measures.yaml").symlink_to(secret)
    (problem,) = check_case(folder)
    assert "outside" in problem.what


def test_an_article_that_cannot_be_read_is_named_and_not_its_quotes(folder):
    change(folder, "articles/one.md", "title: ", "title: Talks: ")
    (problem,) = check_case(folder)
    assert (problem.file, problem.line) == ("articles/one.md", 2)
    assert problem.remedy.startswith("Put the title in quotation marks")


def test_a_codebook_that_is_broken_does_not_hide_what_else_is_wrong(folder):
    change(folder, "codebook.yaml", "label: Upland, ", "")
    change(folder, "relations.csv", "presses", "loves")
    files = {problem.file for problem in check_case(folder)}
    assert files == {"codebook.yaml", "relations.csv"}


@pytest.mark.parametrize("name", bundled_cases())
def test_the_bundled_cases_have_nothing_wrong_with_them(name):
    assert [str(problem) for problem in check_case(BUNDLED / name)] == []


def test_a_case_can_lie_anywhere(folder, tmp_path):
    elsewhere = tmp_path / "deep" / "er"
    shutil.copytree(folder, elsewhere)
    assert Case(elsewhere).marks.equals(Case(folder).marks)


def test_what_is_no_name_is_refused_with_a_remedy():
    with pytest.raises(CaseError, match=r"load_case: NoneType was given\. Give a case's name"):
        load_case(None)
