"""What real pages and texts do to a reader: charsets, broken lines, note marks, titles, pages that hide their article."""

import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

import pytest

import kit
from kit.articles import Article, read_article
from kit.errors import ArticleError
from kit.reading import fixed_width, webpage
from kit.reading.sentences import split_line

RAW = Path(__file__).parent / "raw"


def load(name: str) -> Article:
    return kit.load_articles(RAW / name)[0]


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences]


def split(line: str) -> list[str]:
    return [line[start:end] for start, end in split_line(line)]


# Web pages


BOATS = (
    "The envoys of both coastal states met for a ninth day and said that the draft on fishing was nearly done at last."
)
HARBOURS = (
    "For the islanders this is not abstract, since two harbours have been shut and the price of fuel has doubled."
)


def test_a_page_within_one_form_keeps_every_word_of_its_sentences():
    assert texts(load("asp.html")) == [
        "Harbour office: notice on the ferry",
        "The ferry sails again from Monday.",
        "Both banks agreed on one crew and one fare.",
        "A referee from the lake town counts the coins each night.",
        "Nobody may carry weapons aboard, and nobody has asked to.",
    ]


def test_an_open_dialogue_does_not_hide_the_article_and_a_paragraph_that_stands_twice_is_kept_twice():
    article = load("consent.html")
    assert article.title == "The ridge is quiet"
    assert texts(article).count("No shot was heard on the ridge this week.") == 2
    assert "choices" not in article.text
    assert "We store your choices" in article.dropped[0][0]


NOTICE = "<p>We and our partners keep data on your device. You may object to it at any time.</p>"


@pytest.mark.parametrize("hidden", ['aria-hidden="true"', "inert", "hidden", 'style="display:none"'])
@pytest.mark.parametrize("head", ["h1", "h2", "h3"])
def test_the_page_behind_a_dialogue_that_bears_no_role_is_read(hidden: str, head: str):
    story = f"<div {hidden}><{head}>Fish is dear</{head}><p>{BOATS} It rained.</p></div>"
    page = f"<html><title>Fish is dear | Lake</title><body><div class=x>{NOTICE * 5}</div>{story}</body></html>"
    assert texts(read_article(page, form="html")) == ["Fish is dear", BOATS, "It rained."]


def test_a_short_article_is_taken_without_the_dialogue_that_its_class_alone_tells():
    story = "<article><h1>Fish is dear</h1><p>It rained. All the crews stayed in bed until the afternoon.</p></article>"
    page = f"<html><title>Fish is dear</title><body><div class=consent-modal>{NOTICE * 6}</div>{story}</body></html>"
    assert texts(read_article(page, form="html")) == [
        "Fish is dear",
        "It rained.",
        "All the crews stayed in bed until the afternoon.",
    ]


SINGLES = [BOATS, HARBOURS, "The next round is planned for May, if both capitals give their word in writing by then."]


@pytest.mark.parametrize(
    "box", ["id=didomi-host", "class='qc-cmp2-container'", "id=CybotCookiebotDialog", "class='modal fade show'"]
)
@pytest.mark.parametrize("around", ["main", "div"])
def test_a_story_of_one_sentence_a_paragraph_is_taken_without_a_longer_dialogue_behind_it(box: str, around: str):
    story = "".join(f"<p>{each}</p>" for each in SINGLES)
    dialogue = f"<div {box}><h2>Your choices</h2>{NOTICE * 12}<button>Agree</button></div>"
    body = f"<div id=app><{around}><h1>Fish is dear</h1>{story}</{around}></div>{dialogue}"
    assert texts(read_article(f"<title>Fish is dear</title><body>{body}", form="html")) == ["Fish is dear", *SINGLES]
    hidden = body.replace("id=app", "id=app aria-hidden=true").replace(box, "role=dialog")
    assert texts(read_article(f"<title>Fish is dear</title><body>{hidden}", form="html")) == ["Fish is dear", *SINGLES]


@pytest.mark.parametrize("around", ["main", "td", "div"])
def test_a_story_of_one_sentence_a_paragraph_is_not_lost_beside_a_longer_text(around: str):
    story = "".join(f"<p>{each}</p>" for each in SINGLES)
    other = f"<article><h2>Wheat is cheap</h2>{'<p>Bread is dear. Nobody knows why it is so dear this year.</p>' * 20}</article>"
    body = f"<table><tr><{around}><h1>Fish is dear</h1>{story}</{around}></tr></table>{other}"
    if around != "td":
        body = body.removeprefix("<table><tr>").replace("</tr></table>", "")
    found = texts(read_article(f"<title>Fish is dear</title><body>{body}", form="html"))
    assert [each for each in found if each in SINGLES] == SINGLES


CARDS = "".join(
    f"<div><h3><a href='/{n}'>Wheat is cheap</a></h3><p>The mill pays {n} coins for a full sack.</p></div>"
    for n in range(8)
)


@pytest.mark.parametrize("around", ["article", "main"])
def test_of_a_page_with_an_article_of_its_title_nothing_beside_it_is_taken_and_no_last_sentence_is_lost(around: str):
    said = [
        f"On day {n} the envoys of both coastal states met again and said that the draft was nearly done."
        for n in range(12)
    ]
    rights = "<div id=legal><p>Nothing may be copied. Read our terms. Terms may change, and nobody is told.</p></div>"
    story = f"<{around}><h1>Fish is dear</h1>{''.join(f'<div>{each}</div>' for each in said)}</{around}>"
    found = texts(read_article(f"<title>Fish is dear</title><body>{rights}{CARDS}{story}", form="html"))
    assert found == ["Fish is dear", *said]


def test_where_the_text_under_the_title_is_left_out_this_is_said():
    page = f"<title>Fish is dear</title><body><h1>Fish is dear</h1><div>{''.join(f'<div>{each}</div>' for each in SINGLES)}</div>"
    article = read_article(page + CARDS, form="html")
    assert "under the title" in article.meta["doubt"]
    doubt = read_article(page + CARDS + "<div>" * 9000, form="html").meta["doubt"]
    assert "under the title" in doubt
    assert "nested so deeply" in doubt


def test_a_title_that_stands_in_an_article_of_its_own_and_a_box_with_a_button_within_the_text_lose_nothing():
    story = "".join(f"<p>{each} It rained.</p>" for each in (BOATS, HARBOURS))
    named = "<article><h1><a href='/x'>Fish is dear</a></h1></article>"
    page = f"<title>Fish is dear</title><body>{named}<div>{story}</div>"
    assert texts(read_article(page, form="html"))[-4:] == [BOATS, "It rained.", HARBOURS, "It rained."]
    box = f"<div class=o-lightbox><button>Larger</button>{story}</div>"
    page = f"<title>Fish is dear</title><body><article><h1>Fish is dear</h1><p>{SINGLES[2]} So they say.</p>{box}</article>"
    assert texts(read_article(page, form="html"))[-4:] == [BOATS, "It rained.", HARBOURS, "It rained."]


def test_a_long_text_is_not_left_out_for_its_lead():
    lead = f"<p>{BOATS} It rained. {HARBOURS} It snowed. Nobody rowed, since nobody was paid for rowing any more.</p>"
    rest = [f"On day {n} the envoys met again. They said that the draft was nearly done." for n in range(60)]
    body = f"<h1>Fish is dear</h1><article>{lead}</article><div class=related>{''.join(f'<div>{each}</div>' for each in rest)}</div>"
    found = read_article(f"<title>Fish is dear</title><body>{body}", form="html").text
    assert [each for each in rest if each in found] == rest


def test_a_hidden_menu_with_a_heading_does_not_hide_the_article():
    printed = "<div class=print style='display:none'><h1>Fish is dear</h1>3 May</div>"
    page = f"<html><title>Fish is dear</title><body><section>{printed}<div><p>{BOATS} It rained.</p></div></section></body></html>"
    assert texts(read_article(page, form="html"))[-2:] == [BOATS, "It rained."]
    menu = "<div class=menu hidden><h1>The Lake</h1><ul><li>Home</li></ul></div>"
    page = f"<html><title>Fish</title><body>{menu}<main><h1>Fish</h1><p>{BOATS} It rained.</p></main></body></html>"
    assert texts(read_article(page, form="html")) == ["Fish", BOATS, "It rained."]


@pytest.mark.parametrize("count", [1, 4])
def test_articles_that_only_lead_to_others_are_not_taken_for_a_story_outside_of_them(count: int):
    cards = "<article><h3><a href='/x'>Wheat is cheap</a></h3><p>Bread is dear.</p></article>" * count
    story = f"<div><h1>Fish is dear</h1><p>{BOATS} It rained.</p><p>{HARBOURS} It snowed.</p></div>"
    found = texts(read_article(f"<html><body><section>{cards}</section>{story}</body></html>", form="html"))
    assert found == ["Fish is dear", BOATS, "It rained.", HARBOURS, "It snowed."]


@pytest.mark.parametrize(
    "line",
    [
        "The quay. Photo: A. Lund/AFP",
        "Ann Holt (Picture: The Lake)",
        "Subscribe to read on. Already a subscriber? Log in.",
        "To read the rest, please log in.",
    ],
)
def test_a_caption_with_its_credit_and_an_offer_to_read_on_are_no_text(line: str):
    page = f"<!doctype html><title>Fish</title><article><h1>Fish</h1><p>It is dear. So.</p><p>{line}</p><p>{HARBOURS}</article>"
    assert texts(read_article(page, form="html")) == ["Fish", "It is dear.", "So.", HARBOURS]
    assert read_article("He saw a photo: Ann was rowing a boat.").dropped == []


