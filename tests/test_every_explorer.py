"""What holds for the explorers of all units, on the bundled cases and on a case that has nothing for them."""

from functools import cache

import pandas as pd
import pytest

from kit import actors, background, measures, obstacles, scenarios
from kit.case import bundled_cases, load_case
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


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_each_says_so_where_a_case_has_nothing_for_it(explorer, bare):
    made = explorer(bare)
    told = any("so there is nothing to explore here yet" in getattr(child, "value", "") for child in made.children)

    assert told == (explorer.__name__ not in NEED_NOTHING)
    assert made.preview()
