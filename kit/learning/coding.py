"""Code it yourself: ten sentences, the codes a learner finds in each, and how far that agrees with others' coding.

The unit of comparison is the decision: does this code stand in this sentence, yes or no? Ten sentences and twelve codes
make a hundred and twenty, the whole codebook many more. A learner is compared with the *reference*, the marks of the
case: what the rules find and readers have corrected. Choices are kept under ``"00/coding/<article>:<digest>"``, each a
list of codes; an empty list is a decision, a missing one is not. The digest is that of the sentence's text, so that a
sentence put in above moves no choice to another one; older portfolios have the sentence's number in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from kit.articles import Sentence
from kit.case import Case
from kit.grammar import count_of
from kit.learning.document import Document, fit_name
from kit.learning.portfolio import CasePortfolio, load_document, portfolio, values_of_case
from kit.learning.save_cue import SaveCue
from kit.models import agreement
from kit.screen import html
from kit.screen.controls import button, chip, note, row
from kit.screen.guarded import Guarded
from kit.screen.live_region import Live
from kit.screen.still_text import Still

PREFIX = "00/coding/"
YOU, REFERENCE = "you", "reference"
COUNT = 10
CORE = 12  # codes to begin with
# A convention (Landis and Koch 1977): up to each value, a word.
_KAPPA_BANDS = (
    (0.0, "no more than chance would give"),
    (0.2, "slight"),
    (0.4, "fair"),
    (0.6, "moderate"),
    (0.8, "substantial"),
)
# Krippendorff's own advice for drawing conclusions from coded texts: from each value on, what they allow.
_ALPHA_BANDS = (
    (0.8, "Enough to draw conclusions, by Krippendorff's advice (0.8 and more)."),
    (0.667, "Enough for tentative conclusions only, by Krippendorff's advice (0.667 to 0.8)."),
    (
        -1.0,
        "Too little to draw conclusions, by Krippendorff's advice (below 0.667): the codes are understood differently.",
    ),
)

# --- tables


def coding_sentences(case: Case, count: int = COUNT) -> pd.DataFrame:
    """Return the sentences to code: ``article, section, sentence, text, key``, in reading order.

    They are those that ``coding`` in ``case.yaml`` lists (``article``, ``quote``); without it, sentences of two or
    three codes, taken in turn from the articles so that as many different codes as possible occur. The same each time.
    """
    table = case.sentences.assign(key=_keys(case.sentences))
    listed = case.meta.get("coding")
    if isinstance(listed, list) and listed:
        places = [case.locate(each["article"], each["quote"]) for each in listed[:count]]
        chosen = [f"{place['article']}:{place['sentence']}" for place in places]
    else:
        chosen = _varied(case, table, count)
    columns = ["article", "section", "sentence", "text", "key"]
    return table.loc[table["key"].isin(chosen), columns].reset_index(drop=True)


def _keys(table: pd.DataFrame) -> pd.Series[str]:
    return table["article"] + ":" + table["sentence"].astype(str)


@lru_cache(maxsize=8)  # a case does not change
def kept_keys(case: Case) -> dict[str, str]:
    """Return by each sentence's key the one under which choices are kept: its article and a digest of its text."""
    met: Counter[tuple[str, str]] = Counter()
    kept = {}
    table = case.sentences
    for key, article, text in zip(_keys(table), table["article"], table["text"], strict=True):
        told_apart = f"{text}\n{met[article, text]}"  # a text that stands twice in an article
        met[article, text] += 1
        # Twelve figures tell an article's sentences apart, and a key stays short.
        kept[key] = fit_name(f"{article}:{sha256(told_apart.encode()).hexdigest()[:12]}")
    return kept


def texts_of_kept(entries: Iterable[str], case: Case) -> dict[str, str]:
    """Return the sentence that was coded under each of a portfolio's keys, or that the article has it no longer."""
    texts = dict(zip(_keys(case.sentences), case.sentences["text"], strict=True))
    texts |= {kept: texts[key] for key, kept in kept_keys(case).items()}
    gone = "A sentence that is no longer in this article"
    return {key: texts.get(key.removeprefix(PREFIX), gone) for key in entries if key.startswith(PREFIX)}