@pytest.mark.parametrize("frame", ["<main>{}</main>", "<div>{}</div>", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize(
    "points",
    [
        "<ul><li>Fewer nets.</li><li>New lamps</li><li>Tea.</li></ul>",
        "<ul class=widget-list><li>Fewer nets.<p></p></li><li>New lamps<p></p></li><li>Tea.</li></ul>",
        "<ol><li>Fewer nets.<ul><li><p>New lamps</p></li><li><p>Tea.</p></li></ul></li></ol>",
        "<div class=list><ul><li><div><p>Fewer nets.</p></div></li><li>New lamps</li><li>Tea.</li></ul></div>",
    ],
)
def test_a_list_in_the_text_is_kept_however_short_its_points(points: str, frame: str):
    body = frame.format(
        f"<h1>Fish is dear</h1><p>{BOATS} So it is.</p><p>It says:</p>{points}<p>{HARBOURS} It rained.</p>"
    )
    article = read_article(f"<html><title>Fish is dear</title><body>{body}</body></html>", form="html")
    assert texts(article) == (
        ["Fish is dear", BOATS, "So it is.", "It says:", "Fewer nets.", "New lamps", "Tea.", HARBOURS, "It rained."]
    )


@pytest.mark.parametrize(
    "head",
    [
        "<header class=top>{}<p>{}</p></header>",
        "{}<div class=article-teaser>{}</div><p>By Ann Holt</p>",
        "<div class=hero>{}<p>{}</p></div>",
        "<div>{}</div><div class='preface big'><h2>{}</h2></div>",
    ],
)
def test_a_sentence_that_leads_from_the_title_into_the_text_is_kept(head: str):
    body = f"{head.format('<h1>Fish is dear</h1>', HARBOURS)}<div class=body><p>{BOATS} So it is.</p><p>{BOATS} It rained.</p></div>"
    article = read_article(f"<html><title>Fish is dear</title><body>{body}</body></html>", form="html")
    assert texts(article)[:4] == ["Fish is dear", HARBOURS, BOATS, "So it is."]
    assert texts(article)[-1] == "It rained."


def test_a_lead_is_kept_once_and_a_long_one_in_a_section_of_its_own_too():
    body = f"<div class=body><p>{BOATS} So it is.</p><p>{BOATS} It rained.</p></div>"
    long_one = " ".join([HARBOURS] * 3 + ["Tea is served."])
    twice = f"<header><h1>Fish is dear</h1><p>{HARBOURS}</p></header><div class=intro><p>{HARBOURS}</p></div>{body}"
    long = f"<div><h1>Fish is dear</h1><h3>What it costs</h3></div><section><p>{long_one}</p></section>{body}"
    for head, kept in ((twice, [HARBOURS]), (long, ["What it costs", *[HARBOURS] * 3, "Tea is served."])):
        page = f"<html><title>Fish is dear</title><body>{head}</body></html>"
        found = texts(read_article(page, form="html"))
        assert found[1 : found.index(BOATS)] == kept


def test_what_readers_write_under_an_article_is_none_of_it():
    posts = "".join(f"<li><div class=content><p>{HARBOURS} I say so too.</p></div></li>" for _ in range(3))
    body = f"<div class=content><p>{BOATS} So it is.</p><p>{BOATS} It rained.</p></div>"
    page = f"<title>Fish is dear</title><main><h1>Fish is dear</h1>{body}<div id=comments><ul>{posts}</ul></div></main>"
    assert texts(read_article(page, form="html")) == ["Fish is dear", BOATS, "So it is.", BOATS, "It rained."]


def test_headlines_that_lead_elsewhere_are_no_headings_of_the_text():
    strip = "".join(f"<div class=card><h3><a href=/{n}>The boat number {n} is lost</a></h3></div>" for n in range(9))
    text = f"<div class=body><p>{BOATS} So it is.</p><h2><a href=#fog>Fog</a></h2><p>Advertisement</p><p>{HARBOURS} It rained.</p></div>"
    page = f"<title>Fish is dear</title><div><h1>Fish is dear</h1>{{}}{text}{{}}</div>"
    plain = ["Fish is dear", BOATS, "So it is.", "Fog", HARBOURS, "It rained."]
    assert texts(read_article(page.format(strip, ""), form="html")) == plain
    assert texts(read_article(page.format("", strip), form="html")) == plain
    linked = page.replace("<h1>Fish is dear</h1>", "<h1><a href=/>The Lake</a></h1><h1><a href=#>Fish is dear</a></h1>")
    assert texts(read_article(linked.format("", ""), form="html")) == plain


@pytest.mark.parametrize(
    "story",
    [
        "<x-story><x-line>{}</x-line> <x-line>{}</x-line></x-story>",
        "<div id=root></div><script>let a = '{0}{0}{0}';</script><noscript><p>{0}</p><p>{1}</p></noscript>",
        "<x-story><template shadowrootmode=open><p>{}</p><p>{}</p></template></x-story>",
    ],
)
def test_paragraphs_in_elements_of_the_pages_own_making_are_read(story: str):
    story = story.format(f"{BOATS} So it is.", f"{HARBOURS} <x-note>Tea</x-note> is dear.")
    article = read_article(f"<main><h1>Fish is dear</h1>{story}</main>", form="html")
    assert texts(article) == ["Fish is dear", BOATS, "So it is.", HARBOURS, "Tea is dear."]


def test_the_menu_of_a_page_of_single_sentences_is_none_of_its_text():
    body = f"<nav><a href=/>Home</a></nav><div><h1>Fish is dear</h1><div dir=auto>{BOATS}</div><div dir=auto>{HARBOURS}</div></div>"
    assert texts(read_article(f"<title>Fish is dear</title>{body}", form="html")) == ["Fish is dear", BOATS, HARBOURS]


def test_the_text_under_the_title_is_taken_and_not_a_lesser_one_in_a_box_that_is_called_an_article():
    goat = "<h2>A goat in the bank</h2><p>It ate a form. It was fed.</p><p>It slept there. It left at noon.</p>"
    body = f"<h1>Fish is dear</h1></div><div class=text><p>{BOATS} So it is.</p><p>{HARBOURS}</p></div>"
    page = f"<title>Fish is dear</title><div>{body}<div><div class=article-body>{goat * 2}</div></div>"
    assert texts(read_article(page, form="html")) == ["Fish is dear", BOATS, "So it is.", HARBOURS]


def test_a_row_of_a_name_and_its_value_is_kept_and_heads_no_section():
    row = "<table class=infobox><tr><th>Date</th><td>3 May 2031</td></tr></table>"
    article = read_article(f"<main><h1>Fish is dear</h1>{row}<p>{BOATS} It rained.</p></main>", form="html")
    assert texts(article) == ["Fish is dear", "Date", "3 May 2031", BOATS, "It rained."]
    assert article.sections == []


def test_a_sentence_alone_between_the_title_and_a_paragraph_is_kept():
    page = f"<html><body><a href='/'>Back</a><hr><h2>Fish</h2>{BOATS}<p>{HARBOURS} So it is.<p>Tea is served.<hr>The Lake</body></html>"
    assert texts(read_article(page, form="html")) == ["Fish", BOATS, HARBOURS, "So it is.", "Tea is served."]


@pytest.mark.parametrize(
    "shut",
    [
        'class="paywall hidden"',
        'style="display:none"',
        'aria-hidden="true"',
        'class="subscriber-only blurred"',
        'class="paid-content"',
        "hidden",
    ],
)
def test_the_part_of_an_article_that_a_page_shows_to_some_is_read_and_a_dialogue_is_not(shut: str):
    first, *rest = (
        f"<p>{text} Nobody in the old hall spoke against it.</p>" for text in (BOATS, HARBOURS, BOATS.upper())
    )
    notice = NOTICE * 4
    page = (
        f"<main><article><h1>Fish</h1>{first}<div {shut}>{''.join(rest)}</div>"
        f"<div role=dialog {shut}>{notice}</div></article></main>"
    )
    text = read_article(page, form="html").text
    assert HARBOURS in text
    assert BOATS.upper() in text
    assert "partners" not in text


def test_one_paragraph_for_payers_is_read_but_no_offer_to_them():
    page = "<main><article><h1>Fish</h1><p>{0} {0}</p><div class=paid-content><p>{1} It rains.{2}</p></div></article></main>"
    for end, kept in (("", True), ("<a href=x>Pay</a>", False)):
        assert (HARBOURS in read_article(page.format(BOATS, HARBOURS, end), form="html").text) is kept


def test_a_text_that_stands_in_no_paragraph_of_its_own_is_kept():
    page = f"<center><b>Fish</b></center><font>{BOATS} So it was.</font><p><font>{HARBOURS} So it is.</font><p>{HARBOURS} Still."
    assert BOATS in read_article(f"<html><body>{page}</body></html>", form="html").text


def test_a_live_page_keeps_all_its_updates():
    article = load("live.html")
    assert article.title == "Live: the well talks"
    assert [section.title for section in article.sections] == [
        "The elders sit down",
        "A long account",
        "They shake hands",
    ]
    assert {"Tea is served.", "The fence comes down."} <= set(texts(article))


def test_updates_beside_the_article_that_has_the_title_are_kept():
    updates = "".join(f"<article><h2>Update {n}</h2><p>News {n} came. It was short.</p></article>" for n in range(3))
    updates += "<article><p>Tea is served.</p></article>"
    head = "<article><h1>Live: the mill</h1><p>The mill turns again today. Nobody knows for how long it will.</p></article>"
    article = read_article(
        f"<html><title>Live: the mill</title><body><main>{head}{updates}</main></body></html>", form="html"
    )
    assert [section.title for section in article.sections] == ["Update 0", "Update 1", "Update 2"]
    assert {"News 2 came.", "Tea is served."} <= set(texts(article))


def test_short_updates_with_links_of_their_own_are_kept_beside_a_long_one():
    posts = [f"{BOATS} {HARBOURS} {BOATS}", "They are here.", "It rains."]
    page = "".join(
        f'<article><h3><a href="#post-{n}">Post {n}</a></h3><p>{post}</p><a href="#">Share</a></article>'
        for n, post in enumerate(posts)
    )
    found = texts(read_article(f"<main><h1>Fish</h1>{page}</main>", form="html"))
    assert found == ["Fish", "Post 0", BOATS, HARBOURS, BOATS, "Post 1", posts[1], "Post 2", posts[2]]


def test_of_two_articles_the_one_with_the_pages_title_is_taken():
    article = load("two-articles.html")
    assert article.title == "The mill race opens"
    assert "The miller wept." in texts(article)
    assert "apples" not in article.text
    assert "more text was left out" in article.meta["doubt"] or "only" in article.meta["doubt"]


def test_teasers_before_the_article_are_not_taken_for_it():
    teaser = (
        "<article><h3><a href='/x'>Wheat is cheap</a></h3><p>Traders were glad on Monday. So were bakers.</p></article>"
    )
    body = "<p>The mill turns again today, and nobody knows for how long.</p><p>The miller has sent for his sons. It rains.</p>"
    article = read_article(
        f"<html><title>The mill turns</title><body>{teaser}{teaser}<article><h1>The mill turns</h1>{body}</article></body></html>",
        form="html",
    )
    assert texts(article)[1:] == [
        "The mill turns again today, and nobody knows for how long.", "The miller has sent for his sons.", "It rains.",
    ]  # fmt: skip
    assert {reason for _, reason in article.dropped} == {"another article"}


def test_a_table_around_a_table_that_lays_out_the_page_lays_it_out_too():
    rows = "<tr><td>The markets trade again. Salt comes down.</td></tr><tr><td>Bread goes up. The mayor is content.</td></tr>"
    links = "<td><a href='a'>Home</a><br><a href='b'>News</a></td>"
    article = read_article(
        f"<html><body><table><tr>{links}<td><table>{rows}</table></td></tr></table></body></html>", form="html"
    )
    assert texts(article) == ["The markets trade again.", "Salt comes down.", "Bread goes up.", "The mayor is content."]


def test_a_table_that_lays_out_the_page_gives_sentences():
    assert texts(load("layout.html")) == [
        "Bread for salt",
        "The two markets trade again.",
        "Salt comes down the river.",
        "Bread goes up.",
        "The mayor was content.",
        "He spoke of spring.",
    ]


def test_a_cell_that_holds_a_text_is_split_and_an_entry_is_not():
    text = "| Who | What |\n|---|---|\n| North | It waits. It hopes. It counts. |\n| South | 4. Two more. |\n"
    assert texts(read_article(f"A start.\n\n{text}")) == [
        "A start.", "Who", "What", "North", "It waits.", "It hopes.", "It counts.", "South", "4. Two more.",
    ]  # fmt: skip


def test_lines_broken_within_a_page_are_paragraphs():
    assert load("letter.html").text.split("\n") == [
        "A letter to the council",
        (
            "The envoy wrote to the council that both hamlets had promised to leave the well to the sheep, to be watched by "
            "unpaid wardens, and that the gate would be hung again within ten days. He asked for nails."
        ),
        "The council thanks the envoy for the letter and sends nails and a hammer. It will write again.",
    ]


@pytest.mark.parametrize(
    "line",
    ["<p>{}</p>", "<div>{}</div>", '<span style="display: block">{}</span>', '<span style="display:block">{}</span>\n'],
)
def test_a_paragraph_of_which_each_line_is_an_element_is_whole(line: str):
    lines = textwrap.wrap(f"{BOATS} {HARBOURS}", 60)
    page = f"<html><body><h1>Fish</h1><div>{''.join(map(line.format, lines))}</div></body></html>"
    assert texts(read_article(page, form="html")) == ["Fish", BOATS, HARBOURS]


@pytest.mark.parametrize("end", ["  ", "\\"])
def test_lines_that_markdown_breaks_at_a_fixed_width_are_paragraphs(end: str):
    lines = f"{end}\n".join(textwrap.wrap(f"{BOATS} {HARBOURS}", 60))
    assert texts(read_article(f"# Fish\n\n{lines}\n", form="markdown")) == ["Fish", BOATS, HARBOURS]


def test_a_page_of_lines_keeps_its_title_and_a_long_paragraph_apart():
    lines = [
        "The council asks both coastal states",
        "to agree before spring on the with-",
        "drawal of all carts from",
        "the quay.",
    ]
    page = "".join(f"<div>{line}</div>" for line in ["Fish", *lines, f"{BOATS} {HARBOURS}"])
    assert texts(read_article(f"<html><title>Fish</title><body>{page}</body></html>", form="html")) == [
        "Fish", "The council asks both coastal states to agree before spring on the withdrawal of all carts from the quay.", BOATS, HARBOURS,
    ]  # fmt: skip


def test_paragraphs_and_short_lines_of_a_page_stay_apart():
    lines = [BOATS, "Fish and salt", HARBOURS, "Carts and oars", "The crew says little.", "Nobody pays it", *POEM]
    page = f"<html><body><h1>Fish</h1><div><p>{'</p><p>'.join(lines)}</p></div></body></html>"
    assert read_article(page, form="html").text == "\n".join(["Fish", *lines])


POEM = ["The ferry waits beneath the hill", "And nobody is on the quay", "The reeds are dark, the lake is still"]
ADDRESS = ["Harbour Office", "12 Quay Street", "Lake Town"]


@pytest.mark.parametrize("lines", [POEM, POEM[:2], ADDRESS])
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_lines_of_a_poem_or_an_address_are_no_headings(lines: list[str], form: str):
    joint = {"text": "\n", "markdown": "  \n", "html": "<br>"}[form]
    around = "The poet read this to both delegations in the evening. Nobody spoke for a while after that, she says."
    parts = [around, joint.join(lines), around]
    source = f"<p>{'</p><p>'.join(parts)}</p>" if form == "html" else "\n\n".join(parts)
    article = read_article(source, form=form)
    assert article.sections == []
    assert all(f"\n{line}\n" in article.text for line in lines)


def test_a_short_line_above_its_text_is_a_heading_still():
    found = read_article(
        "It began in spring.\n\nWhat came of it\nNobody knows the end.\n\nWho paid\nThe islanders did."
    )
    assert [section.title for section in found.sections] == ["What came of it", "Who paid"]


@pytest.mark.parametrize(
    "marked",
    [
        "Two <del>ferries</del><s>boats</s>harbours have",
        "Two harbours<br>have",
        "Two <a href=x>harbours<span class='u-visually-hidden'> (in a new window)</span></a> have",
        "Two harbours<span aria-hidden=true>↗</span> have",
        "Two <span aria-hidden=true>harbours</span> have",
        "Two harbours<span style='position:absolute; clip: rect(0 0 0 0)'> (new)</span> have",
    ],
)
def test_what_is_struck_out_or_only_for_screen_readers_is_no_word_of_a_sentence(marked: str):
    page = f"<title>Fish</title><article><h1>Fish</h1><p>{marked} been shut since the talks began.</p><p>{BOATS} So.</article>"
    assert texts(read_article(page, form="html")) == [
        "Fish",
        "Two harbours have been shut since the talks began.",
        BOATS,
        "So.",
    ]


def test_note_marks_stay_with_their_sentence_and_edit_leaves_the_heading():
    article = load("notes.html")
    assert texts(article) == [
        "Causes",
        "The fence went up in spring.[1]",
        "It fell in autumn.[2][3]",
        "A new one was planned.[citation needed]",
        "Nobody built it.",
    ]


def test_edit_leaves_a_heading_however_it_stands_there():
    page = f"<h1>Fish</h1><h2>Causes <small>[<a href=x>edit source</a>]</small></h2><p>{BOATS}</p><h3>Price[Bearbeiten]</h3><p>{HARBOURS}</p>"
    assert texts(read_article(page, form="html")) == ["Fish", "Causes", BOATS, "Price", HARBOURS]
    text = f"# Fish [edit]\n\n## Causes [edit source]\n\n{BOATS}\n\n## Price[редактировать]\n\n{HARBOURS}\n"
    for form in ("text", "markdown"):
        assert texts(read_article(text, form=form))[-4:] == ["Causes", BOATS, "Price", HARBOURS]


@pytest.mark.parametrize("lead", ["Read more", "READ ALSO:", "<b>See also</b>", "Lire aussi"])
def test_a_line_of_read_more_and_a_link_is_none_of_the_text(lead: str):
    page = f"<main><h1>Fish</h1><p>{BOATS}</p><p>{lead} <a href=x>Nets are torn on the lake</a></p><p>{HARBOURS}</p></main>"
    article = read_article(page, form="html")
    assert texts(article) == ["Fish", BOATS, HARBOURS]
    assert any("Nets are torn" in text for text, _ in article.dropped)


def test_single_sentences_that_were_left_out_count_and_labels_do_not():
    page = (
        "<main><h1>The mill</h1><p>"
        + "It turns by day and by night beside the river. " * 8
        + "</p></main><section>{}</section>"
    )
    told = "<p>The miller of house {} said that it would turn until the end of May.</p>"
    labels = "<p>More on mills and millers by the river and the lake {}</p>"
    doubts = [
        read_article(page.format("".join(each.format(n) for n in range(24))), form="html").meta.get("doubt", "")
        for each in (told, labels)
    ]
    assert "more text was left out" in doubts[0]
    assert doubts[1] == ""


def test_a_word_that_opens_its_meaning_is_text_and_a_button_is_none():
    page = "<main><h1>The mill</h1><p>The <button>race</button> was open<button>1</button> by day.<button>Share</button></p></main>"
    assert texts(read_article(page, form="html")) == ["The mill", "The race was open by day."]


def test_a_page_that_only_a_script_would_fill_is_doubted():
    page = "<html><title>App</title><body><div id='root'></div><noscript>Please switch JavaScript on.</noscript></body></html>"
    assert "compare it with the page" in read_article(page, form="html").meta["doubt"]


def test_raised_numbers_stay_raised_and_readings_above_a_word_go():
    page = (
        "<html><body><p>It began.<sup>1</sup>The mill turned.<sup><a href='#n'>2</a>, <a href='#m'>3</a></sup> It is 40 km<sup>2"
        "</sup> wide. The <ruby>truce<rp>(</rp><rt>troos</rt><rp>)</rp></ruby> of the 21<sup>st</sup> holds.</p></body></html>"
    )
    assert texts(read_article(page, form="html")) == [
        "It began.¹", "The mill turned.², ³", "It is 40 km² wide.", "The truce of the 21st holds.",
    ]  # fmt: skip


def test_a_page_whose_text_stands_in_a_script_alone_is_not_lost():
    story = "The ferry waits in the reeds. " * 12
    page = f'<html><head><script type="application/ld+json">{{"articleBody": "{story}"}}</script></head><body><p>Wait.</p></body></html>'
    assert "The ferry waits in the reeds." in texts(read_article(page, form="html"))


def test_a_page_of_more_elements_than_any_article_has_is_read_by_its_tags():
    page = "<html><body><nav><p>Menu</p></nav>" + "<p>A line. It ends.</p>" * 25_001 + "</body></html>"
    article = read_article(page, form="html")
    assert len(article.sentences) == 50_002
    assert ("Menu", "navigation") in article.dropped


def test_a_page_that_never_closes_its_tags_is_read_to_its_end_or_says_so():
    page = (
        "<html><body><h1>The mill</h1><p>It turns. It stops.</p>{}<p>The miller wept. His sons left.</p></body></html>"
    )
    assert "His sons left." in texts(read_article(page.format("<font size=2>" * 600), form="html"))
    assert "nested so deeply" in read_article(page.format("<div>" * 9000), form="html").meta["doubt"]


@pytest.mark.parametrize(("opening", "name"), [("<table><tr><td>", "table"), ("<article>", "article")])
def test_parts_that_are_never_closed_do_not_multiply_the_work_and_hide_no_text(opening: str, name: str):
    story = "".join(f"{opening}<p>Boat {n} left the quay.</p>" for n in range(300))
    page = f"<html><body><h1>Boats</h1>{story}<p>The last boat stayed.</p></body></html>"

    article = read_article(page, form="html")

    assert max(len(list(each.iterancestors(name))) for each in webpage._parse(page)[0].iter()) < 30
    assert texts(article)[1:] == [*(f"Boat {n} left the quay." for n in range(300)), "The last boat stayed."]


def test_the_letters_of_a_page_are_counted_in_each_of_its_parts():
    from lxml import html

    from kit.reading.webpage import _count_shown

    page = html.fromstring("<div>ab<form>c<script>xyz</script>de<!-- f --><i>g</i></form>h</div>")
    shown = _count_shown(page)
    assert [shown[page.find(tag)] for tag in ("form", "form/script", "form/i")] == [4, 0, 1]
    assert shown[page] == 7


def test_signs_that_take_no_room_do_not_stand_between_sentences_or_letters():
    text = "\ufeffThe talks go on.\u200b Then it\u2060 rained.\ufeff\n\u200b\nThe cease\u200bfire holds. It is late.\n"
    assert texts(read_article(text)) == ["The talks go on.", "Then it rained.", "The ceasefire holds.", "It is late."]


def test_without_trafilatura_the_error_says_to_paste_the_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ArticleError, match=r"trafilatura.*\.txt"):
        load("live.html")
    assert load("wrapped.txt").sentences


def test_trafilatura_is_imported_for_a_web_page_alone():
    code = (
        f"import sys, kit; kit.load_articles({str(RAW / 'minutes.md')!r}); assert 'lxml' not in sys.modules; "
        f"kit.load_articles({str(RAW / 'live.html')!r}); assert 'trafilatura' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Charsets


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("windows-1251", "cp1251", "Паром ждёт в камышах."),
        ("KOI8-R", "koi8-r", "Паром ждёт в камышах."),
        ("ISO-8859-5", "iso8859-5", "Паром ждёт в камышах."),
        ("koi8-u", "koi8-u", "Пором чекає її."),
        ("windows-1250", "cp1250", "Převoz čeká v rákosí."),
        ("iso-8859-2", "iso8859-2", "Łódź czeka, żółw śpi."),
        ("iso-8859-1", "cp1252", "The café’s – door."),
        ("latin1", "cp1252", "“Où?” L’été."),
        ("iso-8859-9", "cp1254", "Işık ağır."),
        ("windows-1253", "cp1253", "Το πλοίο περιμένει."),
        ("windows-1255", "cp1255", "הספינה מחכה."),
        ("windows-1256", "cp1256", "السفينة تنتظر."),
        ("Shift_JIS", "cp932", "渡し船は待つ①。"),
        ("x-sjis", "cp932", "渡し船は待つ。"),
        ("EUC-JP", "euc_jp", "渡し船は待つ。"),
        ("iso-2022-jp", "iso2022_jp", "渡し船は待つ。"),
        ("Big5", "big5", "渡船在等。"),
        ("gb2312", "gb18030", "渡船在等。"),
        ("GBK", "gb18030", "渡船在等。"),
        ("euc-kr", "cp949", "배가 기다린다."),
        ("ks_c_5601-1987", "cp949", "배가 기다린다."),
        ("tis-620", "cp874", "เรือรออยู่"),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="{}">',
        "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
        "<!-- was: <meta charset=koi8-u> --><meta charset={}>",
        "<meta name=description content='charset=koi8-u'><meta charset={}>",
    ],
)
def test_a_declared_charset_is_believed(tmp_path: Path, declared: str, encoding: str, text: str, head: str):
    says = head.format(declared)
    page = f"<html><body><p>{text}</p></body></html>"
    page = says + page if says.startswith("<?") else page.replace("<body>", f"<head>{says}</head><body>")
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding))
    article = kit.load_articles(path)[0]
    assert article.text == text
    assert declared.lower() in article.meta["encoding"]


