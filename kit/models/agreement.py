"""How far people agree: percent agreement, Cohen's kappa, Krippendorff's alpha; of rankings, Kendall's W.

A *table* has a row for each unit (a sentence, say), a column for each coder, and NaN (or None) where a coder gave no
rating. Missing ratings are the normal case; each function says what it does with them.

Agreement that cannot be told (no unit with two ratings, or no variation to agree upon) comes back as NaN, and
`why_undefined` says why.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any
from unicodedata import category

import numpy as np
import pandas as pd

from kit.errors import ModelError
from kit.letters import in_one_form
from kit.models import _checks

LEVELS = ("nominal", "ordinal", "interval", "ratio")
_FEW_UNITS = 5  # with fewer, a coder's own ratings may all differ
# How tables write that there is no rating; spaces and points between letters are gone by then (see `_look`).
_MISSING = frozenset(
    ("", "-", "nan", "<na>", "nat", "na", "n/a", "n/d", "n/v", "#n/a", "#n/d", "#н/д", "#nv", "null", "nil")
)
_MISSING |= {"missing", "undefined", "blank", "(blank)", "empty", "(empty)", "notcoded", "noanswer", "keineangabe"}
_ERROR = re.compile(r"#[\w/]+[!?]\Z")  # "#REF!", as a spreadsheet shows a sum gone wrong
# Codes to some, gaps to others.
_DOUBTFUL = frozenset(("none", "unknown", "nocode", "uncoded", "skip", "skipped", "unclear", "tbd", "todo", "ka", "/"))
_DOUBTFUL |= {"99", "999", "9999", "-9", "-99", "-999"}
_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`“”", "'") | {"_": " "})
_DECIMAL_COMMA = re.compile(r",(?!\d{3}\Z)")
# "cease-fire", "cease fire", "U.S", "actor: un", "war, fear"
_JOINT = re.compile(r"(?<=[^\W\d])[-. ](?=[^\W\d])|(?<=[:,;/+|]) | (?=[,;/+|])")
_UNITS = re.compile(
    r"(?:unit|id|nr|no|number|index|row|item|sentence|article|text|quote|key|#|unnamed: 0)s?(?:[ _]?id)?"
)


def percent_agreement(table: Any) -> float:
    """Return the share (0 to 1) of pairs of coders who gave a unit the same rating.

    The share is taken within each unit that has two ratings or more, then averaged over those units (Fleiss 1971, the
    mean of his P_i). Units with fewer ratings say nothing and are left out. Agreement by chance is not taken off: with
    two codes, coders who toss a coin agree on half.

    Parameters
    ----------
    table : DataFrame or array-like, units × coders
        Ratings of any kind; NaN or None where missing.

    Returns
    -------
    float
        NaN if no unit has two ratings.

    Warns
    -----
    UserWarning
        As `krippendorff_alpha` does.
    """
    _warn_of_names(table, "nominal")
    counts, _ = _value_counts(_frame(table))
    shares = _pair_agreement(counts)
    shares = shares[~np.isnan(shares)]
    return float(shares.mean()) if shares.size else np.nan


def cohen_kappa(a: Sequence[Any], b: Sequence[Any]) -> float:
    """Return Cohen's kappa of two coders: agreement beyond what their own habits would give by chance (Cohen 1960).

    Parameters
    ----------
    a, b : sequence of n ratings each
        Nominal ratings of the same units in the same order. A unit that either coder left out is dropped.

    Returns
    -------
    float
        1 is perfect, 0 what chance gives, below 0 worse than chance. NaN if no unit was rated by both, or if both gave
        one and the same code throughout: expected agreement is then 1 and kappa is 0/0.

    Raises
    ------
    ModelError
        If the two differ in length, or if one is no list of single ratings.

    Warns
    -----
    UserWarning
        If the two give texts and no code is common to them, or if a code may stand for a missing rating.

    Notes
    -----
    Kappa falls when one code is rare, even where coders rarely differ (Feinstein and Cicchetti 1990): read it beside
    the percent.
    """
    first, second = _ratings(a, "a"), _ratings(b, "b")
    if len(first) != len(second):
        msg = f"one coder has {len(first)} ratings, the other {len(second)}"
        raise ModelError(
            msg, where="cohen_kappa", remedy="Give both coders' ratings of the same units, NaN where missing."
        )
    if isinstance(a, pd.Series) and isinstance(b, pd.Series) and any(a.index != b.index):
        same, numbered = set(a.index) == set(b.index), pd.api.types.is_numeric_dtype(a.index)
        if same or not numbered:  # numbers that differ are rows of a long table, and tell no unit
            msg = f"the two columns name {'the same units in another order' if same else 'different units'}"
            raise ModelError(msg, where="cohen_kappa", remedy="Bring them into one order, as by b.reindex(a.index).")
    codes, values = _coded([*first, *second])
    texts = _give_texts((first, second))
    pairs = codes.reshape(2, -1)[:, (codes.reshape(2, -1) >= 0).all(axis=0)]
    if pairs.size and texts and set(pairs[0]).isdisjoint(pairs[1]):  # "yes" and "y"
        one, other = (values[each[0]] for each in pairs)
        msg = f"The coders have no code in common ({one!r} against {other!r}, say). If these mean the same, write it in one way."
        warnings.warn(msg, stacklevel=2)
    # Counts and not shares, so that a single differing unit among very many still is a difference.
    # In 64 bits: in a browser page NumPy counts in 32, which the products pass.
    chance = int(np.dot(*(np.bincount(each, minlength=len(values)).astype(np.int64) for each in pairs)))
    agreed, units = int((pairs[0] == pairs[1]).sum()), pairs.shape[1]
    return np.nan if chance == units**2 else (agreed * units - chance) / (units**2 - chance)


def krippendorff_alpha(table: Any, level: str = "nominal") -> float:
    """Return Krippendorff's alpha: 1 minus observed over expected disagreement (Krippendorff 2011).

    Parameters
    ----------
    table : DataFrame or array-like, units × coders
        Ratings; NaN or None where missing. Any number of coders. Units with fewer than two ratings are left out.
    level : {"nominal", "ordinal", "interval", "ratio"}
        What the ratings mean. All but nominal need numbers; for ordinal an ordered categorical does as well.

    Returns
    -------
    float
        1 is perfect, 0 what chance gives, below 0 systematic disagreement. NaN if no unit has two ratings, or if all
        ratings that can be paired are equal: without variation no disagreement is expected, and 0/0 shows nothing about
        the coders.

    Raises
    ------
    ModelError
        For an unknown level, fewer than two coders, or ratings that the level cannot take.

    Warns
    -----
    UserWarning
        If a column of a DataFrame looks like the units' names or numbers rather than a coder.

    Notes
    -----
    Computed from the coincidence matrix. The ordinal difference between two ranks counts the ratings given to the ranks
    from one to the other, half of those at both ends, so it depends on the data and not on the numbers that stand for
    the ranks.
    """
    _checks.known(level, LEVELS, "level")
    _warn_of_names(table, level)
    counts, values = _value_counts(_frame(table), level)
    counts = counts[counts.sum(axis=1) > 1]
    if not counts.size:
        return np.nan
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=1)
    distance = _distance(totals, values, level)
    expected = totals @ distance @ totals / (totals.sum() - 1)
    return np.nan if expected == 0 else float(1 - (coincidences * distance).sum() / expected)


def kendall_w(table: Any) -> float:
    """Return Kendall's coefficient of concordance W: how far rankings of the same things agree (Kendall and Smith 1939).

    Parameters
    ----------
    table : DataFrame or array-like, things × judges
        Ranks, 1 for the first. Tied things share the mean of their ranks. A judge who left a thing out is dropped.

    Returns
    -------
    float
        From 0 (the rank sums are what chance would level out to) to 1 (all judges give one order); corrected for ties
        (Kendall 1948). NaN if fewer than two judges or two things are left, or if every judge ties everything.

    Raises
    ------
    ModelError
        For ranks that are no numbers, fewer than two judges, or no things.
    """
    ranks = _numeric(_frame(table), "ordinal").dropna(axis=1)
    things, judges = ranks.shape
    if judges < 2 or things < 2:
        return np.nan
    ranks = ranks.rank()
    sums = ranks.sum(axis=1)
    tied = sum(float((count**3 - count).sum()) for count in (ranks[judge].value_counts() for judge in ranks))
    most = judges**2 * (things**3 - things) - judges * tied
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most) if most else np.nan


def why_undefined(table: Any) -> str:
    """Return why agreement on `table` cannot be told beyond chance, as a sentence; an empty text if it can."""
    counts, _ = _value_counts(_frame(table))
    counts = counts[counts.sum(axis=1) > 1]
    if not counts.size:
        return "No unit was rated by two coders, so there is nothing to compare."
    if np.count_nonzero(counts.sum(axis=0)) == 1:
        return "All coders gave one and the same rating throughout: with no variation, chance would agree just as well."
    return ""


def _frame(table: Any) -> pd.DataFrame:
    """Return `table` as a DataFrame with its coders numbered, having made sure that there is someone to agree."""
    try:
        frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame(table)
    except (TypeError, ValueError) as error:
        msg = "the ratings are no table"
        raise ModelError(msg, where="table", remedy="Give a row for each unit and a column for each coder.") from error
    if frame.shape[1] < 2 or not len(frame):
        msg = f"the table has {len(frame)} units and {frame.shape[1]} coders"
        raise ModelError(msg, where="table", remedy="Give at least one unit (a row) and two coders (columns).")
    return frame.set_axis(range(frame.shape[1]), axis=1)


def _warn_of_names(table: Any, level: str) -> None:
    """Warn if a column is called as units are, or holds what no coder gives, while each other column repeats itself.

    That is integers that count up or down, or codes that never repeat and of which most are in no other column.
    """
    table = table if isinstance(table, pd.DataFrame) else _frame(table)
    for place, name in enumerate(table.columns):
        column, others = table.iloc[:, place], table.iloc[:, [each for each in range(table.shape[1]) if each != place]]
        if _UNITS.fullmatch(str(name).casefold()) or _counts_units(column, others, level):
            msg = f"The column '{name}' looks like the units' names, yet counts as a coder. Make it the table's index."
            warnings.warn(msg, stacklevel=3)


def _counts_units(column: pd.Series, others: pd.DataFrame, level: str) -> bool:
    try:
        if len(column) < _FEW_UNITS or not column.is_unique or column.isna().any():
            return False
        if any(each.is_unique for _, each in others.items()):
            return False
        counted = pd.api.types.is_numeric_dtype(column) and column.diff().dropna().isin((1, -1))
        return bool(np.all(counted)) or (level == "nominal" and column.isin(set(others.to_numpy().flat)).mean() <= 0.5)
    except (TypeError, ValueError, OverflowError):  # ratings that are no single values are refused later
        return False


def _ratings(given: Any, where: str) -> list:
    """Return one coder's ratings as a list."""
    if isinstance(given, (str, pd.DataFrame, Mapping, Set)) or not np.iterable(given):
        msg = f"{type(given).__name__} was given"
        raise ModelError(msg, where=f"cohen_kappa, {where}", remedy="Give one coder's ratings as a list or one column.")
    return list(given)


