"""Numbers as people type them: read rightly, or asked back."""

from math import inf

import pytest

from kit.learning.typed_numbers import TwoReadingsError, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0,07", 0.07),
        ("0.07", 0.07),
        ("4,3", 4.3),
        ("1e-3", 0.001),
        ("1,5E3", 1500),
        ("⅓", 1 / 3),
        ("0,125", 0.125),
        ("-0,125", -0.125),
        ("1.234", 1.234),
        ("1234,567", 1234.567),
        ("12,34", 12.34),
        ("1,2345", 1.2345),
        (",5", 0.5),
        (".5", 0.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234", 1234),
        ("1'234.5", 1234.5),
        ("1’234", 1234),
        ("\u22123", -3),
        ("- 3", -3),
        ("+3", 3),
        ("12 %", 12),
        ("12,5%", 12.5),
        ("about 40 months.", 40),
        ("7.", 7),
        ("000,5", 0.5),
        ("–4,3", -4.3),
        ("٤٫٣", 4.3),
        ("1٬234", 1234),
        ("３，４", 3.4),
        ("1\t234", 1234),
        ("1`234,5", 1234.5),
        ("\u20145", -5),
        ("\u2011\u200b5", -5),
        ("\u2212\u00a00,5", -0.5),
        ("minus 0,5", -0.5),
        ("kappa - 0,61", 0.61),
        ("x = - 3", -3),
        ("12,34,567", 1_234_567),
        ("3·5", 3.5),
        ("40 km2", 40),
        ("EUR40", 40),
        ("½", 0.5),
        ("EUR4.30", 4.3),
        ("CHF12,50", 12.5),
        ("USD1,234.50", 1234.5),
        ("v1.2", 1.2),
        ("K=.52", 0.52),
        ("- 3/4", -0.75),
        ("१२", 12),
        ("0‚61", 0.61),
        ("0、61", 0.61),
        ("1_000_000", 1_000_000),
        ("1.5 E3", 1500),
        ("5,-", 5),
        ("40-month", 40),
        ("5 months", 5),
    ],
)
def test_a_number_is_read_as_it_is_typed_in_europe(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["1,234", "12,345", "123,456", "about 1,234 people", "１，２３４"])
def test_what_has_two_readings_is_asked_back_with_both(text):
    with pytest.raises(TwoReadingsError, match=r"two ways\. Type \d+ or \d+\.\d+"):
        read_number(text)


def test_both_readings_keep_their_sign():
    with pytest.raises(TwoReadingsError, match=r"-1,234 can be read in two ways\. Type -1234 or -1\.234"):
        read_number("\u22121,234")


@pytest.mark.parametrize(
    ("text", "low", "high", "number"),
    [
        ("42,857", 0, 100, 42.857),
        ("50,000", 1000, inf, 50_000),
        ("50.000", 1000, inf, 50_000),
        ("42.857", 0, 100, 42.857),
        ("-1,234", -10, 10, -1.234),
        ("- 1,234 people", -inf, -100, -1234),
        ("1,234", 0, 1234, None),
        ("1,234", 2000, 3000, None),
        ("1.234", 2000, 3000, 1.234),
        ("7", 1000, inf, 7),
        ("0,125", 1000, inf, 0.125),
    ],
)
def test_of_two_readings_the_one_that_can_be_meant_is_taken(text, low, high, number):
    if number is None:
        with pytest.raises(TwoReadingsError):
            read_number(text, low, high)
    else:
        assert read_number(text, low, high) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "3 or 4",
        "1,2,3",
        "12 34",
        "1.23.4",
        "1,234.567,8",
        "5e3e",
        "1 234,567 890",
        "3½",
        "0 125",
        "1,5 million",
        "3k",
        "3 Millionen",
        "12 Tsd.",
        "2 млн",
        "70 тысяч",
        "70 tysięcy",
        "5M",
        "5 lakh",
        "3 milioni",
        "12 ‰",
        "--5",
        "+-5",
        "±5",
        "..5",
        "12,5-",
        "10³",
        "5²",
        "Rs.500",
        "no.5",
        "l,5",
        "1OO",
        "4,3О",
    ],
)
def test_what_is_not_one_number_is_refused(text):
    with pytest.raises(ValueError):
        read_number(text)