def test_vietnamese_letters_are_put_together_from_their_accents(tmp_path: Path):
    text = "Con đò vẫn chờ trong đám lau sậy. Hai bên đều muốn ngồi vào một bàn, nhưng chưa phải hôm nay."
    accents = "\u0300\u0301\u0303\u0309\u0323"
    as_typed = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(each for each in parts if each in accents)
        bare = unicodedata.normalize("NFC", "".join(each for each in parts if each not in accents))
        as_typed += bare + tone
    (tmp_path / "declared.html").write_bytes(
        f"<html><head><meta charset=windows-1258></head><body><p>{as_typed}</p></body></html>".encode("cp1258")
    )
    (tmp_path / "plain.txt").write_bytes(as_typed.encode("cp1258"))
    declared, plain = kit.load_articles(tmp_path)
    assert declared.text == plain.text == text
    assert "guess" in plain.meta["encoding"]


def test_a_page_saved_as_utf8_under_an_old_declaration_is_utf8(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        '<html><head><meta charset="windows-1251"></head><body><p>Паром ждёт.</p></body></html>', encoding="utf-8"
    )
    assert kit.load_articles(path)[0].text == "Паром ждёт."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Паром ждёт в камышах. Обе стороны хотят сесть за стол переговоров."),
        ("koi8-r", "Паром ждёт в камышах. Обе стороны хотят сесть за стол переговоров."),
        ("cp1250", "Převoz čeká v rákosí. Obě strany chtějí přijít ke společnému stolu."),
        (
            "cp1250",
            "Splav već čeka u trstici. Strane će sjesti za isti stol, a nitko još ne kaže tko će platiti večeru.",
        ),
        ("iso8859-2", "Łódź czeka w trzcinach. Obie strony chcą usiąść przy jednym stole, mówią posłowie."),
        ("cp1252", "« Le bac attend », dit-elle. Les deux côtés veulent s’asseoir à la même table, peut-être en été."),
        ("cp1254", "Görüşmeler çarşamba günü başladı. İki taraf aynı masaya oturmak istiyor, şimdilik."),
        ("cp932", "渡し船は葦の中で待っている。双方は同じ席に着きたいと言う。しかし誰も動かない。"),
        ("gb18030", "渡船在芦苇丛中等待。双方都说愿意坐到一张桌子旁。但是没有人动。"),
        ("euc_kr", "나룻배가 갈대밭에서 기다린다. 양측은 한 식탁에 앉고 싶다고 말한다."),
        (
            "cp1250",
            "A komp a nádasban vár. Mindkét fél egy asztalhoz ülne, de előbb a fűzfákról beszélnek, mondják a győri küldöttek.",
        ),
        ("iso8859-2", "Bacul aşteaptă în stuf. Ambele părţi vor să stea la aceeaşi masă, însă fără grabă."),
        ("cp1257", "Keltas laukia nendrėse. Abi pusės nori sėstis prie vieno stalo, bet šiandien niekas nejuda."),
        ("cp1252", "Ferjan bíður í sefinu. Báðir aðilar vilja setjast við sama borð, en þó ekki í dag."),
        ("cp1252", "El bote espera entre los juncos. «Mañana», señaló la ministra, ¿o será también pasado mañana?"),
        (
            "cp1252",
            "The ferry to Málaga was late. • The crew was paid €5 each, and nobody in the café said a word about it.",
        ),
        ("mac_roman", "The ferry isn’t here. “We’re close,” she said – but the café on the quay is shut."),
        ("cp850", "Die Fähre wartet im Schilf. Beide Seiten möchten an einen Tisch, doch natürlich erst später."),
        (
            "cp1252",
            "È vero: può darsi che la città aspetti, ma però nessuno vuol più dire perché né quando si farà così.",
        ),
        ("cp437", "They met in a café on the quay. It rained."),
        ("cp1251", "The envoy Иванов met the press. Nobody spoke to Петрова."),
        ("cp1253", "They call it Ειρήνη here. Nobody spoke to Παπαδόπουλος."),
        ("cp850", "The mayor of Malmö rowed. Nobody else did."),
        ("cp850", "São Paulo sent no boat. It rained."),
        ("mac_roman", "The ferry to Zürich was late. It rained."),
        ("cp1252", "Mr Babiš came by boat. It cost £5, or 3½ per cent. “I row,” he said—and left."),
        ("cp1253", "Το πλοιάριο περιμένει στα καλάμια. Και οι δύο πλευρές θέλουν να καθίσουν στο ίδιο τραπέζι."),
        ("cp1255", "המעבורת מחכה בין קני הסוף. שני הצדדים רוצים לשבת ליד שולחן אחד."),
        (
            "cp1255",
            " ".join(["השיחות על הפסקת האש.", *["הצדדים נפגשו ביום רביעי. לא הושג הסכם. הפגישה הבאה במאי."] * 6]),
        ),
        ("cp1256", "العبارة تنتظر بين القصب. ويقول الطرفان إنهما يريدان الجلوس إلى طاولة واحدة."),
        ("iso8859-6", "العبارة تنتظر بين القصب. ويقول الطرفان إنهما يريدان الجلوس إلى طاولة واحدة."),
    ],
)
def test_a_text_that_declares_nothing_is_guessed_and_the_guess_is_noted(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    article = kit.load_articles(path)[0]
    assert article.text.replace("\n", " ") == text
    assert "guess" in article.meta["encoding"]


def test_a_text_that_was_encoded_twice_is_put_right_and_lines_that_were_not_stay(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Le café «Été» est là.".encode().decode("cp1252", "replace") + "\n\n“Où?” Il dort – là.", encoding="utf-8"
    )
    article = kit.load_articles(path)[0]
    assert texts(article) == ["Le café «Été» est là.", "“Où?”", "Il dort – là."]
    assert "twice" in article.meta["encoding"]
    path.write_text("LE CAFÉ” EST LÀ.", encoding="utf-8")
    assert kit.load_articles(path)[0].text == "LE CAFÉ” EST LÀ."


def test_a_declaration_far_down_counts_and_one_accent_in_utf8_belies_a_latin_one(tmp_path: Path):
    path = tmp_path / "a.html"
    style = "<style>" + "p { color: red }" * 3000 + "</style>"
    path.write_bytes(f"{style}<meta charset=koi8-r><p>Мир подписан. Все дома.</p>".encode("koi8-r"))
    assert texts(kit.load_articles(path)[0]) == ["Мир подписан.", "Все дома."]
    path.write_bytes("<meta charset=iso-8859-1><p>Le thé est prêt. Je pars.</p>".encode())
    assert texts(kit.load_articles(path)[0]) == ["Le thé est prêt.", "Je pars."]


@pytest.mark.parametrize(
    ("encoding", "text", "sign"),
    [
        ("iso2022_jp", "渡し船は葦の中で待っている。", "escapes"),
        ("iso2022_kr", "나룻배가 갈대밭에서 기다린다.", "escapes"),
        ("hz", "渡船在芦苇丛中等待。", "escapes"),
        ("utf-16-le", "Паром ждёт. Обе стороны молчат.", "NUL"),
        ("utf-16-be", "Prom czeka. Obie strony milczą, mówią posłowie.", "NUL"),
        ("utf-32", "The ferry waits. Nobody speaks.", "byte order mark"),
    ],
)
def test_an_encoding_that_hides_in_ascii_is_known_by_its_signs(tmp_path: Path, encoding: str, text: str, sign: str):
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    article = kit.load_articles(path)[0]
    assert article.text == text
    assert sign in article.meta["encoding"]


# Lines and pages that a machine broke


def test_text_out_of_a_pdf_has_whole_words_and_no_feet():
    article = load("minutes.txt")
    assert texts(article)[1:] == [
        (
            "Noting its earlier letters and stressing that both hamlets must commit to a lasting truce and to the withdrawal of "
            "all dogs from the meadow, and that wardens of the lake town may count the sheep at dawn,"
        ),
        "Asks for a count by unpaid wardens within ten days.",
    ]
    assert article.dropped == [("31-00417 (E) 1/2", "the foot of a page"), ("- 2 -", "the foot of a page")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a long-", "term plan"], ["a long-term plan"]),
        (["a cease-", "fire; the cease-fire held"], ["a cease-fire; the cease-fire held"]),
        (["the Anglo-", "Irish treaty of 1921, which both"], ["the Anglo-Irish treaty of 1921, which both"]),
        (["the with\u00ad", "drawal of troops"], ["the withdrawal of troops"]),
        (["a confidence-", "building step"], ["a confidence-building step"]),
        (
            ["an early-", "warning line, Moscow-", "led, was cancel-", "led"],
            ["an early-warning line, Moscow-led, was cancelled"],
        ),
        (["the high-", "lands, half-", "way to a two-", "way road"], ["the highlands, halfway to a two-way road"]),
        (["of UN peace-", "building and with-", "held pay"], ["of UN peacebuilding and withheld pay"]),
        (["a post-", "war 20-", "year plan"], ["a post-war 20-year plan"]),
        (["a UN-", "mandated force"], ["a UN-mandated force"]),
        (["many face-", "to-face talks"], ["many face-to-face talks"]),
        (["so-", "cial pro-", "cess of the south-", "ern ex-", "perts"], ["social process of the southern experts"]),
        (["near-", "ly six-", "teen ten-", "der short-", "ages"], ["nearly sixteen tender shortages"]),
        (
            ["pro-", "war ex-", "ministers of a so-", "called re-", "election"],
            ["pro-war ex-ministers of a so-called re-election"],
        ),
        (
            ["the Wirtschafts-", "und Sozialrat, short-", "and long-", "term"],
            ["the Wirtschafts- und Sozialrat, short- and long-term"],
        ),
        (["state-", "owned, year-", "long, third-", "party"], ["state-owned, year-long, third-party"]),
        (["ON THE NEGOTI-", "ATIONS OF OSCE-", "LED ENVOYS"], ["ON THE NEGOTIATIONS OF OSCE-LED ENVOYS"]),
        (["MacHolt spoke, and Mac-", "Holt left part-", "time"], ["MacHolt spoke, and MacHolt left part-time"]),
        (["le sous-", "continent eux-", "mêmes"], ["le sous-continent eux-mêmes"]),
        (["Apples -", "pears"], ["Apples -", "pears"]),
        (["Who pays", "Neither pays for the road."], ["Who pays", "Neither pays for the road."]),
        (["apples", "pears", "plums"], ["apples", "pears", "plums"]),
    ],
)
def test_a_word_is_joined_as_it_is_written_elsewhere(lines: list[str], expected: list[str]):
    assert fixed_width.unwrap(lines) == expected


