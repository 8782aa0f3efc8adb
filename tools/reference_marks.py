"""Write ``marks.csv`` of the bundled cases, and the tables of ``docs/coding/README.md``, from how readers coded the articles.

``docs/coding/CASE.csv`` is the source: a row for each code of a sentence, with the words that the first coder, the second
coder and the settled coding mark for it (empty: not coded), and a reason where one was needed. ``marks.csv`` is what
separates the rules from the settled coding, so run this (``make marks``) after each change of a codebook, of the rules, or
of the coding. ``--check`` writes nothing and says what is out of step.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest
from pathlib import Path

import pandas as pd

from kit.case import Case, load_case
from kit.errors import KitError
from kit.marks.corrections import COLUMNS, Correction, Texts
from kit.marks.mark_files import csv_text, unguard_cells
from kit.marks.rules import annotate
from kit.models.agreement import krippendorff_alpha, percent_agreement
from kit.reading.data_files import read_csv
from kit.rows import rows_of

ROOT = Path(__file__).resolve().parent.parent
CODING = ROOT / "docs" / "coding"
PAGE = CODING / "README.md"
CASES = ("ukraine", "northern-ireland")
LEAD = "ukraine"  # both coders worked with its codes, and with the actors of each case
CODED = ("article", "sentence", "text", "code", "coder_1", "coder_2", "settled", "why")
BEGIN, END = "<!-- {}: written by `make marks` -->", "<!-- end of {} -->"


@dataclass(frozen=True)
class Coded:
    """One row: a code of a sentence, and the words by which each coding has it. ``sentence`` is its number in the article."""

    article: str
    sentence: int
    code: str
    coder_1: str
    coder_2: str
    settled: str
    why: str

    @property
    def key(self) -> tuple[str, int, str]:
        """The decision that was to be made: this code, in this sentence."""
        return self.article, self.sentence, self.code


@cache
def opened(name: str) -> Case:
    """Return a bundled case, read once."""
    return load_case(name)


def coding(case: Case, path: Path) -> list[Coded]:
    """Return the rows of a file of codings, each at its sentence of today.

    Raises
    ------
    KitError
        If the sentences of the articles are not, one for one, those that were coded (the first that differs is told), or if
        a code that was settled on is not in the codebook.
    """
    rows = [{name: unguard_cells(row[name]) for name in CODED} for row in read_csv(path, CODED).data]
    # In their order, whatever their numbers, so that a sentence can be put in without numbering the rest anew.
    read = [list(group) for _, group in groupby(rows, key=lambda row: (row["article"], row["sentence"]))]
    stand = [
        (article.id, number, sentence.text)
        for article in case.articles
        for number, sentence in enumerate(article.sentences)
    ]
    for group, place in zip_longest(read, stand):
        if not group or not place or (group[0]["article"], group[0]["text"]) != (place[0], place[2]):
            now, then = (place[2] if place else "nothing"), (group[0]["text"] if group else "nothing")
            what = f"where the articles have '{now}', the coding has '{then}'"
            raise KitError(
                what, where=path, remedy="Code the sentences that changed in this file, then run `make marks`."
            )
    found = [
        Coded(article, number, *(row[name] for name in CODED[3:]))
        for group, (article, number, _) in zip(read, stand, strict=True)
        for row in group
        if row["code"]
    ]
    unknown = sorted({row.code for row in found if row.settled} - set(case.codebook.codes))
    if unknown:
        what = f"the codebook has no code {unknown[0]}, which was settled on"
        raise KitError(what, where=path, remedy="Settle on codes that the codebook has, then run `make marks`.")
    return found


def corrections(case: Case, rows: Sequence[Coded]) -> list[Correction]:
    """Return what turns the marks of the rules into the settled coding, in the order of the articles.

    Where the rules give a sentence a code that was settled on, their own words stay.
    """
    marked = _marked(case)
    settled = {row.key: row for row in rows if row.settled}
    why = {row.key: row.why for row in rows}
    texts = Texts(case.articles)
    order = {article.id: number for number, article in enumerate(case.articles)}
    place = {code: number for number, code in enumerate(case.codebook.codes)}
    changed = sorted(marked ^ set(settled), key=lambda key: (order[key[0]], key[1], place.get(key[2], -1)))
    return [
        Correction(
            article,
            case.article(article).sentences[sentence].text,
            settled[article, sentence, code].settled if (article, sentence, code) in settled else "",
            texts.nth(article, sentence),
            code,
            "remove" if (article, sentence, code) in marked else "add",
            "settled",
            why.get((article, sentence, code)) or _reason(case, code, added=(article, sentence, code) in settled),
        )
        for article, sentence, code in changed
    ]


def _marked(case: Case) -> set[tuple[str, int, str]]:
    """Return the article, sentence and code of each mark that the rules alone make."""
    marks = annotate(case.articles, case.codebook)
    return set(marks[["article", "sentence", "code"]].itertuples(index=False, name=None))


def _reason(case: Case, code: str, *, added: bool) -> str:
    """Say why a sentence has a code, or has not, where the coders were of one mind and so gave no reason."""
    who = "Both readers" if _coders_had(code) else "The third reader"
    label = case.codebook.label(code)
    if code.startswith("actor:"):
        return f"{who}: these words name “{label}”." if added else f"{who}: no words here name “{label}”."
    return f"{who}: these words speak of “{label}”." if added else f"{who}: the sentence does not speak of “{label}”."


def _coders_had(code: str) -> bool:
    """Whether the two coders could choose a code: those of the lead case, and all actors."""
    return code.startswith("actor:") or code in opened(LEAD).codebook.codes


def agreement(case: Case, rows: Sequence[Coded]) -> pd.DataFrame:
    """Return how far the two coders agree: ``kind, codes, both, one, percent, alpha``, the last row over all kinds.

    For each code that at least one of them used, every sentence is a decision: coded or not. Percent and alpha (nominal)
    are taken code by code, then averaged over the codes of a kind. ``both`` counts the codes in sentences that both gave,
    ``one`` those that one of them alone gave.
    """
    sentences = [(article.id, number) for article in case.articles for number, _ in enumerate(article.sentences)]
    given = {row.key: (bool(row.coder_1), bool(row.coder_2)) for row in rows if row.coder_1 or row.coder_2}
    table = []
    for code in dict.fromkeys(code for *_, code in given):
        decisions = pd.DataFrame([given.get((*sentence, code), (False, False)) for sentence in sentences]).astype(float)
        both = int(decisions.all(axis=1).sum())
        one = int(decisions.any(axis=1).sum()) - both
        table.append((code.split(":")[0], both, one, percent_agreement(decisions), krippendorff_alpha(decisions)))
    order = {kind.name: number for number, kind in enumerate(case.codebook.kinds)}
    table.sort(key=lambda row: order[row[0]])
    each = pd.DataFrame(table, columns=["kind", "both", "one", "percent", "alpha"])
    return _by_kind(
        each,
        codes=("both", "size"),
        both=("both", "sum"),
        one=("one", "sum"),
        percent=("percent", "mean"),
        alpha=("alpha", "mean"),
    )


def rules_score(case: Case, rows: Sequence[Coded]) -> pd.DataFrame:
    """Return how far the rules alone agree with the settled coding: ``kind, settled, rules, same, f1``, last over all."""
    marked, settled = _marked(case), {row.key for row in rows if row.settled}
    counts = [Counter(code.split(":")[0] for *_, code in keys) for keys in (settled, marked, marked & settled)]
    kinds = [kind.name for kind in case.codebook.kinds]
    table = [(kind, *(count[kind] for count in counts)) for kind in kinds]
    total = ("all", *(sum(count.values()) for count in counts))
    scored = pd.DataFrame([*table, total], columns=["kind", "settled", "rules", "same"])
    return scored.assign(f1=2 * scored["same"] / (scored["settled"] + scored["rules"]))


def _by_kind(each: pd.DataFrame, **columns: tuple[str, str]) -> pd.DataFrame:
    """Return a table of codes summed up by kind, in the order given, and over all of them."""
    parts = [each.groupby("kind", sort=False).agg(**columns), each.assign(kind="all").groupby("kind").agg(**columns)]
    return pd.concat(parts).reset_index()


def counted(case: Case, rows: Sequence[Coded]) -> dict[str, int]:
    """Return what the page counts: sentences, differences, those of them kept, and what the third reader decided alone."""
    differ = [row for row in rows if bool(row.coder_1) != bool(row.coder_2)]
    return {
        "sentences": sum(len(article.sentences) for article in case.articles),
        "settled": sum(bool(row.settled) for row in rows),
        "differences": len(differ),
        "kept": sum(bool(row.settled) for row in differ),
        "taken out": sum(bool(row.coder_1 and row.coder_2) and not row.settled for row in rows),
        "added": sum(bool(row.settled) and not (row.coder_1 or row.coder_2) for row in rows),
    }


def page(text: str) -> str:
    """Return the page with its tables written anew."""
    for name in CASES:
        case = opened(name)
        rows = coding(case, CODING / f"{name}.csv")
        labels = {kind.name: kind.label for kind in case.codebook.kinds} | {"all": "All"}
        for part, lines in (("agreement", _agreement_lines), ("rules", _rules_lines)):
            begin, end = (mark.format(f"{part} {name}") for mark in (BEGIN, END))
            head, _, rest = text.partition(begin)
            text = f"{head}{begin}\n\n" + "\n".join(lines(case, rows, labels)) + f"\n\n{end}{rest.partition(end)[2]}"
    return text


def _agreement_lines(case: Case, rows: Sequence[Coded], labels: dict[str, str]) -> Iterator[str]:
    told = counted(case, rows)
    yield (
        f"{told['sentences']} sentences. Of the codes that at least one coder gave to a sentence, {told['differences']} were"
        f" given by one coder alone. The settled coding keeps {told['kept']} of these, leaves out {told['taken out']} codes that"
        f" both had given and adds {told['added']} that neither had. It has {told['settled']} codes."
    )
    yield ""
    yield "| kind | codes used | given by both | by one alone | percent agreement | Krippendorff's alpha |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for row in rows_of(agreement(case, rows)):
        yield f"| {labels[row.kind]} | {row.codes} | {row.both} | {row.one} | {row.percent:.2%} | {_decimal(row.alpha)} |"


def _rules_lines(case: Case, rows: Sequence[Coded], labels: dict[str, str]) -> Iterator[str]:
    yield "| kind | settled codes | codes by rule | the same | F1 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for row in rows_of(rules_score(case, rows)):
        yield f"| {labels[row.kind]} | {row.settled} | {row.rules} | {row.same} | {_decimal(row.f1)} |"


def _decimal(number: float) -> str:
    return "none" if number != number else f"{number:.2f}"  # NaN is no number to show


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file that is derived, with what it should hold."""
    for name in CASES:
        case = opened(name)
        rows = corrections(case, coding(case, CODING / f"{name}.csv"))
        cells = ([getattr(row, column) for column in COLUMNS] for row in rows)
        yield case.path / "marks.csv", csv_text(COLUMNS, cells)
    yield PAGE, page(PAGE.read_text(encoding="utf-8"))


def out_of_step() -> list[Path]:
    """Return the derived files that do not hold what they should."""
    return [path for path, text in files() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files, or only say which are out of step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; say what is out of step")
    if parser.parse_args(argv).check:
        stale = out_of_step()
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of step: run `make marks`")
        return int(bool(stale))
    for path, text in files():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