def _varied(case: Case, table: pd.DataFrame, count: int) -> list[str]:
    """Return keys of sentences, in turn from each article the one that brings most codes not yet met."""
    codes = codes_by_sentence(case)
    left = {
        key: article
        for key, article, text in zip(table["key"], table["article"], table["text"], strict=True)
        if _is_handy(text) and 2 <= len(codes.get(key, ())) <= 3  # one gives nothing to weigh, four take too long
    }
    met: set[str] = set()
    chosen: list[str] = []
    articles = [article.id for article in case.articles]
    # So many turns, and not as many as sentences: one article may have to give them all.
    for turn in range(count * len(articles)):
        here = sorted((key for key in left if left[key] == articles[turn % len(articles)]), key=_chance)
        if here and len(chosen) < count:
            best = max(here, key=lambda key: len(codes[key] - met))
            chosen.append(best)
            met |= codes[best]
            del left[best]
    return chosen


def _is_handy(text: str) -> bool:
    """Return whether a text is a whole sentence, no heading, of a length that is read at a glance."""
    return 60 <= len(text) <= 320 and text.rstrip("\"'”’»)").endswith((".", "!", "?"))


def _chance(key: str) -> str:
    """Return what puts sentences into an order by chance that is the same each time."""
    return sha256(key.encode()).hexdigest()


def codes_by_sentence(case: Case) -> dict[str, set[str]]:
    """Return the codes of the reference by the key of their sentence; sentences without any are absent."""
    return {str(key): set(codes) for key, codes in case.marks["code"].groupby(_keys(case.marks))}


def codings_in(entries: Mapping[str, Any], case: Case) -> dict[str, list[str]]:
    """Return what a portfolio's entries hold of coding: codes of the codebook by a sentence's key.

    What belongs to a sentence that its article no longer has stays under the key that it was kept under.
    """
    known = case.codebook.codes
    today = {kept: key for key, kept in kept_keys(case).items()}
    found: dict[str, list[str]] = {}
    for name, value in entries.items():
        if name.startswith(PREFIX) and isinstance(value, list):
            key = name.removeprefix(PREFIX)
            codes = [code for code in value if isinstance(code, str) and code in known]
            if key in today:
                found[today[key]] = codes
            else:  # an older portfolio's number, unless the sentence was coded again since
                found.setdefault(key, codes)
    return found


def core_codes(case: Case) -> list[str]:
    """Return the codes to begin with, in the codebook's order: those that occur most in the sentences to code.

    Where these have fewer, the commonest of the whole case follow.
    """
    found = codes_by_sentence(case)
    here = Counter(code for key in coding_sentences(case)["key"] for code in found.get(key, ()))
    everywhere = Counter(code for codes in found.values() for code in codes)
    listed = list(case.codebook.codes)
    ranked = sorted(listed, key=lambda code: (-here[code], -everywhere[code], listed.index(code)))
    return [code for code in listed if code in ranked[:CORE]]


