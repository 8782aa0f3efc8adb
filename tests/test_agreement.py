"""Agreement between coders: published examples, missing ratings and the limits of each measure."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models.agreement import cohen_kappa, krippendorff_alpha, percent_agreement, why_undefined

NA = math.nan
# Krippendorff (2011), example with four observers, twelve units and missing data.
FOUR_OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
        "C": [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
    }
)
tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([1.0, 2.0, 3.0, 5.0, NA]), min_size=coders, max_size=coders), min_size=1, max_size=9
    )
)
levels = st.sampled_from(["nominal", "ordinal", "interval", "ratio"])


def same(a, b):
    return (math.isnan(a) and math.isnan(b)) or a == pytest.approx(b)


def disagreement(x, y, level, ratings):
    """The squared difference straight from Krippendorff's definitions."""
    if level == "nominal":
        return float(x != y)
    if level == "ordinal":
        low, high = sorted([x, y])
        between = sum(low <= rating <= high for rating in ratings)
        return (between - (ratings.count(x) + ratings.count(y)) / 2) ** 2
    return (x - y) ** 2 if level == "interval" else ((x - y) / (x + y)) ** 2


def alpha_by_hand(rows, level):
    """Alpha by summing over all pairs of ratings, one pair at a time."""
    units = [[rating for rating in row if not math.isnan(rating)] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    ratings = [rating for unit in units for rating in unit]
    expected = sum(disagreement(x, y, level, ratings) for x in ratings for y in ratings)
    if not expected:
        return NA
    observed = sum(disagreement(x, y, level, ratings) / (len(unit) - 1) for unit in units for x in unit for y in unit)
    return 1 - (len(ratings) - 1) * observed / expected


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_the_published_one_at_each_level_with_missing_ratings(level, published):
    assert krippendorff_alpha(FOUR_OBSERVERS, level) == pytest.approx(published, abs=0.0005)


def test_alpha_is_the_published_one_for_two_observers_and_two_or_more_codes():
    binary = [[0, 1], [1, 1], [0, 1], [0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0], [0, 0]]
    names = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=0.0005)
    assert krippendorff_alpha(names) == pytest.approx(0.692, abs=0.0005)


def test_alpha_is_the_published_one_where_most_ratings_are_missing():
    three = [
        [NA, NA, NA, NA, NA, 3, 4, 1, 2, 1, 1, 3, 3, NA, 3],
        [1, NA, 2, 1, 3, 3, 4, 3, NA, NA, NA, NA, NA, NA, NA],
        [NA, NA, 2, 1, 3, 4, 4, NA, 2, 1, 1, 3, 3, NA, 4],
    ]
    table = pd.DataFrame(three).T
    assert krippendorff_alpha(table, "nominal") == pytest.approx(0.691, abs=0.0005)
    assert krippendorff_alpha(table, "interval") == pytest.approx(0.811, abs=0.0005)


@given(tables, levels)
def test_alpha_equals_the_sum_over_all_pairs(rows, level):
    assert same(krippendorff_alpha(rows, level), alpha_by_hand(rows, level))


@given(tables, levels, st.randoms())
def test_alpha_does_not_care_who_is_which_coder_or_unit(rows, level, random):
    coders = random.sample(range(len(rows[0])), len(rows[0]))
    shuffled = random.sample([[row[coder] for coder in coders] for row in rows], len(rows))
    assert same(krippendorff_alpha(shuffled, level), krippendorff_alpha(rows, level))


@given(tables)
def test_nominal_alpha_does_not_care_what_the_codes_are_called(rows):
    names = [[None if math.isnan(rating) else f"code {rating}" for rating in row] for row in rows]
    assert same(krippendorff_alpha(names), krippendorff_alpha(rows))


@given(tables)
def test_ordinal_alpha_depends_on_the_order_of_numbers_only(rows):
    stretched = [[rating**3 for rating in row] for row in rows]
    assert same(krippendorff_alpha(stretched, "ordinal"), krippendorff_alpha(rows, "ordinal"))


def test_ordinal_alpha_takes_ordered_categories_by_their_rank():
    ranks = pd.CategoricalDtype(["low", "middle", "high"], ordered=True)
    words = pd.DataFrame({"A": ["low", "middle", "high", None], "B": ["low", "high", "high", "low"]}, dtype=ranks)
    numbers = pd.DataFrame({"A": [1, 2, 3, NA], "B": [1, 3, 3, 1]})
    assert krippendorff_alpha(words, "ordinal") == pytest.approx(krippendorff_alpha(numbers, "ordinal"))


