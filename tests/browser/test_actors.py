"""Unit 02's explorers in a real JupyterLab: by mouse, by keyboard, and as the learner leaves them."""

SET_UP = "import kit\ncase = kit.load_case('ukraine')"
DRAWN = ".parley-chart svg"


def test_the_map_is_filtered_and_an_actor_and_a_tie_are_chosen(lab):
    page = lab.write(SET_UP, "m = kit.actors.ActorMap(case)\nm")
    lab.run_all()
    lab.output().locator(DRAWN).wait_for()
    lab.output().locator(".mark-symbol.role-mark path[aria-label='Turkey']").click()
    lab.until("m.selected", "turkey")
    page.get_by_role("heading", name="Turkey", exact=True).wait_for()
    assert lab.axe() == []
    lab.shots("actors-map")

    page.get_by_label("Tie", exact=True).select_option("Turkey → Russia: mediates with")
    lab.until("m.selected", "turkey|mediates|russia")
    page.get_by_role("checkbox", name="mediates with").focus()
    page.keyboard.press("Space")
    lab.until("'mediates' in set(m.table['relation'])", False)

    lab.python("1", before="m.selected = None")
    page.get_by_role("listbox", name="Marks of the chart").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    lab.until("m.selected in set(m.table['key'])", True)
    page.get_by_text("The map as a table").click()
    assert page.get_by_role("table", name="Who stands in which relation to whom").is_visible()
    lab.python("1", before="for box in m.boxes.values(): box.value = False")
    lab.until("len(m.chart.rows)", 15)
    assert lab.axe() == []


def test_who_is_silent_is_guessed_then_voices_are_counted_and_a_cell_opens_its_sentences(lab):
    page = lab.write(SET_UP, "v = kit.actors.Voices(case)\nv")
    lab.run_all()
    page.get_by_label("Your guess", exact=True).select_option("China")
    page.get_by_role("button", name="This is my guess").click()
    lab.output().locator(DRAWN).wait_for()
    page.get_by_role("button", name="Speaks", exact=True).click()
    lab.until("v.scope.value", "speaks")
    lab.output().locator(".mark-rect.role-mark path[aria-label^='Ukraine, Pressure']").click()
    lab.until("v.selected", "ukraine|001-pressure")
    page.get_by_role("heading", name="Ukraine in Pressure").wait_for()
    assert page.locator(".parley-evidence mark").count() > 0
    lab.shots("actors-voices")

    page.get_by_label("Actor", exact=True).select_option("China")
    page.get_by_label("Article", exact=True).select_option("all articles")
    lab.until("v.selected", "china")
    page.get_by_text("No sentence in these articles").wait_for()
    assert lab.axe() == []


def test_a_position_is_read_and_what_lies_behind_it_is_kept(lab):
    page = lab.write(SET_UP, "p = kit.actors.Positions(case)\np")
    lab.run_all()
    lab.output().locator(DRAWN).wait_for()
    lab.output().locator(".mark-rect.role-mark path[aria-label^='Russia, Territory']").click()
    lab.until("p.selected", "russia|territory")
    page.get_by_role("heading", name="Russia on territory", exact=True).wait_for()
    page.get_by_label("Interest", exact=True).fill("depth for its defence, and a gain to show at home")
    page.get_by_label("Need", exact=True).fill("safety; to be taken seriously")
    page.get_by_label("Need", exact=True).press("Tab")
    lab.until("sorted(p.store.read('02/positions')['russia']['territory'])", ["interest", "need"])
    page.get_by_text("You have written on Russia on territory.").wait_for()
    lab.shots("actors-positions")

    page.get_by_label("Actor", exact=True).select_option("China")
    page.get_by_label("Issue", exact=True).select_option("Ceasefire")
    lab.until("[p.selected, p.interest.value]", ["china|ceasefire", ""])
    lab.run_cell(1)
    lab.until("p.written['russia']['territory']['need']", "safety; to be taken seriously")
    assert lab.axe() == []


def test_an_actor_is_placed_by_click_by_drag_and_by_keyboard_and_compared(lab):
    others = "[{'ukraine': {'power': 7, 'interest': 10}}, {'ukraine': {'power': 9, 'interest': 9}}]"
    page = lab.write(SET_UP, f"g = kit.actors.StakeholderGrid(case, others={others})\ng")
    lab.run_all()
    lab.output().locator(DRAWN).wait_for()
    assert lab.axe() == []
    squares = lab.output().locator(".mark-rect.role-mark path")
    # Squares stand row by row, from interest 0 and power 0.
    where = "[g.placements.get('{}', {{}}).get(each) for each in ('power', 'interest')]"

    # Three actors, of whom each two share their power or their interest.
    for actor, power, interest in (("ukraine", 4, 6), ("russia", 9, 2), ("europe", 4, 2)):
        page.get_by_label("Actor", exact=True).select_option(actor.title())
        lab.until("g.selected", actor)
        squares.nth(11 * power + interest).click()
        lab.until(where.format(actor), [power, interest])
    lab.python("1", before="g.choose('ukraine')")
    squares.nth(11 * 4 + 2).click(position={"x": 10, "y": 10})
    lab.until(where.format("ukraine"), [4, 2])
    lab.until(where.format("russia"), [9, 2])

    lab.output().locator(".mark-symbol.role-mark path[fill]").nth(1).hover()
    page.mouse.down()
    lab.until("g.selected", "russia")
    squares.nth(11 * 6 + 8).hover()
    page.mouse.up()
    lab.until(where.format("russia"), [6, 8])

    page.get_by_role("button", name="Next actor not placed").press("Enter")
    lab.until("g.selected", "united-states")
    page.get_by_label("Power", exact=True).select_option("9")
    page.get_by_label("Interest", exact=True).select_option("10")
    lab.until("g.placements.get('united-states', {}).get('power')", 9)
    page.get_by_label("Actor", exact=True).select_option("Ukraine ✓")
    lab.until("g.selected", "ukraine")
    page.get_by_label("Why there?", exact=True).fill("nothing holds without it")
    page.get_by_label("Why there?", exact=True).press("Tab")
    lab.until("g.store.read('02/stakeholder-grid')['ukraine']['why']", "nothing holds without it")
    page.get_by_role("button", name="mine and the others'").click()
    page.get_by_text("2 others: power 8").wait_for()
    page.get_by_role("button", name="mine and the kit's").click()
    page.get_by_text("The kit's teaching assumption: power").wait_for()
    lab.python("1", before="for i, a in enumerate(case.actors): g.place(a, (i * 7) % 11, 4 + i % 7)")
    assert lab.axe() == []
    lab.shots("actors-grid")