def test_a_line_that_ends_in_a_dash_or_a_stroke_takes_no_space():
    lines = ["peace and/", "or war, which from 1998–", "2004 was near—", "so he said -", "and is"]
    assert fixed_width.join(lines) == "peace and/or war, which from 1998–2004 was near—so he said - and is"


@pytest.mark.parametrize("width", [30, 60, 118, 140])
def test_a_paragraph_is_joined_whatever_the_width_it_was_broken_at(width: int):
    from textwrap import wrap

    text = "The carts take the long way round by the mill, which costs each of them a day and most of the profit. " * 3
    assert fixed_width.unwrap(wrap(text, width)) == [text.strip()]


@pytest.mark.parametrize(
    "lines",
    [
        ["Die Gesandten trafen sich im Mai zur dritten Runde am See. Die", "Gespräche brachten wieder keine Einigung, sagte der Leiter. Ein",
         "Bote ging am Abend heim."],
        ["Les envoyés se sont vus en mai, au bord du lac, pour parler de la", "Ferme."],
        ["Послы встретились в мае у озера и говорили о судьбе города и", "Реки."],
    ],
)  # fmt: skip
def test_a_line_that_begins_with_a_noun_in_capitals_goes_on_with_a_sentence(lines: list[str]):
    assert fixed_width.unwrap(lines) == [" ".join(lines)]