def test_words_without_an_order_are_refused_with_a_remedy():
    with pytest.raises(ModelError, match=r"'low' is no number.*ordered categorical"):
        krippendorff_alpha(pd.DataFrame({"A": ["low", "high"], "B": ["low", "low"]}), "ordinal")


def test_categories_that_differ_between_coders_are_refused():
    a, b = (pd.Categorical(["x", "y"], order, ordered=True) for order in (["x", "y"], ["y", "x"]))
    with pytest.raises(ModelError, match="categories differ"):
        krippendorff_alpha(pd.DataFrame({"A": a, "B": b}), "ordinal")


@pytest.mark.parametrize(
    ("table", "level", "said"),
    [
        ([[1, 1], [2, 2]], "cardinal", "'cardinal' is not known.*nominal, ordinal, interval, ratio"),
        ([[1], [2]], "nominal", "2 units and 1 coders"),
        ([], "nominal", "0 units"),
        ([[-1, 1], [2, 2]], "ratio", "below zero"),
        ([[1, math.inf], [2, 2]], "interval", "inf is no number"),
    ],
)
def test_bad_tables_are_refused(table, level, said):
    with pytest.raises(ModelError, match=said):
        krippendorff_alpha(table, level)


def test_a_zero_on_a_ratio_scale_is_a_rating_like_any_other():
    # By hand: one of three units differs, 0 against 2, which is the greatest ratio difference, 1.
    assert krippendorff_alpha([[0, 0], [2, 2], [0, 2]], "ratio") == pytest.approx(1 - 5 * 2 / 18)


def test_agreement_is_undefined_and_explained_without_variation():
    same_code = [["ceasefire", "ceasefire"]] * 3
    assert math.isnan(krippendorff_alpha(same_code))
    assert math.isnan(cohen_kappa(*zip(*same_code, strict=True)))
    assert percent_agreement(same_code) == 1
    assert "no variation" in why_undefined(same_code)


def test_agreement_is_undefined_and_explained_when_no_unit_has_two_ratings():
    apart = [["ceasefire", None], [None, "guarantee"]]
    assert math.isnan(krippendorff_alpha(apart))
    assert math.isnan(percent_agreement(apart))
    assert "two coders" in why_undefined(apart)
    assert why_undefined(FOUR_OBSERVERS) == ""


def test_percent_agreement_is_the_mean_over_units_of_pairs_that_agree():
    table = [["x", "x", "y"], ["x", "x", None], ["y", None, None]]
    assert percent_agreement(table) == pytest.approx((1 / 3 + 1) / 2)


def test_kappa_is_as_worked_by_hand():
    # Two coders, 50 units: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; observed 0.7, expected 0.5.
    a = ["yes"] * 25 + ["no"] * 25
    b = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(a, b) == pytest.approx(0.4)


def test_kappa_and_percent_are_the_published_ones_for_85_mammograms():
    # Boyd et al. (1982), as Stata's manual works it: a row a reading by the first radiologist, normal to cancer.
    table = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    assert percent_agreement(pairs) == pytest.approx(0.6353, abs=0.00005)
    assert cohen_kappa(*zip(*pairs, strict=True)) == pytest.approx(0.4728, abs=0.00005)


def test_percent_agreement_is_the_published_one_for_fourteen_raters():
    # The usual worked example of Fleiss (1971): ten subjects, how many of the raters chose each of five categories.
    counts = ["0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1"]
    counts += ["7 7 0 0 0", "3 2 6 3 0", "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7"]
    table = [[k for k, count in enumerate(row.split()) for _ in range(int(count))] for row in counts]
    assert percent_agreement(table) == pytest.approx(0.378, abs=0.0005)


def test_kappa_sees_one_difference_among_very_many_units():
    # One coder never varies, so kappa is 0 and not undefined, however rare the difference.
    assert cohen_kappa(["x"] * 200_000, ["x"] * 199_999 + ["y"]) == 0


@pytest.mark.parametrize(
    ("a", "said"),
    [
        (None, "cohen_kappa, a: NoneType was given.*one coder's ratings"),
        (7, "cohen_kappa, a: int was given"),
        ("xy", "cohen_kappa, a: str was given"),
        ({"x", "y"}, "cohen_kappa, a: set was given"),
        (pd.DataFrame({"Ada": ["x", "y"]}), "cohen_kappa, a: DataFrame was given"),
        ([["x"], ["y", "z"]], "a rating is a list or a set of several"),
    ],
)
def test_what_is_no_list_of_single_ratings_is_refused(a, said):
    with pytest.raises(ModelError, match=said):
        cohen_kappa(a, ["x", "y"])


