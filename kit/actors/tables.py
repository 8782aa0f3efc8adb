"""Tables of unit 02: a case in, a DataFrame out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.case import EVIDENCE
from kit.codebook import Codebook, load_codebook
from kit.grammar import count_of, join_words
from kit.marks.rules import annotate
from kit.rows import as_mapping, records
from kit.screen.codes_by_place import with_shades
from kit.screen.explorer import key_of

if TYPE_CHECKING:
    from kit.case import Case


# --- names


def actor_note(case: Case, code: str) -> str:
    """Return what the case notes of an actor; an empty text if it says nothing."""
    described = case.meta["actors"].get(code)
    return described["note"] if described else ""


def issue_names(case: Case) -> dict[str, str]:
    """Return label by id for the issues of a case: those listed in ``case.yaml``, then those its positions add."""
    names = {each["id"]: each["label"] for each in case.meta["issues"]}
    for issue in case.positions["issue"]:
        names.setdefault(issue, issue.replace("-", " ").capitalize())
    return names


# --- the map

# A relation's word on the map, and what it means, said of the one from whom the arrow starts.
RELATIONS = {
    "fights": ("fights", "is at war with"),
    "supports": ("supports", "helps in some way"),
    "presses": ("presses", "puts pressure on, or makes demands of"),
    "mediates": ("mediates with", "goes between the sides, and talks with"),
    "hosts": ("offers a place to", "gives or offers a place for talks to"),
    "member-of": ("belongs to", "is part of"),
    "divides": ("is divided from", "is a rival of, or wants something else than"),
}


def relation_words(relation: str) -> str:
    """Return a relation in words."""
    return RELATIONS.get(relation, (relation.replace("-", " "), ""))[0]


def ties(case: Case) -> pd.DataFrame:
    """Return who stands in which relation to whom.

    Returns
    -------
    DataFrame
        ``key, source, target, relation, sentences, label``, a row a tie; ``sentences`` is how many of the articles' sentences
        the case rests it on, ``label`` says it in words. Relations in the kit's order, then by name.
    """
    names = case.actor_names
    found = case.relations.groupby(["source", "target", "relation"], sort=True).size().reset_index(name="sentences")
    rows = []
    for tie in records(found):
        source, target, relation = (tie[name] for name in ("source", "target", "relation"))
        # Names stand in the singular and in the plural ("Mediators"): no verb is put between them.
        label = f"{names[source]} → {names[target]}: {relation_words(relation)}"
        rows.append((key_of(source, relation, target), source, target, relation, int(tie["sentences"]), label))
    table = pd.DataFrame(rows, columns=["key", "source", "target", "relation", "sentences", "label"])
    return table.sort_values(["relation", "label"], key=_in_order, kind="stable", ignore_index=True)


def _in_order(column: pd.Series) -> pd.Series:
    places = {relation: f"{place:02d}" for place, relation in enumerate(RELATIONS)}
    return column.map(lambda value: places.get(value, value))


def relations_of(table: pd.DataFrame) -> dict[str, int]:
    """Return the number of ties by relation, in the kit's order."""
    counts = table["relation"].value_counts(sort=False)
    return {relation: int(counts[relation]) for relation in dict.fromkeys(table["relation"])}


def tie_evidence(case: Case, key: str) -> pd.DataFrame:
    """Return the sentences that a tie rests on, each with the place of the words quoted; none for an unknown key."""
    table = case.relations
    keys = table["source"] + "|" + table["relation"] + "|" + table["target"]
    return table.loc[keys == key, EVIDENCE].reset_index(drop=True)


