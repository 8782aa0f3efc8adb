"""What a person does first in each explorer, by its class: the tests of what is seen and the pictures of it share this.

A step is a selector inside the explorer's output, of which the first that is seen is clicked; a pair is a list that
opens, and which of its options is chosen.
"""

MARK = ".parley-chart .role-mark:is(.mark-rect, .mark-symbol) path >> visible=true"
NO_GUESS = "button:has-text('Show me without a guess')"
CARD = ".parley-cards li >> visible=true"
SPOKEN_OF = ("Where the articles speak of it", 1)
STEPS = {
    "Reader": [".parley-mark"],
    "CodingTask": [".parley-codes input[type=checkbox]"],
    "Quiz": ["input[type=radio], input[type=checkbox], .parley-ordering button:enabled, select"],
    "MyWork": [],
    "CourseMap": [],
    "AboutTexts": [],
    "BeforeAfter": [],
    "Write": [],
    "MyBrief": [],
    "RipenessBoard": ["button:has-text('in part')"],
    "LegalRecord": [("What the articles say about", 3)],
    "Voices": [NO_GUESS, MARK],
    "ConflictTree": ["button:has-text('Roots: causes')"],
    "CommitmentProblem": [SPOKEN_OF],
    "ZoneOfAgreement": [SPOKEN_OF],
    "Ranking": [CARD, "button:has-text('Move down')"],
    "Sequencer": [("Begin with", 2), "button:has-text('Begin with this')"],
    "VerificationDilemma": [NO_GUESS],
    "ScenarioCards": [NO_GUESS, MARK],
    "TwoByTwo": [("Across", 1)],
    "Forecast": [CARD],
    "RoleSheet": ["button:has-text('Show my sheet')"],
    "PlanningSheet": [],
    "Table": [("Line of control", 2), "button:has-text('Offer this package')"],
    "Debrief": ["button:has-text('Open it all the same')", NO_GUESS],
}


def take(out, name):
    """Do in an output what is done first in an explorer of that name."""
    for step in STEPS.get(name, [MARK]):
        if isinstance(step, tuple):
            out.get_by_label(step[0], exact=True).select_option(index=step[1])
        else:
            found = out.locator(step)
            found.first.wait_for(timeout=8000)
            found.nth(found.count() // 3 if step == MARK else 0).click()
        out.page.wait_for_timeout(700)