def test_a_table_with_several_codes_in_a_cell_is_refused():
    with pytest.raises(ModelError, match="a rating is a list or a set of several"):
        krippendorff_alpha(pd.DataFrame({"Ada": [["x"], ["y"]], "Ben": [["x"], ["x", "y"]]}))


def test_columns_that_name_their_units_in_another_order_are_not_compared_place_by_place():
    ada, ben = (
        pd.Series(["x", "y", "y"], index=["s1", "s2", "s3"]),
        pd.Series(["y", "y", "x"], index=["s3", "s2", "s1"]),
    )
    with pytest.raises(ModelError, match="same units in another order"):
        cohen_kappa(ada, ben)
    assert cohen_kappa(ada, ben.reindex(ada.index)) == 1


def test_a_sign_that_takes_no_room_does_not_make_another_code():
    with pytest.raises(ModelError, match="count as two codes"):
        cohen_kappa(["war\u200b", "peace"], ["war", "peace"])


def test_kappa_drops_a_unit_that_one_coder_left_out():
    assert cohen_kappa(["x", "y", None, "x"], ["x", "y", "y", NA]) == 1


def test_kappa_is_one_at_most_and_symmetric():
    a, b = ["x", "y", "x", "x"], ["y", "x", "y", "x"]
    assert cohen_kappa(a, b) == pytest.approx(cohen_kappa(b, a))
    assert cohen_kappa(a, a) == 1


def test_kappa_is_zero_when_one_coder_never_varies():
    assert cohen_kappa(["x", "x", "x"], ["x", "y", "x"]) == pytest.approx(0)


def test_kappa_of_lists_of_different_length_is_refused():
    with pytest.raises(ModelError, match="one coder has 2 ratings, the other 1"):
        cohen_kappa(["x", "y"], ["x"])


@pytest.mark.parametrize(
    "missing", ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#Н/Д", "n/d", "Empty", "not coded", "undefined"]
)
def test_what_a_table_writes_for_no_rating_is_no_code(missing):
    with pytest.raises(ModelError, match="would count as a code"):
        cohen_kappa([missing, "war", "peace"], ["war", "war", "peace"])


@pytest.mark.parametrize(
    ("doubtful", "others"),
    [("None", "ab"), ("unknown", "ab"), ("no code", "ab"), ("k.A.", "ab"), (-99, (1, 2)), (99, (1, 2))],
)
def test_what_may_stand_for_no_rating_is_a_code_and_said(doubtful, others):
    with pytest.warns(UserWarning, match="counts as a code"):
        assert cohen_kappa([doubtful, *others], [doubtful, *others]) == 1


@pytest.mark.parametrize(("a", "b"), [(["yes", "no", None], [True, False, True]), (["1 - war", "0 - peace"], [1, 0])])
def test_texts_against_what_is_none_are_said(a, b):
    with pytest.raises(ModelError, match="one coder gives texts"):
        cohen_kappa(b, a)
    for measure in (krippendorff_alpha, percent_agreement):
        with pytest.raises(ModelError, match="one coder gives texts"):
            measure(pd.DataFrame({"Ada": a, "Ben": b}, dtype=object))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (["yes", "no", None], ["y", "n", "y"]),
        (["ja", "nein"], ["yes", "no"]),
        (["driver:power", "driver:fear"], ["power", "fear"]),
    ],
)
def test_coders_who_have_no_code_in_common_are_told(a, b, recwarn):
    assert cohen_kappa(a, b) == 0
    assert "have no code in common" in str(recwarn.pop().message)
    cohen_kappa(["yes", "yes", "no"], ["no", "no", "no"])
    cohen_kappa([1, 1], [0, 0])  # decisions; the kit's own tables hold these
    assert not recwarn.list