def _give_texts(coders: Iterable[Any]) -> bool:
    """Return whether all coders give texts alone; refuse texts of one against another's numbers: "yes" and True."""
    kinds = [{isinstance(each, str) for each in pd.Series(coder, dtype=object).dropna()} for coder in coders]
    if {True} in kinds and {False} in kinds:
        msg = "one coder gives texts, and another none, so no code is common to them"
        raise ModelError(msg, where="ratings", remedy="Give all ratings as numbers, or all as texts.")
    return all(kind == {True} for kind in kinds)


def _coded(ratings: Any, *, sort: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return each rating's number, -1 where it is missing, and the values numbered."""
    try:
        codes, values = pd.factorize(pd.Series(ratings, dtype=None if sort else object), sort=sort)
    except TypeError as error:
        msg = "a rating is a list or a set of several"
        raise ModelError(msg, where="ratings", remedy="Give one rating for each unit: a text or a number.") from error
    _refuse_lookalikes(values)
    for doubtful in [] if sort else [each for each in values if _look(each) in _DOUBTFUL]:
        msg = f"{doubtful!r} counts as a code. Give NaN or None where it stands for a missing rating."
        warnings.warn(msg, stacklevel=4)
    return codes, np.asarray(values)


def _refuse_lookalikes(values: Any) -> None:
    """Refuse codes that a reader takes for one or for none, where agreement would come out wrong without a word."""
    seen: dict[str, Any] = {}
    for value in values:
        look = _look(value)
        is_sign = look in {"-", "--"} and not {"+", "++"}.isdisjoint(values)  # minus beside plus is a rating
        bare = re.sub("[ .?-]", "", look)
        blank = isinstance(value, str) and not is_sign and ({look, bare} & _MISSING or _ERROR.match(look))
        if blank or value is ...:  # the latter stands in exercises for what is not answered yet
            msg = f"a rating is {'...' if value is ... else repr(value) if look else 'an empty text'}, which would count as a code"
            raise ModelError(msg, where="ratings", remedy="Give NaN or None where a rating is missing.")
        other = seen.setdefault(look, value)
        if other is not value and isinstance(other, str) != isinstance(value, str):
            msg = f"{look} stands among the ratings as a number and as text, which count as two codes"
            raise ModelError(msg, where="ratings", remedy="Give all ratings as numbers, or all as texts.")
        if other is not value and isinstance(value, str):
            msg = f"{other!r} and {value!r} stand among the ratings and count as two codes"
            raise ModelError(msg, where="ratings", remedy="Write each code in one way.")


def _look(value: Any) -> str:
    """Return what a reader takes a code for, whatever its type, case, spaces, hyphens, and signs that take no room."""
    text = "".join(each for each in in_one_form(str(value), "NFKC") if category(each) != "Cf").translate(_PLAIN)
    text = " ".join(text.casefold().split())
    try:
        return repr(float(_DECIMAL_COMMA.sub(".", text))).removesuffix(".0")
    except ValueError:
        return _JOINT.sub("", text.rstrip(".").strip("\"'"))


def _value_counts(frame: pd.DataFrame, level: str = "nominal") -> tuple[np.ndarray, np.ndarray]:
    """Return how often each unit got each value (units × values), and the values in order."""
    ratings = _numeric(frame, level) if level != "nominal" else frame.astype(object)
    codes, values = _coded(ratings.to_numpy().ravel(), sort=level != "nominal")
    unit = np.repeat(np.arange(len(frame)), frame.shape[1])
    if level == "nominal" and frame.shape[1] == 2:  # of more, one may be the units' names, of which is warned
        _give_texts(frame[column] for column in frame)
    counts = np.zeros((len(frame), len(values)))
    np.add.at(counts, (unit[codes >= 0], codes[codes >= 0]), 1)
    return counts, values


def _numeric(frame: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the ratings as floats: ordered categories as their ranks, numbers as they are."""
    if level == "ordinal" and all(_ordered(frame[column]) for column in frame):
        _same_ranks(frame)
        return frame.apply(lambda column: column.cat.codes.astype(float).where(column.notna()))
    values = pd.DataFrame({column: pd.to_numeric(frame[column], errors="coerce") for column in frame}, dtype=float)
    bad = (values.isna() & frame.notna()) | np.isinf(values)
    if bad.to_numpy().any():
        found = frame.to_numpy()[bad.to_numpy()][0]
        remedy = "Give numbers or, for ordinal, columns of one ordered categorical type; for names use level='nominal'."
        msg = f"{_checks.shown(found)} is no number"
        raise ModelError(msg, where=f"table, level {level}", remedy=remedy)
    if level == "ratio" and (values < 0).to_numpy().any():
        msg = "a rating is below zero"
        raise ModelError(msg, where="table, level ratio", remedy="A ratio scale starts at zero; use level='interval'.")
    return values


def _ordered(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype) and bool(column.dtype.ordered)


def _same_ranks(frame: pd.DataFrame) -> None:
    if len({tuple(frame[column].cat.categories) for column in frame}) > 1:
        msg = "the coders' categories differ"
        raise ModelError(
            msg, where="table, level ordinal", remedy="Give all columns the same categories in the same order."
        )


def _pair_agreement(counts: np.ndarray) -> np.ndarray:
    """Return each unit's share of agreeing pairs, NaN where it has no pair."""
    ratings = counts.sum(axis=1)
    pairs = ratings * (ratings - 1)
    return np.divide((counts * (counts - 1)).sum(axis=1), pairs, out=np.full(len(counts), np.nan), where=pairs > 0)


def _coincidences(counts: np.ndarray) -> np.ndarray:
    """Return the coincidence matrix (values × values): pairs within units, each unit weighing as its ratings."""
    weighted = counts / (counts.sum(axis=1, keepdims=True) - 1)
    return counts.T @ weighted - np.diag(weighted.sum(axis=0))


def _distance(totals: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return the squared difference between each two values at this level of measurement."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return np.subtract.outer(middle, middle) ** 2
    gap = np.subtract.outer(values, values)
    if level == "interval":
        return gap**2
    both = np.add.outer(values, values)
    return np.divide(gap, both, out=np.zeros_like(gap), where=both > 0) ** 2