def ties_of(table: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Return the ties that begin or end with an actor."""
    return table[(table["source"] == actor) | (table["target"] == actor)].reset_index(drop=True)


def ties_in_words(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the ties as a table to be read: from, relation, to, sentences."""
    read = {
        "from": table["source"].map(names),
        "relation": table["relation"].map(relation_words),
        "to": table["target"].map(names),
        "sentences": table["sentences"],
    }
    return pd.DataFrame(read)


def actor_evidence(case: Case, actor: str, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences behind an actor's ties, as far as they are shown, and behind its positions; each once."""
    behind = [tie_evidence(case, key) for key in ties_of(shown, actor)["key"]]
    found = pd.concat([*behind, position_evidence(position_table(case, actor))], ignore_index=True)
    found = found.sort_values(["article", "start"], kind="stable")
    return found.drop_duplicates(["article", "sentence", "quote"], ignore_index=True)


# --- voices

REACH = 7  # words between an actor and its verb
_LEXICON = Path(__file__).with_name("speech.yaml")
# Here another clause begins, whose verb belongs to somebody else.
_BREAK = re.compile(r"[;:.?!]|[,–—] (?:but|while|whereas|which|who)\b")
_WORD = re.compile(r"\w[\w'’-]*")
_POSSESSIVE = re.compile(r"^['’]s\b")
_Name = tuple[str, int, int]  # an actor, and where it is named
VOICES = ["article", "sentence", "actor", "start", "end", "speaks"]


@cache
def speech_codebook() -> Codebook:
    """Return the verbs of saying by which the kit guesses who speaks."""
    return load_codebook(_LEXICON)


@lru_cache(maxsize=8)  # a case does not change, and to look for verbs of saying in all its articles takes time
def voices(case: Case) -> pd.DataFrame:
    """Return who is named in which sentence, and whether it speaks there; worked out once for a case.

    A verb of saying is given to the actor named nearest before it in its sentence, at most `REACH` words away; "according
    to" to the actor named next. It is a rule of thumb: pronouns are missed, and an actor said to have been told something
    may be taken for the teller.

    Returns
    -------
    DataFrame
        ``article, sentence, actor, start, end, speaks``, a row for each actor of each sentence. ``start, end`` is where
        the actor is first named or, if it speaks, the stretch from its name to the verb.
    """
    marks = case.marks[case.marks["kind"] == "actor"]
    if marks.empty:  # pandas makes no columns of the parts of no texts
        return pd.DataFrame(columns=VOICES)
    named = marks.assign(actor=marks["code"].str.partition(":")[2])[["article", "sentence", "actor", "start", "end"]]
    first = named.drop_duplicates(["article", "sentence", "actor"])
    spoken = pd.DataFrame(_speakers(case, named), columns=VOICES[:-1]).drop_duplicates(["article", "sentence", "actor"])
    both = pd.concat([spoken.assign(speaks=True), first.assign(speaks=False)], ignore_index=True)
    both = both.drop_duplicates(["article", "sentence", "actor"])
    return both.sort_values(["article", "sentence", "start", "actor"], kind="stable", ignore_index=True)[VOICES]


def _speakers(case: Case, named: pd.DataFrame) -> list[tuple[str, int, str, int, int]]:
    verbs = annotate(case.articles, speech_codebook())
    groups: dict[tuple[str, int], list[_Name]] = {}
    for each in records(named):
        groups.setdefault((each["article"], each["sentence"]), []).append((each["actor"], each["start"], each["end"]))
    texts = {article.id: article.text for article in case.articles}
    rows = []
    for verb in records(verbs):
        place = (verb["article"], verb["sentence"])
        for actor, start, end in _speaker(groups.get(place, []), verb, texts[verb["article"]]):
            rows.append((*place, actor, min(start, verb["start"]), max(end, verb["end"])))
    return rows


def _speaker(named: Sequence[_Name], verb: Mapping[str, Any], text: str) -> list[_Name]:
    """Return the actors that a verb of saying belongs to, with where they are named: those of the nearest name."""
    begun, ended = verb["start"], verb["end"]
    if verb["code"] == "speech:source":
        # Two words, as in "according to the former president".
        after = [each for each in named if each[1] >= ended and _reaches(text[ended : each[1]], 2)]
        nearest = min((start for _, start, _ in after), default=None)
        return [each for each in after if each[1] == nearest]
    # "The demands of Russia" is nobody's voice: a verb that may be a noun counts straight after the name alone.
    reach = 0 if verb["code"] == "speech:also-noun" else REACH
    before = [each for each in named if each[2] <= begun and _reaches(text[each[2] : begun], reach)]
    nearest = max((end for _, _, end in before), default=None)
    return [each for each in before if each[2] == nearest]


def _reaches(between: str, most: int) -> bool:
    """Say whether a verb this far from a name may be its own."""
    return not _BREAK.search(between) and len(_WORD.findall(_POSSESSIVE.sub("", between) if most else between)) <= most


SCOPES = {"named": "Named at all", "speaks": "Speaks", "spoken-of": "Only spoken of"}


def voice_cells(case: Case, scope: str = "named", *, per_hundred: bool = False) -> pd.DataFrame:
    """Return in how many sentences of each article an actor is named, speaks, or is only spoken of.

    Parameters
    ----------
    scope : {"named", "speaks", "spoken-of"}
        What is counted.
    per_hundred : bool
        For each hundred sentences of the article, instead of sentences.

    Returns
    -------
    DataFrame
        As `kit.screen.codes_by_place.code_counts` returns it, with actors in place of codes: those named in most
        sentences first, then by name.
    """
    names = dict(zip(*(voice_summary(case)[column] for column in ("actor", "name")), strict=True))
    counts = _in_scope(voices(case), scope).groupby(["actor", "article"]).size().to_dict()
    rows = [
        (key_of(actor, article.id), actor, name, case.article_names[article.id], order,
         _counted(counts.get((actor, article.id), 0), len(article.sentences) if per_hundred else 0))
        for order, (actor, name) in enumerate(names.items())
        for article in case.articles
    ]  # fmt: skip
    cells = with_shades(pd.DataFrame(rows, columns=["key", "code", "name", "column", "order", "sentences"]))
    return cells.assign(label=cells["label"] + " in each hundred") if per_hundred else cells


def _counted(count: int, length: int) -> float:
    """Return a count, or how many that would be in a hundred sentences of a text of that length."""
    return round(100 * count / length, 1) if length else count


def _in_scope(found: pd.DataFrame, scope: str) -> pd.DataFrame:
    speaks = found["speaks"].astype(bool)
    return {"speaks": found[speaks], "spoken-of": found[~speaks]}.get(scope, found)


def voice_evidence(
    case: Case, actor: str | None = None, article: str | None = None, scope: str = "named"
) -> pd.DataFrame:
    """Return the sentences in which an actor is named, speaks or is only spoken of, with the words that say so."""
    found = voices(case)
    if actor:
        found = found[found["actor"] == actor]
    if article:
        found = found[found["article"] == article]
    return case.evidence_at(_in_scope(found, scope))


def voice_summary(case: Case) -> pd.DataFrame:
    """Return for each actor ``name, named, speaks, articles``: sentences that name it, in which it speaks, articles that name it."""
    found, names = voices(case), case.actor_names
    rows = []
    for actor, name in names.items():
        mine = found[found["actor"] == actor]
        rows.append((actor, name, len(mine), int(mine["speaks"].sum()), mine["article"].nunique()))
    table = pd.DataFrame(rows, columns=["actor", "name", "named", "speaks", "articles"])
    return table.sort_values(["named", "name"], ascending=[False, True], ignore_index=True)


def most_spoken_of(summary: pd.DataFrame) -> pd.Series | None:
    """Return the row of the actor named in most sentences among those that never speak; None if all speak or none is named."""
    silent = summary[(summary["named"] > 0) & (summary["speaks"] == 0)]
    return silent.iloc[0] if len(silent) else None


def missing_voices(summary: pd.DataFrame) -> list[str]:
    """Return in up to three sentences whom the articles never name, whom they never let speak, and who speaks most."""
    named = summary[summary["named"] > 0]
    absent, silent = summary[summary["named"] == 0], named[named["speaks"] == 0]
    said = []
    if len(absent):
        said.append(f"Never named: {join_words(absent['name'])}.")
    if len(silent):
        counted = (f"{name} ({count})" for name, count in zip(silent["name"], silent["named"], strict=True))
        said.append(f"Named, but never speaking: {join_words(counted)}. The number counts the sentences that name it.")
    heard = named[named["speaks"] > 0].sort_values(["speaks", "name"], ascending=[False, True])
    if len(heard):
        top = heard.iloc[0]
        said.append(
            f"Speaks most often: {top['name']}, in {top['speaks']} of the {top['named']} sentences that name it."
        )
    return said


# --- positions

OF_ARTICLES, OF_ITS_OWN = "as the articles tell it", "as it states it"
TOLD = {"": "All positions", OF_ARTICLES: "Told in the articles", OF_ITS_OWN: "Stated by the actor"}
MOST_WRITTEN = 1000


def position_table(case: Case, actor: str | None = None, issue: str | None = None) -> pd.DataFrame:
    """Return positions as stated.

    Returns
    -------
    DataFrame
        ``actor, name, issue, subject, stance, position, told`` (`OF_ARTICLES` or `OF_ITS_OWN`), ``source, date`` and the
        place of the sentence, if it stands in an article, as in `Case.evidence`. Those of the articles first, then by date.
    """
    names, issues, table = case.actor_names, issue_names(case), case.positions
    keep = pd.Series(True, index=table.index)
    for column, wanted in (("actor", actor), ("issue", issue)):
        keep &= table[column] == wanted if wanted else True
    chosen = table[keep]
    made = chosen.assign(
        name=chosen["actor"].map(names),
        subject=chosen["issue"].map(issues),
        told=[OF_ARTICLES if article else OF_ITS_OWN for article in chosen["article"]],
        source=chosen["article"].map(case.article_names).fillna(chosen["source_title"]),
        date=chosen["source_date"],
    )
    columns = ["actor", "name", "issue", "subject", "stance", "position", "told", "source", "date", *EVIDENCE]
    # "as it …" stands before "as the …" in the alphabet; the articles come first here.
    return made[columns].sort_values(["told", "date"], ascending=[False, True], kind="stable", ignore_index=True)


def position_evidence(positions: pd.DataFrame) -> pd.DataFrame:
    """Return the articles' sentences behind positions, in reading order."""
    found = positions.loc[positions["told"] == OF_ARTICLES, EVIDENCE]
    return found.drop_duplicates().sort_values(["article", "start"], kind="stable", ignore_index=True)


def position_cells(case: Case, told: str = "") -> pd.DataFrame:
    """Return how many positions there are of each actor on each issue.

    Parameters
    ----------
    told : str
        `OF_ARTICLES` or `OF_ITS_OWN`, to count only those; the empty text for all.

    Returns
    -------
    DataFrame
        As `kit.screen.codes_by_place.code_counts` returns it, with actors in place of codes and issues in place of
        articles; what is counted are positions.
    """
    table = position_table(case)
    counted = table[table["told"] == told] if told else table
    counts = counted.groupby(["actor", "issue"]).size().to_dict()
    rows = [
        (key_of(actor, issue), actor, name, subject, order, counts.get((actor, issue), 0))
        for order, (actor, name) in enumerate(case.actor_names.items())
        for issue, subject in issue_names(case).items()
    ]
    cells = with_shades(pd.DataFrame(rows, columns=["key", "code", "name", "column", "order", "sentences"]))
    return cells.assign(label=cells["label"].astype(str).str.replace("sentence", "position"))


def written_of(kept: Any) -> dict[str, dict[str, dict[str, str]]]:
    """Return what a learner wrote, sound, from whatever a portfolio holds under ``02/positions``.

    Returns
    -------
    dict
        ``{actor: {issue: {"interest": text, "need": text}}}``, without blanks.
    """
    sound: dict[str, dict[str, dict[str, str]]] = {}
    for actor, issues in _items(kept):
        for issue, texts in _items(issues):
            said = {
                name: text[:MOST_WRITTEN]
                for name, text in _items(texts)
                if name in ("interest", "need") and isinstance(text, str) and text.strip()
            }
            if said:
                sound.setdefault(actor, {})[issue] = said
    return sound


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    return ((str(key), each) for key, each in as_mapping(value).items())


# --- the grid

TOP = 10
QUARTERS = {
    (True, True): "at the table",
    (True, False): "keep content, and watch",
    (False, True): "give a voice",
    (False, False): "keep informed",
}


def placements_of(kept: Any, actors: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Return where somebody put actors, sound, from whatever a portfolio or a case holds.

    Parameters
    ----------
    kept : Any
        ``{actor: {"power": 0 to 10, "interest": 0 to 10, "why": text}}``, ``why`` optional.
    actors : iterable of str, optional
        The actors to look for; without them, all.

    Returns
    -------
    dict
        The same, whole numbers, without what is none.
    """
    wanted = None if actors is None else set(actors)
    sound = {}
    for actor, given in _items(kept):
        place = as_mapping(given)
        power, interest, why = _grade(place.get("power")), _grade(place.get("interest")), place.get("why")
        if power is not None and interest is not None and (wanted is None or actor in wanted):
            said = why[:MOST_WRITTEN] if isinstance(why, str) else ""
            sound[actor] = {"power": power, "interest": interest, "why": said}
    return sound


def _grade(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= TOP:
        return None
    return round(value)


def quarter_of(power: float, interest: float) -> str:
    """Return what the grid advises for an actor of that power and interest, each from 0 to 10; the middle counts as high."""
    return QUARTERS[power >= TOP / 2, interest >= TOP / 2]


def grid_table(
    case: Case, mine: Mapping[str, Mapping[str, Any]], others: Sequence[Mapping[str, Mapping[str, Any]]] = ()
) -> pd.DataFrame:
    """Return where the learner, the kit and others put each actor.

    Returns
    -------
    DataFrame
        ``actor, name, power, interest, quarter, kit_power, kit_interest, kit_why, answers, others_power, others_interest,
        spread``, a row an actor. The others' are medians of ``answers`` placements, ``spread`` the mean distance of theirs
        from that point, in steps of the grid. Blank where nobody put the actor.
    """
    kits = placements_of(case.meta["stakeholders"])
    rows = []
    for actor, name in case.actor_names.items():
        own, kit = mine.get(actor, {}), kits.get(actor, {})
        advice = quarter_of(own["power"], own["interest"]) if own else ""
        first = (actor, name, own.get("power"), own.get("interest"), advice)
        second = (kit.get("power"), kit.get("interest"), kit.get("why", ""))
        rows.append((*first, *second, *_middle([each[actor] for each in others if actor in each])))
    columns = ["actor", "name", "power", "interest", "quarter", "kit_power", "kit_interest", "kit_why",
               "answers", "others_power", "others_interest", "spread"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(("power", "interest", "kit_power", "kit_interest", "spread"), float)
    )


def _middle(places: Sequence[Mapping[str, Any]]) -> tuple[int, float, float, float | None]:
    """Return how many placements there are, their medians, and their mean distance from these."""
    theirs = pd.DataFrame(places, columns=["power", "interest"], dtype=float)
    middle = theirs.median()
    spread = ((theirs - middle) ** 2).sum(axis=1).pow(0.5).mean()
    return len(theirs), middle["power"], middle["interest"], round(spread, 1) if len(theirs) else None


def kit_in_words(row: Mapping[str, Any]) -> str:
    """Return where the kit puts an actor, why, and how the learner's placement differs; ``row`` is one of `grid_table`."""
    # NaN: the case gives no place.
    if row["kit_power"] != row["kit_power"]:
        return "The kit does not place it."
    place = f"power {row['kit_power']:.0f}, interest {row['kit_interest']:.0f}"
    steps = {name: row[name] - row[f"kit_{name}"] for name in ("power", "interest")}
    said = [f"{abs(step):.0f} {'more' if step > 0 else 'less'} {name}" for name, step in steps.items() if step]
    compared = (
        f"You give it {join_words(said)} than the kit does." if said else "You and the kit put it in the same place."
    )
    return " ".join(filter(None, [f"The kit's teaching assumption: {place}.", row["kit_why"], compared]))


def others_in_words(row: Mapping[str, Any]) -> str:
    """Return where others put an actor, and how far they are apart; ``row`` is one of `grid_table`."""
    if not row["answers"]:
        return "Nobody else has placed it."
    place = f"power {row['others_power']:g}, interest {row['others_interest']:g}"
    people = count_of(row["answers"], "other person", "others")
    return f"{people}: {place} in the middle, on average {row['spread']:g} steps from there."


def find_deeds(case: Case, actor: str) -> pd.DataFrame:
    """Return the sentences on which the case rests what an actor does to others, in reading order."""
    table = case.relations
    found = table.loc[table["source"] == actor, EVIDENCE].drop_duplicates(["article", "sentence"])
    return found.sort_values(["article", "start"], kind="stable", ignore_index=True)