def test_results_do_not_depend_on_how_missing_is_written():
    rows = [["x", "x", None], ["x", "y", "y"], [None, "y", "x"]]
    other = [[pd.NA if code is None else code for code in row] for row in rows]
    assert krippendorff_alpha(pd.DataFrame(rows)) == krippendorff_alpha(pd.DataFrame(other))
    assert percent_agreement(np.array(rows, dtype=object)) == percent_agreement(rows)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (["1", "0"], [1, 0], "as a number and as text"),
        (["war", "?"], ["war", "peace"], "'\\?', which would count as a code"),
        (["1.0", "0.0"], [1, 0], "as a number and as text"),
        (["Yes", "no"], ["yes", "no"], "'Yes' and 'yes'"),
        (["war ", "peace"], ["war", "peace"], "'war ' and 'war'"),
        (["war", ""], ["war", "peace"], "an empty text"),
        (["war", " "], ["war", None], "an empty text"),
        (["war", "nan"], ["war", "peace"], "a rating is 'nan'"),
        (["war", "N/A"], ["war", "peace"], "a rating is 'N/A'"),
        (["war", "n. a."], ["war", "peace"], "a rating is 'n. a.'"),
        (["war", "–"], ["war", "peace"], "a rating is '–'"),
        (["cease-fire", "war"], ["ceasefire", "war"], "'cease-fire' and 'ceasefire'"),
        (["cease_fire", "war"], ["cease fire", "war"], "'cease_fire' and 'cease fire'"),
        (["U.S.", "war"], ["US", "war"], "'U.S.' and 'US'"),
        (["actor: un", "war"], ["actor:un", "war"], "count as two codes"),
        (["war, fear", "war"], ["war,fear", "war"], "count as two codes"),
        (["war / fear", "war"], ["war/fear", "war"], "count as two codes"),
        (["war", ...], ["war", "peace"], r"a rating is \.\.\., which would count"),
        (["isn’t", "war."], ["isn't", "war"], "count as two codes"),
        (["0,5", "1"], ["0.5", "1"], "'0,5' and '0.5'"),
        (["ｗａｒ", "x"], ["war", "x"], "count as two codes"),
    ],
)
def test_codes_that_look_alike_or_like_nothing_are_said(a, b, said):
    with pytest.raises(ModelError, match=said):
        cohen_kappa(a, b)
    with pytest.raises(ModelError, match=said):
        krippendorff_alpha(pd.DataFrame({"a": a, "b": b}, dtype=object))


@pytest.mark.parametrize("codes", [("+", "-"), ("1.2", "12"), ("1-2", "12"), ("C", "C++"), ("1234567", "1234568")])
def test_codes_that_differ_by_what_means_something_are_two(codes):
    first, second = codes
    assert cohen_kappa([first, second, first], [first, second, second]) == pytest.approx(0.4)


def test_columns_that_name_different_units_are_not_compared_but_rows_of_a_long_table_are():
    ada = pd.Series(["x", "y"], index=["s1", "s2"])
    with pytest.raises(ModelError, match="different units"):
        cohen_kappa(ada, pd.Series(["x", "y"], index=["s1", "s3"]))
    assert cohen_kappa(ada.set_axis([0, 2]), ada.set_axis([1, 3])) == 1


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_numbers_of_units_in_any_order_are_told_by_their_name_or_because_others_give_few_of_them(level):
    ratings = {"Ada": [1, 2, 1, 2, 1, 1], "Ben": [1, 2, 1, 1, 1, 1]}
    for name in ["Sentence_ID", "nr"] + ["x"] * (level == "nominal"):
        with pytest.warns(UserWarning, match=f"'{name}' looks like the units' names"):
            krippendorff_alpha(pd.DataFrame({name: [7, 2, 9, 4, 1, 3], **ratings}), level)
    with pytest.warns(UserWarning, match="'unit'"):
        percent_agreement(pd.DataFrame({**ratings, "unit": [1, 1, 2, 2, 3, 3]}))


@pytest.mark.parametrize("names", [[1, 2, 3, 4, 5, 6], [101, 99, 205, 7, 13, 15], ["s1", "s2", "s3", "s4", "s5", "s6"]])
def test_a_column_of_the_units_names_that_counts_as_a_coder_is_told(names):
    table = pd.DataFrame({"unit": names, "Ada": [1, 0, 1, 1, 0, 1], "Ben": [1, 0, 0, 1, 0, 1]})
    with pytest.warns(UserWarning, match="'unit' looks like the units' names"):
        krippendorff_alpha(table)


def test_a_coder_whose_ratings_all_differ_is_not_taken_for_names(recwarn):
    krippendorff_alpha(pd.DataFrame({"Ada": [10, 35, 20, 80, 55], "Ben": [10, 30, 30, 80, 50]}), "interval")
    krippendorff_alpha(pd.DataFrame({"Ada": [1, 2, 3, 4, 5], "Ben": [1, 2, 3, 5, 4]}), "ordinal")
    krippendorff_alpha(pd.DataFrame({"Ada": ["a", "b", "c", "d", "e"], "Ben": ["a", "b", "c", "d", "d"]}))
    krippendorff_alpha(
        pd.DataFrame({"unit": [1, 2, 3, 4, 5], "Ada": [1, 0, 1, 1, 0], "Ben": [1, 0, 0, 1, 0]}).set_index("unit")
    )
    assert not recwarn.list
