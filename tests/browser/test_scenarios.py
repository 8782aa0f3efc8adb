"""Unit 05 in a real JupyterLab: cards, worlds, judgements, stability and forecasts, by mouse and by keyboard."""

SET_UP = "import kit\ncase = kit.load_case('ukraine')"


def test_a_scenario_is_read_beside_its_picture_and_worlds_are_named(lab):
    page = lab.write(
        SET_UP,
        "cards = kit.scenarios.ScenarioCards(case)\ncards",
        "worlds = kit.scenarios.TwoByTwo(case)\nworlds",
        name="stories.ipynb",
        files=True,
    )
    lab.run_all()

    # The cards: a guess, a scenario by mouse, a side by keyboard, a square of the picture.
    out = lab.output(1)
    out.get_by_role("button", name="Show me without a guess").click()
    out.get_by_role("button", name="A frozen conflict").click()
    lab.until("cards.selected", "frozen-conflict")
    assert lab.answer_in_view(1)["answer"] >= 60
    out.get_by_role("button", name="against", exact=True).focus()
    page.keyboard.press("Enter")
    lab.until("cards.side.value", "against")
    out.get_by_role("heading", name="What speaks against it: A frozen conflict").wait_for()
    out.locator(".mark-rect.role-mark path").nth(1).click()
    lab.until("'|' in (cards.selected or '')", True)
    lab.shots("scenarios-cards")

    # Two by two: a world is named in its corner.
    out = lab.output(2)
    out.get_by_label("Name of world 4", exact=True).fill("A cold quiet")
    page.keyboard.press("Tab")
    lab.until("worlds.table['name'].tolist()[3]", "A cold quiet")
    assert lab.axe() == []
    lab.shots("scenarios-worlds")


def test_a_judgement_is_changed_and_says_what_came_and_went(lab):
    page = lab.write(
        SET_UP, "editor = kit.scenarios.CrossImpactEditor(case, 3)\neditor", name="matrix.ipynb", files=True
    )
    lab.run_all()
    out = lab.output(1)
    out.locator(".mark-rect.role-mark path").nth(3).click()
    lab.until("'/' in (editor.selected or '')", True)
    assert lab.answer_in_view(1)["answer"] >= 60
    lab.python("0", before="editor.choose('talks/small-steps|ceasefire/partial')")
    out.get_by_role("button", name="-3", exact=True).focus()
    page.keyboard.press("Enter")
    lab.until("editor.went", ["far-apart|small-steps|partial"])
    out.get_by_text("Went:").wait_for()
    assert lab.axe() == []
    lab.shots("scenarios-matrix")
    out.get_by_role("button", name="Put the kit's judgements back").click()
    lab.until("editor.edits", {})
    out.get_by_label("Combinations", exact=True).focus()
    page.keyboard.press("End")
    out.get_by_role("heading", name="This combination").wait_for()


def test_a_situation_says_why_each_side_stays_or_leaves(lab):
    page = lab.write(SET_UP, "table = kit.scenarios.StabilityTable(case)\ntable", name="stable.ipynb", files=True)
    lab.run_all()
    out = lab.output(1)
    out.locator(".mark-symbol.role-mark path").first.click()
    lab.until("table.selected is not None", True)
    assert lab.answer_in_view(1)["answer"] >= 60
    out.get_by_label("Situation", exact=True).focus()
    page.keyboard.press("ArrowDown")
    out.get_by_role("button", name="GMR", exact=True).click()
    lab.until("table.concept.value", "GMR")
    assert lab.axe() == []
    lab.shots("scenarios-stability")


def test_a_forecast_is_given_by_keyboard_and_a_bet_is_drawn_beside_the_truth(lab):
    page = lab.write(SET_UP, "mine = kit.scenarios.Forecast(case)\nmine", name="forecast.ipynb", files=True)
    lab.run_all()
    out = lab.output(1)
    out.get_by_label("Questions").focus()
    page.keyboard.press("End")
    lab.until("mine.selected is not None", True)
    assert lab.answer_in_view(1)["answer"] >= 60
    out.get_by_role("slider", name="Probability of yes").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    lab.until("mine.probability.value", 53)
    out.get_by_label("Because").fill("It has been done before")
    page.keyboard.press("Tab")
    out.get_by_role("button", name="Keep this forecast").press("Enter")
    lab.until("mine.forecasts[mine.selected]['probability']", 53)
    lab.shots("scenarios-forecast")
    out.get_by_role("button", name="Practice").click()
    for count in range(1, 7):
        out.get_by_role("button", name="Answer, and see what happened").click()
        lab.until("len(mine.practised)", count)
    out.get_by_text("Discrimination", exact=False).first.wait_for()
    assert lab.axe() == []
    lab.shots("scenarios-practice")