def decisions(
    case: Case, coders: Mapping[str, Mapping[str, Iterable[str]]], codes: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return every decision: a row a sentence and code, a column a coder, 1 or 0, NaN where a sentence was not coded.

    Parameters
    ----------
    coders : dict
        By a coder's name the codes by a sentence's key. The reference is added as the first column.
    codes : iterable of str, optional
        About which codes; about all of the codebook if none are given.

    Returns
    -------
    DataFrame
        Indexed by (key of the sentence, code); sentences that none of the coders coded are left out.
    """
    found = codes_by_sentence(case)
    book = {key: found.get(key, set()) for key in coding_sentences(case)["key"]}
    keys = [key for key in book if any(key in coding for coding in coders.values())]
    pairs = pd.MultiIndex.from_product(
        [keys, list(case.codebook.codes if codes is None else codes)], names=["sentence", "code"]
    )
    # Numbers, not True and False: only they have a NaN for a sentence that somebody has not coded.
    columns = {}
    for name, coding in {REFERENCE: book, **coders}.items():
        chosen = {key: set(codes) for key, codes in coding.items()}
        columns[name] = [float(code in chosen[key]) if key in chosen else float("nan") for key, code in pairs]
    return pd.DataFrame(columns, index=pairs, dtype=float)


def agreement_table(table: pd.DataFrame, *, short: bool = False) -> pd.DataFrame:
    """Return ``measure, value, meaning`` of the agreement in a table of decisions; in short, percent agreement alone.

    Cohen's kappa (1960) stands there for two coders only; percent agreement and Krippendorff's alpha (2011) for any
    number. ``value`` is missing where a measure cannot be told, and ``meaning`` says why.
    """
    if table.empty or table.shape[1] < 2:
        return pd.DataFrame(columns=["measure", "value", "meaning"])
    why = agreement.why_undefined(table)
    share = agreement.percent_agreement(table)
    rows = [("percent agreement", share, _share_in_words(share))]
    if not short and table.shape[1] == 2:
        kappa = agreement.cohen_kappa(table.iloc[:, 0].tolist(), table.iloc[:, 1].tolist())
        rows.append(("Cohen's kappa", kappa, _kappa_in_words(kappa, why)))
    if not short:
        alpha = agreement.krippendorff_alpha(table)
        rows.append(("Krippendorff's alpha", alpha, _alpha_in_words(alpha, why)))
    return pd.DataFrame(rows, columns=["measure", "value", "meaning"])


def _share_in_words(share: float) -> str:
    if share != share:
        return "No decision was taken by two coders, so there is nothing to compare."
    return (
        f"Of 100 decisions, about {100 * share:.0f} were the same. Most decisions are an easy no, so this number "
        "is high even for people who agree on little."
    )


def _kappa_in_words(value: float, why: str) -> str:
    if value != value:
        return why
    word = next((word for top, word in _KAPPA_BANDS if value <= top), "almost complete")
    return f"After chance is taken off, the agreement is {word} (by a common convention; 1 is complete, 0 is chance)."


def _alpha_in_words(value: float, why: str) -> str:
    return why if value != value else next(said for low, said in _ALPHA_BANDS if value >= low)


def dividing_sentences(case: Case, table: pd.DataFrame) -> pd.DataFrame:
    """Return ``key, text, divided, codes``: the sentences of a table of decisions, those that divide coders most first.

    ``divided`` is the number of codes on which they do not all agree, ``codes`` names these with who chose them.
    """
    texts = dict(zip(*(coding_sentences(case)[name] for name in ("key", "text")), strict=True))
    divided = table[table.nunique(axis=1) > 1]
    said: dict[str, list[str]] = {str(key): [] for key in table.index.unique("sentence")}
    for (key, code), choices in zip(divided.index, divided.to_numpy(), strict=True):
        names = [str(name) for name, value in zip(table.columns, choices, strict=True) if value == 1]
        said[key].append(f"{case.codebook.label(code)} ({', '.join(names)})")
    rows = [(key, texts[key], len(codes), codes) for key, codes in said.items()]
    made = pd.DataFrame(rows, columns=["key", "text", "divided", "codes"])
    return made.sort_values("divided", ascending=False, kind="stable").reset_index(drop=True)


def coder(source: Any, case: Case, number: int) -> tuple[str, dict[str, list[str]]]:
    """Return name and codings of another coder.

    Parameters
    ----------
    source : CasePortfolio, Document, path, or dict
        A portfolio, its file, or entries such as a slip carries.
    number : int
        Of those without a pseudonym: which.

    Raises
    ------
    PortfolioError
        If a file cannot be read.
    """
    name, entries = "", source
    if isinstance(source, CasePortfolio):
        name, entries = source.file.pseudonym, source.entries(PREFIX)
    elif hasattr(source, "answers"):  # what `kit.learning.slip.read_slips` gives
        name, entries = source.pseudonym, source.answers
    elif isinstance(source, Document | str | Path):
        document = source if isinstance(source, Document) else load_document(source)
        name, entries = document.pseudonym, values_of_case(document, case.name, PREFIX)
    return name or f"coder {number}", codings_in(entries, case)


# --- the task


class CodingTask(Guarded, Still, ipywidgets.VBox):
    """Ten sentences, one at a time, and the codes to choose from: a few at first, all of the codebook on request.

    Attributes
    ----------
    sentences : DataFrame
        The sentences to code.
    place : int
        Which is on screen, from 0.
    """

    aim = "code them"

    def __init__(self, case: Case) -> None:
        self.case, self.store, self.place = case, portfolio(case), 0
        self.sentences = coding_sentences(case)
        self.core = core_codes(case)
        self.what_it_is = f"{len(self.sentences)} sentences, and {len(self.core)} codes to choose from."
        self.text = Live()
        self.find = ipywidgets.Text(description="Find a code", placeholder="part of its name or definition")
        self.find.observe(self._filter, "value")
        self.boxes = {code: _box(case, code) for code in case.codebook.codes}
        for box in self.boxes.values():
            box.observe(self._chosen, "value")
        self.tabs = ipywidgets.Tab([self._page(kind) for kind in case.codebook.kinds])
        self.tabs.add_class("parley-kinds")
        more = len(self.boxes) > len(self.core)
        label = f"More: all {len(self.boxes)} codes, and more measures of agreement"
        self.all_codes = ipywidgets.Checkbox(description=label, indent=False, value=not more)
        self.all_codes.layout.display = "" if more else "none"
        self.all_codes.observe(self._filter, "value")
        self.result = Live()
        self.back = button("Back", lambda: self.go(self.place - 1))
        self.next = button("Keep and go on", self.keep_and_go_on, "primary")
        self.compare_button = button("Compare with the readers", self.compare)
        buttons = row(self.back, self.next, self.compare_button)
        super().__init__(
            [self.text, self.all_codes, self.find, self.tabs, buttons, self.result, SaveCue(self.store, PREFIX)]
        )
        self.add_class("parley-work")
        self.go(0)
        self._filter(None)
        self._allow_comparing()
        self._tell_of_gone()
        self.store.on_change(lambda _key: self._allow_comparing())

    def _allow_comparing(self) -> None:
        self.compare_button.disabled = not set(self.codings) & set(self.sentences["key"])

    def _tell_of_gone(self) -> None:
        gone = len(set(self.codings) - set(kept_keys(self.case)))
        if gone:
            said = f"No longer in its article: {count_of(gone, 'sentence')} that you coded. Your codes stay in My work."
            self.result.say(said)

    @property
    def codes(self) -> Sequence[str]:
        """The codes that are asked for: twelve, or all."""
        return list(self.boxes) if self.all_codes.value else self.core

    def _page(self, kind: Any) -> ipywidgets.Box:
        page = ipywidgets.Box([box for code, box in self.boxes.items() if code.startswith(f"{kind.name}:")])
        page.add_class("parley-codes")
        page.add_class("parley-input")
        return page

    @property
    def codings(self) -> dict[str, list[str]]:
        """The learner's codes by a sentence's key; a sentence without a decision is absent."""
        return codings_in(self.store.entries(PREFIX), self.case)

    @property
    def table(self) -> pd.DataFrame:
        """Every decision of the learner and of the reference."""
        return decisions(self.case, {YOU: self.codings}, codes=self.codes)

    def go(self, place: int) -> None:
        """Show a sentence, counted from 0."""
        if self.sentences.empty:
            self.text.say("This case has no sentences to code yet.")
            return
        self.place = max(0, min(place, len(self.sentences) - 1))
        row = self.sentences.iloc[self.place]
        self._tick(self.codings.get(row["key"], []))
        self.text.html = _sentence(self.case, row, self.place, len(self.sentences))
        self.back.disabled = self.place == 0
        self.next.description = "Keep and go on" if self.place < len(self.sentences) - 1 else "Keep"
        self._titles()

    def choose(self, *codes: str) -> None:
        """Choose these codes and no others for the sentence on screen."""
        self._tick(codes)
        self._keep()
        self._titles()

    def _tick(self, codes: Iterable[str]) -> None:
        with self.echoing():
            for code, box in self.boxes.items():
                box.value = code in codes

    def keep_and_go_on(self) -> None:
        """Keep the choice, be it of no code at all, and show the next sentence."""
        self._keep()
        left = len(self.sentences) - len(set(self.codings) & set(self.sentences["key"]))
        self.result.say(f"{left} sentences are left." if left else "All are coded. Compare them now.")
        self.go(self.place + 1)

    def compare(self, others: Iterable[Any] = ()) -> pd.DataFrame:
        """Compare the learner's coding with the reference and with others' (see `coder`); return `agreement_table`."""
        coders: dict[str, Mapping[str, Iterable[str]]] = {YOU: self.codings}
        for number, source in enumerate(others, 1):
            name, coding = coder(source, self.case, number)
            # Two coders of one name would be one column of the table.
            coders[name if name not in {*coders, REFERENCE} else f"{name} ({number})"] = coding
        table = decisions(self.case, coders, codes=self.codes)
        measures = agreement_table(table, short=not self.all_codes.value)
        self.result.html = _comparison(self.case, table, measures)
        return measures

    def _chosen(self, _change: Any) -> None:
        if not self._echoing:
            self._keep()
            self._titles()

    def _keep(self) -> None:
        if not self.sentences.empty:
            key = PREFIX + kept_keys(self.case)[self.sentences.iloc[self.place]["key"]]
            self.store.save(key, [code for code, box in self.boxes.items() if box.value])

    def _titles(self) -> None:
        titles = []
        for kind in self.case.codebook.kinds:
            mine = [box for code, box in self.boxes.items() if code.startswith(f"{kind.name}:")]
            count = sum(box.value for box in mine)
            hidden = self.find.value.strip() and not any(box.layout.display != "none" for box in mine)
            titles.append(
                f"{kind.label} ({count} chosen)" if count else f"{kind.label} (none found)" if hidden else kind.label
            )
        self.tabs.titles = titles

    def _filter(self, _change: Any) -> None:
        wanted = self.find.value.strip().lower()
        first, asked = None, set(self.codes)
        for code, box in self.boxes.items():
            fits = wanted in f"{self.case.codebook.label(code)} {self.case.codebook.definition(code) or ''}".lower()
            fits = fits and code in asked
            box.layout.display = "" if fits else "none"
            first = first or (code if fits and wanted else None)
        if first:  # the tab of the first code found comes to the front
            names = [kind.name for kind in self.case.codebook.kinds]
            self.tabs.selected_index = names.index(first.partition(":")[0])
        self._titles()


_ABOUT_REFERENCE = (
    "The reference is what the rules of the codebook found and what the makers of this kit corrected when they read the "
    "articles. Where you differ from it, read the sentence again: you may be right."
)


def _box(case: Case, code: str) -> ipywidgets.Checkbox:
    """Return a box to tick, with the definition in its label: a tooltip is not for keyboards or fingers."""
    definition = case.codebook.definition(code)
    label = html.join(case.codebook.label(code), html.tag("span", f" {definition}") if definition else None)
    label = html.tag("span", label, class_=html.PLAIN)
    return ipywidgets.Checkbox(description=label, description_allow_html=True, indent=False)


def _sentence(case: Case, row: Any, place: int, count: int) -> html.Html:
    title = case.article(row["article"]).title or row["article"]
    return html.tag(
        "div",
        note(html.tag("strong", f"Sentence {place + 1} of {count}"), f" – {title}"),
        html.tag("p", row["text"], dir="auto", class_="parley-read"),
        note("Which codes fit this sentence? None is an answer too."),
        class_="parley-paper",
    )


def mark_spans(sentence: Sentence, marks: pd.DataFrame, name: str = "mark") -> html.Html:
    """Return a sentence's text with an element of that name around the words of each mark."""
    spans = sorted(set(zip(marks["start"] - sentence.start, marks["end"] - sentence.start, strict=True)))
    parts, place = [], 0
    for start, end in spans:
        if start >= place:  # of marks that overlap the first is drawn
            parts += [sentence.text[place:start], html.tag(name, sentence.text[start:end])]
            place = end
    return html.join(*parts, sentence.text[place:])


def _marked(case: Case, key: str) -> html.Html:
    """Return a sentence with the words on which the reference rests marked in it."""
    article, _, number = key.rpartition(":")
    marks = case.marks[(case.marks["article"] == article) & (case.marks["sentence"] == int(number))]
    return html.tag("p", mark_spans(case.article(article).sentences[int(number)], marks), dir="auto")


def _reasons(case: Case, key: str, text: str) -> list[html.Html]:
    """Return what readers wrote on why they changed the marks of a sentence."""
    article = key.rpartition(":")[0]
    said = {  # of each code once, though several words of the sentence bear it
        (each.code, each.why): None
        for each in case.corrections
        if each.why and each.article == article and each.quote == text and each.code in case.codebook.codes
    }
    return [note(f"Readers on {case.codebook.label(code)}: {why}") for code, why in said]


def _chips(case: Case, coder: str, codes: Iterable[str]) -> html.Html:
    found = [chip(case.codebook.label(code), code.partition(":")[0]) for code in codes]
    return html.tag("p", html.tag("strong", f"{coder[:1].upper()}{coder[1:]}: "), *(found or [html.escape("no code")]))


def _divided(case: Case, table: pd.DataFrame, key: str, text: str) -> html.Html:
    """Return a sentence with the codes that each coder chose, and what is known of the reasons."""
    rows = table.loc[key]
    codings = [
        _chips(case, str(name), rows.index[rows[name] == 1]) for name in table.columns if rows[name].notna().any()
    ]
    return html.tag("li", _marked(case, key), *codings, *_reasons(case, key, text))


def _comparison(case: Case, table: pd.DataFrame, measures: pd.DataFrame) -> html.Html:
    if measures.empty:
        return html.tag("p", "Nothing is coded yet.")
    coded = table.index.get_level_values("sentence").nunique()
    divided = dividing_sentences(case, table).query("divided > 0")
    items = [_divided(case, table, key, text) for key, text in zip(divided["key"], divided["text"], strict=True)]
    names = ", ".join(table.columns)
    return html.tag(
        "div",
        html.tag("h3", f"{count_of(coded, 'sentence')}, coded by: {names}"),
        html.table(measures.round({"value": 2}), "How far the coders agree"),
        note(_ABOUT_REFERENCE),
        html.tag("h3", "What divides you") if items else html.tag("p", "All coders agree on every code."),
        html.tag("ul", *items) if items else None,
        class_="parley-paper parley-coding",
    )
