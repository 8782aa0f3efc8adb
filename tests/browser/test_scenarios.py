"""Unit 05 in a real JupyterLab: cards, worlds, judgements, stability and forecasts, by mouse and by keyboard."""

WHOLE = {"width": 1280, "height": 12_000}
SET_UP = "import kit\ncase = kit.load_case('ukraine')"


def test_scenarios_are_read_and_worlds_named(lab):
    page = lab.write(
        SET_UP,
        "cards = kit.scenarios.ScenarioCards(case)\ncards",
        "peace = kit.scenarios.SettlementMap(case)\npeace",
        "worlds = kit.scenarios.TwoByTwo(case)\nworlds",
        name="stories.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    # The cards: a scenario by mouse, a side by keyboard, a cell of the picture.
    out = lab.output(1)
    out.get_by_role("button", name="A frozen conflict").click()
    lab.until("cards.selected", "frozen-conflict")
    out.get_by_role("button", name="against", exact=True).focus()
    page.keyboard.press("Enter")
    lab.until("cards.side.value", "against")
    out.get_by_role("heading", name="What speaks against it: A frozen conflict").wait_for()
    out.locator(".mark-rect.role-mark path").first.click()
    lab.until("cards.heading.split(':')[1].strip()[:9]", "sentences")

    # What a settlement would contain: from the list, by keyboard.
    out = lab.output(2)
    out.get_by_label("Element", exact=True).focus()
    page.keyboard.press("ArrowDown")
    lab.until("peace.selected is not None", True)
    lab.until("len(peace.panel.table) == len(peace.evidence) > 0", True)

    # Two by two: a world is named, and its box on the picture says so.
    out = lab.output(3)
    out.get_by_label("Name of world 4", exact=True).fill("A cold quiet")
    page.keyboard.press("Enter")
    lab.until("worlds.table['name'].tolist()[3]", "4 · A cold quiet")
    out.get_by_text("4 · A cold quiet").wait_for()
    assert lab.axe() == []
    lab.shots("scenarios-stories")


def test_judgements_are_edited_and_stability_explained(lab):
    page = lab.write(
        SET_UP,
        "editor = kit.scenarios.CrossImpactEditor(case)\neditor",
        "states = kit.scenarios.StabilityTable(case)\nstates",
        name="methods.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    # The editor: a cell by mouse, a new judgement by keyboard, the answer at once.
    out = lab.output(1)
    out.locator(".mark-rect.role-mark path").nth(3).click()
    lab.until("editor.chart.selected['pick'][0] == editor.key", True)
    out.get_by_role("button", name="-3", exact=True).focus()
    page.keyboard.press("Enter")
    lab.until("editor.edits[editor.key]", -3)
    out.get_by_text("Changed by you.").wait_for()
    out.get_by_role("button", name="Put the kit's judgements back").click()
    lab.until("editor.edits", {})
    out.get_by_label("Combinations", exact=True).focus()
    page.keyboard.press("End")
    lab.until("editor.selected is not None", True)
    out.get_by_role("heading", name="This combination").wait_for()

    # The stability table: a disc by mouse, another state by keyboard, reasons for each side.
    out = lab.output(2)
    out.locator(".mark-symbol.role-mark path").first.click()
    lab.until("states.selected is not None", True)
    out.get_by_label("State", exact=True).focus()
    page.keyboard.press("ArrowDown")
    lab.until("states.selected == states.table['key'].iloc[1]", True)
    out.get_by_role("button", name="GMR", exact=True).click()
    lab.until("states.concept.value", "GMR")
    lab.until("states.why.value.count('<li>')", 2)
    assert lab.axe() == []
    lab.shots("scenarios-methods")


def test_a_forecast_is_given_by_keyboard_and_practice_is_scored(lab):
    page = lab.write(SET_UP, "mine = kit.scenarios.Forecast(case)\nmine", name="forecast.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    out = lab.output(1)
    out.get_by_label("Questions").focus()
    page.keyboard.press("End")
    lab.until("mine.selected is not None", True)
    out.get_by_role("slider", name="Probability of yes").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    lab.until("mine.probability.value", 53)
    out.get_by_label("Because").fill("It has been done before")
    page.keyboard.press("Tab")
    out.get_by_role("button", name="Keep this forecast").press("Enter")
    lab.until("mine.forecasts[mine.selected]['probability']", 53)
    out.get_by_role("button", name="Practice").click()
    out.get_by_role("button", name="Answer, and see what happened").click()
    lab.until("len(mine.practised)", 1)
    out.get_by_text("penalty 0.25").wait_for()
    assert lab.axe() == []
    lab.shots("scenarios-forecast")