def test_lines_of_like_length_without_a_stop_are_a_list():
    lines = [f"More on mills and on millers by the river and the lake {n}" for n in range(4)]
    assert fixed_width.unwrap(lines) == lines


def test_where_paragraphs_have_an_indent_those_of_one_line_are_none_of_the_next():
    lines = [
        "    The mill is shut, and the miller has gone to the town, as his",
        "father did.",
        "    The carts wait.",
        "    Nobody pays.",
    ]
    assert fixed_width.unwrap(lines) == [" ".join([lines[0].strip(), lines[1]]), "The carts wait.", "Nobody pays."]


def test_a_dash_that_came_to_stand_first_in_its_line_begins_no_point_of_a_list():
    lines = [
        "The carts take the long way round by the mill, and the miller",
        "- a man of few words - counts them and says that it costs each",
        "of them a day, which nobody in either of the two towns will",
        "pay for, now or later.",
    ]
    assert fixed_width.unwrap(lines) == [" ".join(lines)]
    points = [
        "They asked for these things:",
        "- a road round the mill that both towns may use in any weather",
        "- a bridge",
        "- an end of tolls",
    ]
    assert fixed_width.unwrap(points) == points


def test_what_is_said_behind_a_dash_or_under_a_number_has_its_indent_as_other_paragraphs_have():
    said = ["- We wait here for the others, and then all of us go on to the", "lake."]
    numbered = ["2. The other town pays for the road, too, and for each cart that", "takes it."]
    lines = [
        "    The mill is shut, and the miller has gone to the town, as his",
        "father did.",
        f"    {said[0]}",
        said[1],
    ]
    lines += [f"    {numbered[0]}", numbered[1]]
    assert fixed_width.unwrap(lines) == [f"{lines[0].strip()} {lines[1]}", " ".join(said), " ".join(numbered)]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_title_in_a_script_without_spaces_is_one(form: str):
    said = (
        "双方代表团星期一在湖边举行了第三轮会谈。会谈持续了六个多小时，但没有达成协议。调解人提出分三个阶段实现停火。"
    )
    article = read_article(f"{'# ' * (form == 'markdown')}湖边第三轮会谈结束\n\n{said}\n", form=form)
    assert article.title == "湖边第三轮会谈结束"
    assert len(article.sentences) == 4


