"""What an article is when it has been read: title, sections, sentences, and what was left out."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.articles import Article, ArticleWarning, iter_articles, read_article
from kit.errors import ArticleError, KitError
from kit.reading.article_files import name_of
from kit.reading.sentences import split_line

RAW = Path(__file__).parent / "raw"


def load(name: str) -> Article:
    return kit.load_articles(RAW / name)[0]


def titles(article: Article) -> list[str]:
    return [section.title for section in article.sections]


def sentences(line: str) -> list[str]:
    return [line[start:end] for start, end in split_line(line)]


def save(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


# Title and headings


def test_a_title_that_stands_three_times_is_kept_once():
    article = load("weblog.txt")
    assert article.title == "Valley Truce Talks Begin"
    assert [line for line in article.text.split("\n") if line == article.title] == [article.title]
    assert article.dropped.count(("Valley Truce Talks Begin", "the title again")) == 2


def test_a_title_phrase_glued_to_a_heading_or_a_sentence_is_cut_and_recorded():
    article = load("weblog.txt")
    assert {"Old Grievances", "The Road From Here"} <= set(titles(article))
    assert "Neither army can hold the ridge for long." in article.text
    assert sum(reason.startswith("title phrase glued on") for _, reason in article.dropped) == 3


def test_a_sentence_that_speaks_of_the_title_keeps_it():
    assert "The hosts speak of the Valley Truce Talks Begin meeting as a first step." in load("weblog.txt").text
    assert "Today we look at River pact near: two banks, one bridge" in load("ratings.txt").text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<h1>Peace of Lakeport</h1><p>{}</p>", "html"),
        ("# Peace of Lakeport\n\n{}\n", "markdown"),
        ("שיחות שלום בנמל\n\nהם נפגשו ביום שני לסבב של שיחות שלום בנמל. אחר כך הם הלכו הביתה.\n", "text"),
    ],
)
def test_a_sentence_that_ends_with_the_titles_words_is_left_whole(text: str, form: str):
    said = "In spring all of the eleven states signed Peace of Lakeport. It held for eighty years."
    article = read_article(text.format(said), form=form)
    assert len(article.sentences) == 3
    assert not article.dropped


def test_a_single_heading_that_ends_like_the_title_is_left_alone():
    text = "Lake Peace Talks\nThe lake states meet.\nNeighbours Watch Lake Peace Talks\nThey wait for news.\n"
    assert titles(read_article(text)) == ["Neighbours Watch Lake Peace Talks"]


@pytest.mark.parametrize("name", ["fragment.txt", "answers.txt"])
def test_a_heading_or_a_paragraph_is_not_taken_for_a_title(name: str):
    assert load(name).title is None


def test_a_headline_above_a_by_line_is_the_title():
    assert load("agency.txt").title == "Border posts reopen after nine weeks"


def test_numbers_belong_to_their_headings():
    article = load("ratings.txt")
    assert "1. A Shared Ferry" in [sentence.text for sentence in article.sentences]
    assert "2. A Toll Holiday" in titles(article)


def test_questions_of_a_faq_are_headings():
    article = load("answers.txt")
    assert "Who takes part in the talks?" in titles(article)
    assert "Will it be enough?" not in titles(article)


def test_a_sentence_knows_the_heading_above_it_and_before_the_first_there_is_none():
    article = load("ratings.txt")
    where = {sentence.text: sentence.section for sentence in article.sentences}
    assert where["For months nobody crossed the river."] == ""
    assert where["Both crews would serve one boat."] == "1. A Shared Ferry"
    assert where["Ways Out"] == "Ways Out"


def test_list_items_are_no_headings():
    assert titles(load("agency.txt")) == ["What happens next", "Who pays"]


def test_sections_begin_with_their_headings_and_do_not_overlap():
    article = load("ratings.txt")
    for section, following in zip(article.sections, article.sections[1:], strict=False):
        assert article.text[section.start :].startswith(section.title)
        assert section.start < section.end < following.start


# Tables


def test_each_cell_of_a_table_is_a_sentence_and_a_table_without_heading_is_a_section():
    article = load("answers.txt")
    cells = [sentence.text for sentence in article.sentences if sentence.section == "Key Points"]
    assert cells == [
        "Key Points", "Details", "Agenda", "Five items, agreed in March.", "Seats",
        "The sides now sit at a round table.", "Next date", "Not fixed",
    ]  # fmt: skip


def test_a_table_under_a_heading_is_part_of_that_section():
    article = load("minutes.md")
    assert [sentence.text for sentence in article.sentences if sentence.section == "The ledger"][:3] == [
        "The ledger",
        "Day",
        "Buckets",
    ]


# Junk


def test_no_line_of_the_article_is_lost_and_no_junk_is_kept():
    article = load("agency.txt")
    assert article.text.split("\n") == [
        "Border posts reopen after nine weeks",
        "LAKETOWN – Guards lifted the barriers at two border posts on Sunday, and the first lorries crossed before noon.",
        "“We waited long enough!” the driver Kemal said. He had slept in his cab for six nights.",
        "Officials on both sides spoke of a test. If it fails, the posts close again.",
        "What happens next",
        "A joint commission meets on Friday. It has a list of twelve further posts.",
        "Who pays",
        "• The northern state pays for the lamps",
        "• The southern state pays for the guards",
        "Neither pays for the road.",
    ]


def test_every_dropped_line_has_a_reason():
    reasons = dict(load("ratings.txt").dropped)
    assert reasons["How useful was this post?"] == "rating widget"
    assert reasons["Administrator"] == "author box"
    assert reasons["By Nora Example"] == "by-line"
    assert dict(load("fragment.txt").dropped) == {"from web site": "where the page was taken from"}
    assert dict(load("weblog.txt").dropped)["Harbour Fire Put Out"] == "related links"


def test_related_links_end_where_the_article_goes_on():
    text = "The lamp was lit.\nRelated Article:\nHarbour Fire Put Out\nThe Second Lamp\nIt burned for a week, and then for another.\n"
    article = read_article(text)
    assert article.text.split("\n") == [
        "The lamp was lit.",
        "The Second Lamp",
        "It burned for a week, and then for another.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "No votes so far have changed the minister’s mind.",
        "Watch-keeping troops reported a quiet night.",
        "Posted at the front for two years, the unit came home.",
        "By using force, the terms of the old treaty were broken.",
        "Image by image, the satellites showed the damage.",
        "About the author of the plan little is known.",
        "«Мы готовы к переговорам»",
        "Share the burden, share the bread.",
        "Register and vote, the envoy told them.",
        "Read more slowly, said the judge.",
    ],
)
def test_a_sentence_that_only_begins_like_junk_stays(line: str):
    article = read_article(f"The first line stands here.\n{line}\nThe last line stands here.\n")
    assert line in article.text
    assert article.dropped == []


def test_a_web_page_gives_up_its_article_alone():
    article = load("page.html")
    assert article.title == "The ferry that waits"
    assert article.text.split("\n") == [
        "The ferry that waits",
        "The ferry has waited since May 2025. It’s full of salt & seed.",
        "Two harbours",
        "The north harbour asks for fees.",
        "The south harbour asks for quiet.",
        "Fees: ten coins",
        "Quiet: after nine",
        "What it costs",
        "Item",
        "Coins",
        "Berth",
        "4. More in winter.",
        "Nobody has paid yet.",
    ]
    assert "script says" not in repr(article.dropped)
    assert ("The ferry in the reeds, last summer.", "a picture and its caption") in article.dropped
    assert ("News", "navigation") in article.dropped


def test_a_page_whose_only_element_is_named_like_junk_is_read_all_the_same():
    page = "<html><body><div class='widget'><h1>The mill race</h1><p>The mill turns. It has turned for years.</p></div></body></html>"
    assert read_article(page, form="html").text == "The mill race\nThe mill turns. It has turned for years."


def test_a_web_page_saved_as_text_is_known_for_what_it_is(tmp_path: Path):
    path = save(tmp_path, "page.txt", "<!doctype html><html><body><h1>A mill</h1><p>It turns.</p></body></html>")
    article = kit.load_articles(path)[0]
    assert article.text == "A mill\nIt turns."
    assert "web page" in article.meta["format"]


# Formats


def test_markdown_gives_front_matter_headings_and_plain_sentences():
    article = load("minutes.md")
    assert article.title == article.meta["title"] == "Minutes: the well dispute"
    assert article.meta["kind of text"] == "minutes"
    assert titles(article) == ["Who drinks first?", "The ledger"]
    assert "Nobody raised a voice, and the chair kept time." in [sentence.text for sentence in article.sentences]
    assert "It will be kept by both hamlets." in article.text


def test_a_paragraph_broken_at_a_fixed_width_is_one_line_again():
    article = load("wrapped.txt")
    assert len(article.text.split("\n")) == 3
    assert "so the carts now take the long way round" in article.text


@pytest.mark.parametrize(
    ("front_matter", "line"),
    [
        ("title: [never closed\n", "line 3"),
        ("title: 'open\n", "line 2"),
        ("- a list\n- no mapping\n", "line 2"),
        ("a: &x [1]\nb: *x\n", "line 3"),
    ],
)
def test_broken_front_matter_is_named_with_its_line(tmp_path: Path, front_matter: str, line: str):
    path = save(tmp_path, "broken.md", f"---\n{front_matter}---\n\nThe text.\n")
    with pytest.raises(ArticleError, match="front matter") as caught:
        kit.load_articles(path)
    assert line in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text", ["\n\n---\ntitle: A mill\n---\nIt turns.", "---\n\n# a note\ntitle: A mill\n---\nIt turns."]
)
def test_front_matter_may_have_blank_lines_about_it(tmp_path: Path, text: str):
    (article,) = kit.load_articles(save(tmp_path, "a.md", text))
    assert (article.title, article.text) == ("A mill", "A mill\nIt turns.")


def test_an_article_between_two_rules_is_no_front_matter(tmp_path: Path):
    (article,) = kit.load_articles(save(tmp_path, "a.md", "---\n\nThe mill turns.\n\n---\n\nIt stops.\n"))
    assert article.text == "The mill turns.\nIt stops."


def test_front_matter_that_never_ends_is_named(tmp_path: Path):
    with pytest.raises(ArticleError, match="never ends"):
        kit.load_articles(save(tmp_path, "open.md", "---\ntitle: A mill\n\nThe mill turns.\n"))


def test_a_rule_at_the_head_of_a_text_is_no_front_matter():
    assert read_article("---\n\nThe mill turns.\n", form="markdown").text == "The mill turns."


# Sentences


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It went on for years.Its end is near.", ["It went on for years.", "Its end is near."]),
        ("1. Limited Pause", ["1. Limited Pause"]),
        ("The U.S. Army left. He came from the U.S. The talks began.", ["The U.S. Army left.", "He came from the U.S.", "The talks began."]),
        ("It began in the 21st century. It goes on.", ["It began in the 21st century.", "It goes on."]),
        ("Dr. Lund met Gen. Moss on Feb. 3. Both smiled.", ["Dr. Lund met Gen. Moss on Feb. 3.", "Both smiled."]),
        ("“We wait!” Kemal said. “Why?” She left.", ["“We wait!” Kemal said.", "“Why?”", "She left."]),
        ("Prices rose 3.5 per cent, e.g. for bread. Wages did not.", ["Prices rose 3.5 per cent, e.g. for bread.", "Wages did not."]),
        ("See www.example.org/News.Page for more. Or do not.", ["See www.example.org/News.Page for more.", "Or do not."]),
        ("Wait... what? No. 5 is next. No. They left.", ["Wait... what?", "No. 5 is next.", "No.", "They left."]),
        ("我们走。他来了！好", ["我们走。", "他来了！", "好"]),
        ("   ", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(line: str, expected: list[str]):
    assert sentences(line) == expected


# Files and folders


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("Łódź – café".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Łódź – café".encode(), "byte order mark"),
        ("Łódź – café".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings_that_show_themselves_are_recognised(tmp_path: Path, data: bytes, note: str):
    article = kit.load_articles(save(tmp_path, "a.txt", data))[0]
    assert article.text == "Łódź – café"
    assert note in article.meta["encoding"]


def test_an_unknown_encoding_is_read_as_windows_and_said_so(tmp_path: Path):
    article = kit.load_articles(save(tmp_path, "a.txt", "The café’s door".encode("cp1252")))[0]
    assert article.text == "The café’s door"
    assert "cp1252" in article.meta["encoding"]


@pytest.mark.parametrize(
    ("name", "called"),
    [("caf\udce9.txt", "caf\ufffd"), ("a\nb.md", "a\ufffdb"), ("ou\u0300.txt", "où"), ("a b.md", "a b")],
)
def test_an_article_s_name_is_text_whatever_its_file_is_called(name: str, called: str):
    assert name_of(Path(name)) == called


def test_front_matter_may_have_old_mac_line_ends(tmp_path: Path):
    (article,) = kit.load_articles(save(tmp_path, "a.md", "---\rtitle: A mill\r---\r\rIt turns.\rIt stops.\r"))
    assert (article.title, article.text) == ("A mill", "A mill\nIt turns. It stops.")


def test_a_named_encoding_is_used_and_a_wrong_one_refused(tmp_path: Path):
    path = save(tmp_path, "a.txt", "Переговоры идут.".encode("cp1251"))
    assert kit.load_articles(path, encoding="cp1251")[0].text == "Переговоры идут."
    for wrong in ("utf-8", "no-such-encoding"):
        with pytest.raises(ArticleError, match=r"encoding|utf-8"):
            kit.load_articles(path, encoding=wrong)


def test_windows_and_old_mac_line_ends_are_line_ends(tmp_path: Path):
    text = kit.load_articles(save(tmp_path, "a.txt", "One line.\r\nAnother line.\rA third.\n"))[0].text
    assert text == "One line.\nAnother line.\nA third."


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n\xc2\xa0\n", "empty"),
        ("binary.txt", b"MZ\x00\x01\x02 text", "not text"),
        ("report.txt", b"%PDF-1.7 ...", "PDF"),
        ("letter.md", b"PK\x03\x04rest", "Word"),
        ("picture.jpg", b"\xff\xd8\xff", "kind of file"),
        ("junk.txt", b"Leave a Reply\nYour email address will not be published.\n", "no article"),
        ("tags.html", b"<html><body><script>x()</script></body></html>", "no article"),
    ],
)
def test_a_file_that_is_no_article_is_named_with_a_remedy(tmp_path: Path, name: str, data: bytes, message: str):
    path = save(tmp_path, name, data)
    with pytest.raises(ArticleError, match=message) as caught:
        kit.load_articles(path)
    assert name in str(caught.value)
    assert caught.value.remedy


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(17 * 2**20)
    with pytest.raises(ArticleError, match="17 MB"):
        kit.load_articles(path)


def test_a_missing_file_is_named_with_the_likely_one(tmp_path: Path):
    save(tmp_path, "ferry.txt", "The ferry waits.")
    with pytest.raises(ArticleError, match=r"ferry\.txt"):
        kit.load_articles(tmp_path / "fery.txt")


@pytest.mark.parametrize("pattern", ["", "*.md"])
def test_a_folder_or_a_pattern_without_articles_is_said_so(tmp_path: Path, pattern: str):
    save(tmp_path, "notes.csv", "a,b")
    with pytest.raises(ArticleError, match="no article"):
        kit.load_articles(tmp_path / pattern)


def test_a_folder_is_read_in_order_with_its_folders_and_without_hidden_files(tmp_path: Path):
    (tmp_path / "more").mkdir()
    for name in ("b.txt", "a.md", ".hidden.txt", "more/a.txt", "notes.csv"):
        save(tmp_path, name, "The ferry waits.")
    assert [article.id for article in kit.load_articles(tmp_path)] == ["a", "b", "a-2"]
    assert [article.id for article in kit.load_articles(tmp_path / "*.txt")] == ["b"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    secret = save(tmp_path, "secret.txt", "Not yours.")
    (tmp_path / "case").mkdir()
    save(tmp_path, "case/a.txt", "The ferry waits.")
    (tmp_path / "case" / "b.txt").symlink_to(secret)
    assert [article.id for article in kit.load_articles(tmp_path / "case")] == ["a"]


def test_documents_beside_articles_are_named_and_what_else_lies_there_is_not(tmp_path: Path):
    save(tmp_path, "a.txt", "The mill turns.\n")
    for name in ("b.docx", "c\x1b[31m.pdf", "marks.csv", ".d.pdf"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.warns(ArticleWarning) as told:
        (article,) = kit.load_articles(tmp_path)
    assert article.id == "a"
    (said,) = [str(each.message) for each in told]
    assert said.startswith("Left out: b.docx, c")
    assert "marks" not in said
    assert "d.pdf" not in said
    assert "\x1b" not in said


def test_one_bad_file_among_many_does_not_cost_the_others(tmp_path: Path):
    save(tmp_path, "a.txt", "The ferry waits.")
    save(tmp_path, "b.txt", "")
    with pytest.warns(ArticleWarning, match=r"b\.txt"):
        assert [article.id for article in kit.load_articles(tmp_path)] == ["a"]


def test_a_folder_of_bad_files_alone_is_an_error_that_names_them(tmp_path: Path):
    save(tmp_path, "a.txt", "")
    save(tmp_path, "b.txt", b"\x00")
    with pytest.raises(ArticleError, match=r"a\.txt.*b\.txt"):
        kit.load_articles(tmp_path)


def test_articles_come_one_by_one(tmp_path: Path):
    save(tmp_path, "a.txt", "The ferry waits.")
    save(tmp_path, "b.txt", "")
    articles = iter_articles(tmp_path)
    assert next(articles).id == "a"


# Any text at all


def check_remedy(error: KitError) -> None:
    assert error.remedy


def check(article: Article) -> None:
    assert article.sentences
    last = 0
    for sentence in article.sentences:
        assert last <= sentence.start < sentence.end <= len(article.text)
        assert article.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert "\n" not in sentence.text
        last = sentence.end
    for section in article.sections:
        assert article.text[section.start : section.end].startswith(section.title)


FORMS = st.sampled_from(["text", "markdown", "html"])
ODD = "😀\u200f\u202eİßſ\u2028\u2029\x0b\x0c\x85\xa0\ud800\ufeff\u00ad|#-*>`<&;\"'.?!\r\n\t "
LINES = st.lists(
    st.text(st.sampled_from(ODD + "aAzZ1"))
    | st.text(max_size=40)
    | st.sampled_from(RAW.joinpath("agency.txt").read_text().split("\n"))
)


@given(text=LINES.map("\n".join), form=FORMS)
def test_any_text_gives_right_offsets_or_the_kits_own_error(text: str, form: str):
    try:
        article = read_article(text, form=form)
    except KitError as error:
        check_remedy(error)
    else:
        check(article)


@given(data=st.binary(max_size=200), suffix=st.sampled_from([".txt", ".md", ".html"]))
@settings(max_examples=60)
def test_any_file_gives_right_offsets_or_the_kits_own_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
):
    path = save(tmp_path_factory.getbasetemp(), f"any{suffix}", data)
    try:
        articles = kit.load_articles(path)
    except ArticleError as error:
        check_remedy(error)
    else:
        check(articles[0])


WORDS = st.lists(st.from_regex(r"[a-zé😀İ]{1,8}", fullmatch=True), min_size=3, max_size=12)


@given(st.lists(WORDS.map(lambda words: " ".join(words).capitalize() + "."), min_size=1, max_size=6))
def test_sentences_keep_their_wording(found: list[str]):
    assert read_article(" ".join(found)).text == " ".join(found)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<div>" * 20_000 + "The ferry waits." + "</div>" * 20_000, "html"),
        ("<p>" * 20_000 + "The ferry waits.", "html"),
        ("<b><i>" * 20_000 + "The ferry waits.", "html"),
        ("<!--" * 20_000 + "--><p>The ferry waits.", "html"),
        ("<" * 50_000 + "<p>The ferry waits.", "html"),
        ("&" * 50_000, "html"),
        ("a" * 3_000_000, "text"),
        ("ab.Cd" * 600_000, "text"),
        ("a.b" * 1_000_000, "html"),
        ("x" * 3_000_000, "markdown"),
        ("> " * 20_000 + "The ferry waits.", "markdown"),
        ("*a " * 50_000, "markdown"),
        ("[" * 20_000 + "The ferry waits.", "markdown"),
        ("- " * 20_000 + "The ferry waits.", "markdown"),
        ("| a " * 5_000 + "|\n" + "|---" * 5_000 + "|\n" + "| b " * 5_000 + "|\n", "markdown"),
        ("A short line\n" * 50_000, "text"),
    ],
    ids=lambda value: value if len(value) < 10 else value[:6],
)
def test_a_monster_is_read_or_refused(text: str, form: str):
    try:
        check(read_article(text, form=form))
    except ArticleError as error:
        check_remedy(error)


@pytest.mark.parametrize("given", [None, 5, [], b"x", ""])
def test_what_is_no_path_is_refused_with_a_remedy(given: object):
    with pytest.raises(ArticleError, match=r"is no path\. Give one file or folder"):
        kit.load_articles(given)
