"""What holds for the explorers of all units, on the bundled cases and on a case that has nothing for them."""

import re
import shutil
from functools import cache
from html.parser import HTMLParser

import pandas as pd
import pytest

from kit import actors, background, measures, obstacles, scenarios
from kit.case import BUNDLED, bundled_cases, load_case
from kit.classroom.show_class import ClassView
from kit.negotiation.explorers import RoleSheet
from kit.negotiation.looking_back import Debrief
from kit.negotiation.playing import Table
from kit.screen.explorer import Explorer

UNITS = (background, actors, obstacles, measures, scenarios)
NAMED = [getattr(unit, name) for unit in UNITS for name in unit.__all__]
EXPLORERS = [each for each in NAMED if isinstance(each, type) and issubclass(each, Explorer)]
# They ask for a guess or for an event, count words, or have invented numbers: there is something to do in any case.
NEED_NOTHING = {"Timeline", "RipenessBoard", "Hedges", "CommitmentProblem", "ZoneOfAgreement", "VerificationDilemma"}

bundled = cache(load_case)


@pytest.mark.parametrize("name", bundled_cases())
@pytest.mark.parametrize("explorer", EXPLORERS)
def test_each_opens_on_every_bundled_case_with_a_picture_for_later(explorer, name):
    made = explorer(bundled(name))
    data, _ = made._repr_mimebundle_()

    assert data["text/plain"] == repr(made)
    assert repr(made).startswith("Run this cell to open the ")
    assert isinstance(made.table, pd.DataFrame)
    assert len(made.children) > 1
    assert len(data) > 1


@pytest.fixture(scope="module")
def dollars(tmp_path_factory):
    """The lead case, every label and title of it with two amounts of dollars."""
    folder = tmp_path_factory.mktemp("dollars") / "ukraine"
    shutil.copytree(BUNDLED / "ukraine", folder)
    for file in folder.glob("*.yaml"):
        text = re.sub(
            r"(?m)^( +(?:- )?(?:label|title|name): )[^\n\"'>|]+$", r"\g<0>, $210 or $50", file.read_text("utf-8")
        )
        file.write_text(text, "utf-8")
    return load_case(folder)


class OutsideOfPlain(HTMLParser):
    """Collects the text that JupyterLab looks for formulas in."""

    def __init__(self, content):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "img", "hr", "input"}:
            self.open.append("mathjax_ignore" in (dict(attrs).get("class") or ""))

    def handle_endtag(self, _tag):
        self.open.pop()

    def handle_data(self, data):
        self.text += "" if any(self.open) else data


@pytest.mark.parametrize("explorer", [*EXPLORERS, RoleSheet, Table, Debrief, ClassView])
def test_two_amounts_of_dollars_are_no_formula_in_what_an_explorer_leaves_behind(explorer, dollars):
    shown = explorer(dollars)._repr_mimebundle_()[0].get("text/html", "")

    assert OutsideOfPlain(shown).text.strip() == ""
    assert explorer is not obstacles.Ranking or shown.count("$") > 20


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_each_says_so_where_a_case_has_nothing_for_it(explorer, bare):
    made = explorer(bare)
    told = any("so there is nothing to explore here yet" in getattr(child, "value", "") for child in made.children)

    assert told == (explorer.__name__ not in NEED_NOTHING)
    assert made.preview()