def test_a_story_in_wide_letters_of_a_sentence_a_paragraph_is_kept_before_teasers():
    said = [f"양측 대표단은 {n}월 호숫가에서 다시 만나 제{n}차 회담을 열었다." for n in range(1, 9)]
    cards = "".join(
        f"<div class=card><a href=/{n}><h4>호숫가 {n}차 회담</h4></a><p>대표단은 호숫가에서 다시 만나 세 번째 회담을…</p></div>"
        for n in range(5)
    )
    story = f"<div class=page><h1>호숫가 회담 종료</h1><div class=c1>{''.join(f'<div>{each}</div>' for each in said)}</div></div>"
    page = f"<title>호숫가 회담 종료</title><body>{story}<div class=related><h3>X</h3>{cards}</div>"
    assert texts(read_article(page, form="html"))[:9] == ["호숫가 회담 종료", *said]


def test_a_title_of_unspaced_letters_is_not_joined_to_the_paragraph_right_under_it():
    paragraphs = [
        "双方代表团星期一在湖边举行了第三轮会谈。会谈持续了六个多小时，但没有达成协议。",
        "第一阶段将交换所有战俘。双方同意下个月再次会面。",
    ]
    assert fixed_width.unwrap(["湖边第三轮会谈结束", *paragraphs]) == ["湖边第三轮会谈结束", *paragraphs]


LONG_FOOT = "Lake Institute for Peace and Conflict Research, Working Paper 14 | {}"


def test_lines_that_could_take_no_word_more_were_broken_by_a_machine():
    lines = [
        "It has been quiet since my last report to the Council. The",
        "Mission saw 114 cars and 17 carts on the way to Lake Town.",
        "Nobody stopped them. The parties spoke again on Monday the 3",
        "May and then went home.",
    ]
    assert fixed_width.unwrap(lines) == [" ".join(lines)]


@pytest.mark.parametrize(
    "foot", [LONG_FOOT, "S/RES/20 (2031) {}", "[{}]", "Confidential", "THE LAKE PAPER\n{}", "{}", "i{}"]
)
def test_what_stands_on_each_page_goes_if_it_cuts_a_sentence_once(foot: str):
    page = "Both sides must commit themselves to peace and to the\n{}\nwithdrawal of their carts. The rest waits.\n\n{}\n\nIt rained.\n"
    article = read_article(page.format(foot.format(2), foot.format(3)).replace("i2", "ii").replace("i3", "iii"))
    assert texts(article) == [
        "Both sides must commit themselves to peace and to the withdrawal of their carts.", "The rest waits.", "It rained.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "between",
    [
        "The Lake Paper\nBriefing No. 4, March",
        "12\n\nThe Lake Paper",
        "1 Talk with a miller, Lake Town.\n2 The same.\n\n- 4 -",
        "The Lake Paper\n\f",
        "3 https://lake.example/report.",
        "____\n[1] Talk with a miller who asked not to be named, since he\nstill grinds for both banks.\n\f",
    ],
)
@pytest.mark.parametrize("page", ["{}", "<html><body><pre>{}</pre></body></html>"])
def test_what_stands_between_pages_goes_from_within_a_sentence_though_it_stands_only_once(between: str, page: str):
    text = "\nboth sides must commit themselves to peace and to the\n{}\nwithdrawal of their carts. The rest waits.\n"
    gap = between if between.startswith("_") else f"\n{between}\n"
    article = read_article(page.format("It has rained on the lake for weeks, say those who row, so" + text.format(gap)))
    assert texts(article) == [
        (
            "It has rained on the lake for weeks, say those who row, so both sides must commit themselves to peace and to the "
            "withdrawal of their carts."
        ),
        "The rest waits.",
    ]
    assert {reason for _, reason in article.dropped} == {"the foot of a page"}


@pytest.mark.parametrize(
    "between", ["A/RES/7/1\n3/10", "Lake Review, Vol. 3 (2014)", "ARTICLE IN PRESS", "[12]", "xii", "3 May"]
)
def test_what_breaks_a_paragraph_goes_though_no_gap_parts_it_and_a_name_within_it_stays(between: str):
    above = "The delegates of both lake states met in the old house and read aloud to each"
    below = "other what they had signed in front of the clerk and of two witnesses, who slept."
    assert texts(read_article(f"{above}\n{between}\n{below}\n")) == [f"{above} {below}"]
    assert "Lake Pact" in read_article(f"{above}\nLake Pact\n{below}\n").text


def test_a_page_break_before_a_name_and_a_note_without_a_gap_join_their_sentence_too():
    for between in ("\n\n- 7 -\n\nPresident Lund", "\n1 See the report of the guild.\npresident Lund"):
        found = texts(
            read_article(
                f"The two sides met on Tuesday in the hall by the lake\nand spoke of the plan of{between} all day."
            )
        )
        assert [found[0].lower()] == [
            "the two sides met on tuesday in the hall by the lake and spoke of the plan of president lund all day."
        ]


@pytest.mark.parametrize(
    "foot",
    [
        "Strona {}",
        "| {}",
        "[{}]",
        "{} The Lake Paper",
        "Lake Briefing | {}",
        "第{}页",
        "https://lake.example/report?a=1 {}/8",
    ],
)
def test_what_counts_the_pages_goes_to_the_last_line_though_it_cuts_no_sentence(foot: str):
    assert (
        read_article(f"{BOATS}\n\n{foot.format(3)}\n\n{HARBOURS}\n\n{foot.format(4)}\n").text == f"{BOATS}\n{HARBOURS}"
    )
    once = BOATS.replace("draft on", f"draft on\n\n{foot.format(3)}\n\n")
    assert read_article(f"Fish\n\n{once}").text == f"Fish\n{BOATS}"


def test_lines_that_say_the_same_or_follow_each_other_are_no_feet():
    for lines in (["Nobody pays it", HARBOURS, "Nobody pays it"], ["Boat 1", "Boat 2"]):
        assert read_article("\n\n".join([BOATS, *lines])).text.split("\n") == [BOATS, *lines]


def test_short_lines_within_a_list_or_a_poem_are_no_heads():
    for source in (
        "Those who came to the lake on Monday were\n\nMira Holt\nJan Orr\n\nand four others.",
        "The river takes the winter to the sea\n\nAnd nobody remembers where it lay\n\nthe ice, the boats, the quay",
        "He read out what the paper said\n\nCEASEFIRE NOW\n\nand then he sat down.",
    ):
        article = read_article(source)
        assert article.dropped == []
        assert article.text.split() == source.split()


def test_a_page_break_within_a_sentence_joins_it_and_lines_that_stand_twice_stay():
    assert texts(read_article("The talks on the bridge over\n\fthe river go on. It rains.\n")) == [
        "The talks on the bridge over the river go on.",
        "It rains.",
    ]
    verse = "The river runs and the soldiers\nstand by the mill and the\nmill is still and in the\nland of nobody they wait\n"
    assert fixed_width.drop_feet(f"{verse}\nThey wait for long.\n\n{verse}".splitlines())[1] == []


def broken(text: str, before: str = "", first: str = "", between: str = "\n") -> str:
    return between.join(textwrap.wrap(text, 44, initial_indent=first or before, subsequent_indent=before))


@pytest.mark.parametrize(
    "source",
    [
        f"{broken(BOATS, first='    ')}\n{broken(HARBOURS, first='    ')}",
        f"{broken(BOATS, '    ')[4:]}\n{broken(HARBOURS, '    ')[4:]}",
        f"{broken(BOATS, '> ')}\n>\n{broken(HARBOURS, '> ')}",
        f"{broken(BOATS, between=chr(10) * 2)}\n\n\n{broken(HARBOURS, between=chr(10) * 2)}",
        "\n".join(
            f"{n:>3}  {line}".rstrip() for n, line in enumerate(f"{broken(BOATS)}\n\n{broken(HARBOURS)}".split("\n"), 7)
        ),
        "\n".join(
            f"{n % 5 + 1:>3}  {line}".rstrip()
            for n, line in enumerate(f"{broken(BOATS)}\n\n{broken(HARBOURS)}".split("\n"))
        ),
        f"{broken(BOATS)}\n\nPage 1 of 2\n\nLake Doc. 4 | English\n\n{broken(HARBOURS)}\n\nPage 2 of 2\n\nLake Doc. 4 | English",
        f"{broken(BOATS)}\n\nProvisional 1\n\f{broken(HARBOURS)}\n\nProvisional 2",
        f"{broken(BOATS)}\n\n11\n\n{broken(HARBOURS)}\n\n12",
        f"{broken(BOATS)}\n\n{broken(HARBOURS)}".replace("since two\n", "since two\n\n15 | Mira Holt\n\n"),
    ],
    ids=[
        "indented",
        "hanging",
        "quoted",
        "double-spaced",
        "numbered",
        "numbered-anew",
        "feet",
        "feet-and-ends",
        "numbers",
        "head",
    ],
)
def test_paragraphs_are_whole_however_their_lines_were_set(source: str):
    assert read_article(source).text == f"{BOATS}\n{HARBOURS}"


@pytest.mark.parametrize("names", [("Q", "A"), ("MR. HOLT", "QUESTION"), ("The Lake Paper", "Kaya")])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_each_speaker_says_is_joined_by_itself(names: tuple[str, str], gap: str):
    turns = [f"{names[0]}: {BOATS}", f"{names[1]}: It was late. {HARBOURS} Nobody said so.", f"{names[0]}: Who knew?"]
    assert read_article(gap.join(map(broken, turns))).text.split("\n") == turns


def test_lettered_points_are_joined_each_by_itself():
    points = [f"(a) {BOATS}", f"(b) {HARBOURS}", f"(c) {BOATS}"]
    assert read_article("\n".join(broken(point, "    ")[4:] for point in points)).text.split("\n") == points
    assert read_article("\n".join(map(broken, points))).text.split("\n") == points


def test_points_of_a_list_are_joined_each_by_itself_and_a_poem_of_numbers_is_left():
    points = [f"- {BOATS}", f"- {HARBOURS}"]
    source = "\n".join(broken(point, "  ", "- ").replace("- - ", "- ") for point in points)
    assert read_article(f"They agreed on this:\n\n{source}").text.split("\n")[1:] == points
    assert read_article("1 Oslo\n2 Kyiv\n3 Rome\n4 Bern\n5 Riga").text.startswith("1 Oslo\n2 Kyiv")


def test_letters_that_a_pdf_ties_together_are_apart():
    assert (
        read_article("The oﬃce conﬁrmed that the ﬂeet had sailed.").text
        == "The office confirmed that the fleet had sailed."
    )


def test_a_quoted_e_mail_and_chinese_lines_are_joined():
    assert fixed_width.unwrap(
        ["> The envoy wrote to the council that the gate", "> would be hung again within the year."]
    ) == ["The envoy wrote to the council that the gate would be hung again within the year."]
    assert fixed_width.unwrap(
        ["安理会回顾其先前的决定，强调双方必须承诺", "持久停火并撤出重型武器，欢迎关于交换战俘", "的协议。"]
    ) == ["安理会回顾其先前的决定，强调双方必须承诺持久停火并撤出重型武器，欢迎关于交换战俘的协议。"]


def test_numbers_alone_on_a_line_that_are_no_feet_stay():
    text = "1\n\nThe first chapter ends.\n\n2\n\nThe second begins.\n\n2014\n\nA year.\n"
    assert read_article(text).dropped == []


@pytest.mark.parametrize(
    "label",
    [
        "Читайте також", "Також читайте", "За темою", "Смотрите также", "Материалы по теме", "Lesen Sie auch", "Mehr zum Thema",
        "À lire aussi", "A LIRE ÉGALEMENT", "Sur le même sujet", "Lea también", "Te puede interesar", "Czytaj też",
        "Przeczytaj również", "Ayrıca okuyun", "İlgili haberler", "Devamını oku", "Weiterlesen", "Lire la suite", "Подробнее", "Читати далі", "Läs också", "اقرأ أيضًا", "مواضيع ذات صلة", "Leggi anche",
        "Baca juga", "Xem thêm", "यह भी पढ़ें", "یہ بھی پڑھیں", "延伸閱讀", "Olvasd el ezt is", "Lexo edhe", "Loe ka", "Up next",
    ],
)  # fmt: skip
def test_a_pointer_to_another_article_goes_in_other_languages_too(label: str):
    around = "The talks went on by the lake. Nobody left the table before midnight."
    for pointer in (f"{label}: Storm closes the road", f"{label}:\nStorm closes the road"):
        assert read_article(f"{around}\n\n{pointer}\n\n{around}").text == f"{around}\n{around}"
    sentence = f"{label} was all that the note said, and she put it away."
    assert sentence in read_article(f"{around}\n\n{sentence}\n\n{around}").text


def test_a_heading_after_a_lone_read_more_is_kept_and_a_promised_link_is_not():
    body = "The ferry waits. It rains.\n\n{}\n\nWhat the crew says\n\nThe crew says little. It is paid by the day.\n"
    for lone in (
        "Read more",
        "Read also",
        "See also",
        "Keep reading",
        "Read the full story",
        "Weiterlesen",
        "Lees meer",
        "Read more...",
        "Read full story",
        "Read more here",
        "Read more on this topic",
        "Mehr dazu",
    ):
        assert texts(read_article(body.format(lone)))[1:4] == [
            "It rains.",
            "What the crew says",
            "The crew says little.",
        ]
    assert "What the crew says" not in texts(read_article(body.format("Related article:")))
    heads = read_article(body.format("Related articles\n\n#").replace("#\n\n", "## "), form="markdown").sections
    assert heads[-1].title == "What the crew says"
    for label in (
        "ALSO READ |", "Read more about this topic", "Read on", "[READ MORE: Storm ahead]", "(Read more)", "» Read more", "READ: Storm",
        "Read our explainer: Storm ahead", "Read more about the storm",
    ):  # fmt: skip
        assert label not in texts(read_article(body.format(label)))


# Sentences


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "It began in March.1",
            "It broke down.[2]",
            "They tried again.³",
            "Nobody came.[note 3]",
            "He left.*",
            "End.†",
        ],
        ["She left. [12]", "He stayed.[cf. 3]", "They met.[1]:23", "Then it rained.(2)", "Done."],
        ["Prices rose 3.5 The rest fell."],
        [
            "It was signed in 1998.2",
            "It held.",
            "It cost 1998.2 million.",
            "He paid 2014.5 US dollars.",
            "In 3.2 It says so.",
        ],
        ["It fell in 2014.12", "Nobody came.", "An index of 12014.5 The rest fell.", "It is 1998.25 Million."],
        ["MR. LUND: We are close.", "DR. KAYA AND GEN. ORR AGREE.", "SEN. COLE DOES NOT."],
        ["Płk. Nowak przyszedł.", "El Sr. Gil y la Sra. Paz salieron.", "Проф. Лунд и ген. Орр согласны."],
        ["Er kam am 3. Mai.", "„Wir warten.“", "Dann ging er.", "»Nie«, sagte er.", "‚Doch.‘", "Sie schwieg."],
        ["Elle attend.", "« Nous voulons la paix. »", "« Partez ! » dit-il.", "Fin."],
        [
            "They paid.",
            "€210bn lie there.",
            "$5 went.",
            "£20 stayed.",
            "₴300 came.",
            "¥9 left.",
            "#Peace began.",
            "• One.",
        ],
        ["جنگ بندی ہوئی۔", "فریق ملیں گے۔", "امن قریب ہے۔"],
        ["वार्ता हुई।", "वे मिले॥", "अंत।"],
        ["ሰላም ነው።", "ማንም አልመጣም።"],
        ["Ավարտվեց։", "Հանդիպեցին։"],
        ["See vol. 2 and No. 5.", "It is old."],
        ["The army left.1,2", "The river rose.3–5", "She denied it.'2", "Nobody came."],
        ["AMB. KAYA and SEC. MOSS met.", "It was fined by the SEC.", "The bank paid."],
        ["It trended.", "@envoy wrote.", "№ 5 was signed.", "#peace it was."],
        ["Am 2. Tag regnete es.", "Der 3. Weltkrieg blieb aus.", "Am Ende waren es 2.", "Und dann?"],
        ["Было и т. д.", "Конец.", "Хлеб, соль и т.п.", "Всё."],
        ["Pan inż. Lis przyszedł.", "Con EE. UU. no hubo acuerdo.", "Fin."],
        ["They met.", "🕊️ Peace came.", "👩‍👩‍👧 Families wept."],
        ["Ήρθαν όλοι;", "Κανείς δεν μίλησε.", "Τέλος."],
        ["គេនិយាយ។", "ទាំងពីរមក។"],
        ["It was J. A. Holt who came.", "A. I. Orr stayed.", "He lives in the U.S.", "I don't."],
        ["The Rt. Hon. Ann Lowe spoke.", "FMR. PRES. LUND agreed.", "Lt.-Gen. Orr did not.", "Ed. Holt met Sec. Ray."],
        ["See para. 3.", "Ft. Rowe is old.", "Bp. Moro prayed.", "Peace came.[12]:34–35", "He said no.", "War came."],
        ["(a) Guns are silent.", "(b) Prisoners go home.", "(ii) Rivers open."],
        [
            "Das kostet 5 Mio. Euro.",
            "Siehe Ziff. 4.",
            "Es war 2014 in der D.D.R.",
            "Die Mauer fiel.",
            "Er kam am 3.",
            "Danach nie.",
        ],
        ["L’art. 5 est clair.", "Voir l'art. 12, al. 3.", "Il dit que M. Le Pen a perdu.", "La pág. 5 lo dice."],
        ["L'On. Verdi ha parlato.", "On. Neri ha taciuto.", "Secondo l'on. Bruni è tardi.", "Carry on.", "He did."],
        ["Ст. 5 ясна.", "См. стр. 12.", "Это было в 2014 г.", "Он уехал.", "В 2015 г. Киев ответил."],
        ["Col. (ret.) Holt came.", "Pfc. Day stayed.", "Cf. Wm. Orr.", "He won (at last).", "Nobody cared."],
        [
            "Der sog. Frieden hielt.",
            "Ca. 5 kamen.",
            "Vgl. Nr. 3.",
            "‹ Non. ›",
            "Il est env. 5 h. du soir.",
            "Elle part.",
        ],
        ["D. Juan y Dña. Ana salieron.", "Ul. Lipowa jest tu.", "Dl. Popa nu.", "Η κα. Νίκου όχι.", "M.in. Praga."],
        ["It broke.[3], [4]", "They fled.[5]–[7]", "So did I.", "AMB. KAYA: Neither did I.", "Kyiv knew."],
        ["“Who are you?” Mr. Lund asked.", "“Nobody!” Col. J. Orr shouted.", "“Then go!”", "He left."],
        ["Yahoo! News said so.", "She works for Yahoo!", "He does not.", "Glory to the lake!", "Glory to the reeds!"],
        [
            "Il est venu à 15 h.",
            "Mme. Lund est partie.",
            "Bkz. Madde 5.",
            "Il sen. Verdi tace.",
            "Norge, f.eks. Oslo, kom kl. 9.",
        ],
        ["Их было ок. 300.", "O godz. 15.30 zaczęli.", "მხარეები შეთანხმდნენ.", "„ველოდებით.“", "ვინ იცის?"],
        ["They broke it.2", "They left (all of them).4", "It rose by 5%.3", "They gave up.4", "See no.6 She did."],
        ["SECY. LUND spoke.", "Am Montag sprach Dr. med. Lund.", "It broke.[12]:p. 4", "They fled.^1^", "It held."],
        ["Then MIN. HOLT spoke.", "RADM. ORR and COMM. KAYA did not.", "Card. Moro and Dir. Lund left."],
        ["MR. HOLT SPOKE AT THE U.N. ON MONDAY.", "JOHN ORR JR. LEFT THE U.S. AT 5 P.M. AND SLEPT.", "THEY STAYED."],
        ["THE LAKE TALKS BEGAN IN THE U.S.", "THE RIVER TALKS DID NOT."],
        [
            "They met from 9 a.m. Monday to 6 p.m. Lake Town time.",
            "The 7 p.m. Council vote was off.",
            "He left at 9:30 p.m.",
        ],
        ["Guards left at 6 p.m. EST.", "By 10:30 a.m. Delegates had gone.", "It is open 9 a.m. - 5 p.m. only."],
        [
            "They met at 6 p.m.",
            "Delegates left at 7 p.m.",
            "Nobody paid the Rs. 3520 or rs. 40．",
            "Vino el 3 ene. 2020 solo.",
        ],
        [
            "They met in 493 av. J.-C. et plus tard (e.g. Monday).",
            "She left the School of Art.",
            "Art. IX and Art. 5 hold.",
        ],
        [
            "Muzeum im. Lundów (ur. 1880) stoi tu.",
            "Це видно (мал. 285), див. «Озеро» (ісп. Lago).",
            "Он (род. 21 июня) ушёл.",
        ],
        [
            "Lund gick med.",
            "Holt satte sig.",
            "Det var 30 jan. 1968 hos Dr. med. Orr.",
            "Zij ging mee.",
            ",,Wij blijven,'' zei hij.",
        ],
        ["Η τροπολογία αριθ. 3 και η αρ. 4 (βλ. Λίμνη).", "The town (pop. 256,000) is shut."],
        ["ATTY. GEN. HOLT: Yes.", "Approx. 300 came.", "It was no “freeze”.2", "(¥8.)", "`Yes.'", "‘No.’"],
        [
            "He came at 9 a.m.",
            "Mr. Lund left at 10 p.m.",
            "Dr. Orr stayed.",
            "MM. Roy et Paul, e.g. Mr. Roy, partent.",
            "Św. Jan.",
        ],
        ["DIR. ORR: So be it.", "Gral. Gil y Cnel. Paz salieron.", "Le gén. Roy parle.", "Це бл. 300.", "Het is laat."],
        [
            "Prices rose.",
            "+3 per cent it was.",
            "~40 died.",
            "§ 3 applies.",
            "…And then?",
            "”Aldrig.”",
            "’Nej.’",
            "De gik.",
        ],
        [
            "Np. Polska pomogła.",
            "W 2014 r. Kijów odmówił.",
            "Viz str. 5.",
            "Např. Polsko pomohlo.",
            "Av. Kaya konuştu.",
        ],
        ["It held.⁽¹⁾", "It broke.(2, 3)", "They tried.^1", "Nobody came.^[2]", "It rained."],
        ["It held.¹⁻³", "It broke. ⁴ ⁵", "They tried.1)", "Nobody came.²)", "It rained."],
        ["היא הלכה.", "״כן.״", "סוף."],
        ["It is late.", "- Why?", "- Because.", "...No.", "End."],
        ["SR. LÓPEZ waits.", "DR. MED. HOLT and ENS. FOX sail.", "LDR. KAYA stays.", "MONS. RUIZ prays."],
        ["He asked: “Why?”", "She said: “Because.”", "“Who?” I asked.", "It is late."],
        ["They pay.", "€ 210 bn lie here.", "→ Then they leave.", "*Nobody* objects.", "_All_ agree."],
        ["Ավարտվեց:", "Հանդիպեցին:", "Ժամը 12:30 էր:", "Կնքեցին:"],
        ["She writes to Ann.Holt@lake.example and reads Draft.Two.pdf at night.", "Nobody answers."],
        [
            "Firmaet Lund & Co. tabte.",
            "Han bor i E.U.",
            "Det er sent.",
            "J. Han kom til Skt. Olav.",
            "Vejen er 5 ft. 6 in. bred.",
        ],
        [
            "At 5 a.m. Mr. Lund went.",
            "He left at 6 P.M.",
            "Mr. Orr stayed.",
            "It was built in 312 B.C.",
            "Strangers burned it later.",
            "In 31 B.C. Antony lost.",
        ],
        ["He wrote that “peace is dear.” (Lund 2014, p. 5).", "“War is dear.”", "(He smiled.)", "It was n° 5."],
        ["• 9. Guns are silent.", "• 10. Prisoners go home."],
        ["ii. Rivers open.", "IV. Terms hold."],
        ["He lives on Main St.", "It is quiet by St. John.", "(Yes.)", "No!", "a) We eat (est. 1920).", "b) We talk."],
        [
            "Ми на вул. Зелена.",
            "Див. стор. 15.",
            "Це було в 2010–2012 гг.",
            "Він бачив пл. Миру.",
            "Ο Δρ. Νίκου ήρθε.",
        ],
        ["They were tired.", "...and then it rained.", "He said `no.`", "She left."],
    ],
)
def test_each_sentence_stands_alone(sentences: list[str]):
    assert split(" ".join(sentences)) == sentences


def test_a_chinese_stop_needs_no_space_and_keeps_its_note():
    assert split("停战了。[1]双方见面。“好！”") == ["停战了。[1]", "双方见面。", "“好！”"]
    assert split("我们看《来吧！朋友》好吗？好。") == ["我们看《来吧！朋友》好吗？", "好。"]
    assert split("他五月三日抵达。3.5%的人同意。") == ["他五月三日抵达。", "3.5%的人同意。"]
    assert split("他走了……双方沉默。她说……我们等。") == ["他走了……", "双方沉默。", "她说……我们等。"]


def test_what_a_japanese_sentence_quotes_does_not_end_it():
    assert split("彼は「平和だ。」と言った。「そうか。」終わり。") == [
        "彼は「平和だ。」と言った。",
        "「そうか。」",
        "終わり。",
    ]


def test_a_file_of_numbers_alone_is_gone_through_a_few_times_and_not_once_a_number():
    class Counted(list):
        seen = 0

        def __getitem__(self, at):
            found = super().__getitem__(at)
            Counted.seen += len(found) if isinstance(at, slice) else 1
            return found

    fixed_width._running(Counted(["1", ""] * 2_000), set())

    assert Counted.seen < 5 * 4_000


_HARBOUR = [
    "The ferry crews of both hamlets met the harbour master on Monday to speak about the night crossing.",
    "He laid a draft of three pages on the table. Nobody signed it, and nobody tore it up.",
    "A lantern was broken near the quay on Sunday, and each crew says that the other threw the stone.",
    "The crews will count their oars on Friday. A clerk from the valley will write the lists.",
    "Few believe that the quiet will hold. The last one ended within a week, and nobody stood between the boats.",
    "They meet again in the same barn when the ice has gone.",
]


def _harbour_page(*parts):
    named = "<title>Crews speak about the crossing</title><h1>Crews speak about the crossing</h1>"
    return f"<!doctype html>{named}" + "".join(parts)


def _paragraphs(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "name", ["teaser-content", "share", "related", "promo", "newsletter", "banner", "sidebar", "story-footer"]
)
def test_a_box_in_which_the_text_goes_on_is_kept_whatever_its_class_is_called(tmp_path, name):
    box = f'<div class="{name}">{_paragraphs(_HARBOUR[2:])}</div>'
    page = _harbour_page("<article>", _paragraphs(_HARBOUR[:2]), box, "</article>")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    assert kit.load_articles(tmp_path / "page.html")[0].text.split("\n")[1:] == _HARBOUR


@pytest.mark.parametrize("name", ["comments", "comment-body"])
def test_a_text_is_kept_that_the_page_calls_comments_if_there_is_no_other(tmp_path, name):
    page = _harbour_page(
        f'<div class="{name}">{_paragraphs(_HARBOUR)}</div>', "<footer><p>The Barn Post. 2026.</p></footer>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    assert kit.load_articles(tmp_path / "page.html")[0].text.split("\n")[1:] == _HARBOUR


@pytest.mark.parametrize(
    "between",
    [
        '<p>Read more</p><p><a href="/eel">Eel traps are dear this spring</a></p>',
        '<p>Read more<br><a href="/eel">Eel traps are dear this spring</a></p>',
        '<article class="card"><h3><a href="/eel">Eel traps are dear this spring</a></h3><p>Weavers ask twice as much. Reed is rare.</p></article>',
    ],
)
def test_what_leads_to_another_page_amid_the_text_is_left_out(tmp_path, between):
    page = _harbour_page("<article>", _paragraphs(_HARBOUR[:3]), between, _paragraphs(_HARBOUR[3:]), "</article>")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (article,) = kit.load_articles(tmp_path / "page.html")

    assert article.text.split("\n")[1:] == _HARBOUR


def test_a_heading_that_is_a_link_to_itself_stays_behind_a_lone_read_more(tmp_path):
    heading = '<p>Read more</p><h2><a href="#ice">When the ice has gone</a></h2>'
    page = _harbour_page("<article>", _paragraphs(_HARBOUR[:3]), heading, _paragraphs(_HARBOUR[3:]), "</article>")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (article,) = kit.load_articles(tmp_path / "page.html")

    assert article.text.split("\n")[1:] == [*_HARBOUR[:3], "When the ice has gone", *_HARBOUR[3:]]
