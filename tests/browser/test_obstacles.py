"""Unit 03 in a real JupyterLab: obstacles read, placed, ranked and played with, by mouse and by keyboard."""

WHOLE = {"width": 1280, "height": 12_000}
SET_UP = "import kit\ncase = kit.load_case('ukraine')"


def test_obstacles_are_read_by_mouse_and_by_keyboard(lab):
    page = lab.write(SET_UP, "m = kit.obstacles.ObstacleMap(case)\nm", name="map.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    out = lab.output(1)
    out.get_by_text("Choose a square, a bar or an obstacle").wait_for()

    # By mouse: a square opens its card and its sentences, a bar what is said where two obstacles stand.
    out.locator(".mark-rect.role-mark path").first.click()
    lab.until("m.selected is not None", True)
    code, article = lab.python("m.selected").split("|")
    assert lab.python("set(m.evidence['article'])") == str({article})
    name = lab.python(f"m.names['{code}'] + ' in ' + case.article_names['{article}']")
    out.get_by_role("heading", name=name).wait_for()
    out.locator("summary", has_text="The card of").click()
    out.locator("summary", has_text="How it was handled elsewhere").click()
    out.get_by_text("Source: ").first.wait_for()
    out.locator(".parley-chart").nth(1).locator(".mark-rect.role-mark path").first.click()
    lab.until("m.partner.value != ''", True)
    lab.until("len(m.evidence) > 0", True)

    # By keyboard: another obstacle from the list, its pairs from the marks of the second chart.
    out.get_by_label("Obstacle", exact=True).focus()
    page.keyboard.type("Mistr")
    lab.until("m.selected", "obstacle:mistrust")
    page.get_by_role("listbox", name="Marks of the chart").nth(1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    lab.until("m.partner.value != ''", True)
    lab.until("m.pairs.rows['key'].tolist().index(m.pairs.selected['pick'][0])", 1)
    assert lab.axe() == []
    lab.shots("obstacle-map")


def test_a_tree_is_built_and_obstacles_ranked_by_keyboard(lab):
    page = lab.write(
        SET_UP,
        "tree = kit.obstacles.ConflictTree(case)\ntree",
        "import random\ndraw = random.Random(3)\ncodes = list(kit.obstacles.Ranking(case).names)\n"
        "others = [{c: draw.sample(codes, len(codes)) for c in ('importance', 'tractability')} for _ in range(5)]\n"
        "ranks = kit.obstacles.Ranking(case, others=others)\nranks",
        name="own.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    # The tree: chosen, placed, given a sentence, by keyboard; taken up again by mouse.
    out = lab.output(1)
    out.get_by_label("Obstacle or driver").focus()
    page.keyboard.type("Mistr")
    lab.until("tree.selected", "obstacle:mistrust")
    out.get_by_role("button", name="Roots: causes").focus()
    page.keyboard.press("Enter")
    out.get_by_text("No sentence yet for: Mistrust").wait_for()
    out.get_by_label("Candidates").focus()
    page.keyboard.press("ArrowDown")
    lab.until("tree.picker.found.value is not None", True)
    out.get_by_role("button", name="Attach this sentence").focus()
    page.keyboard.press("Enter")
    lab.until("tree.table['evidence'].tolist()", [1])
    out.get_by_label("Obstacle or driver").select_option(label="Territory (obstacle)")
    out.get_by_role("button", name="Trunk: the core problem").click()
    lab.until("tree.table['item'].tolist()", ["Territory", "Mistrust"])
    out.get_by_label("The core problem, in your words").fill("Nobody can bind the stronger side of tomorrow")
    page.keyboard.press("Enter")
    lab.until("tree.tree['core'][:6]", "Nobody")

    # The ranking: moved by keyboard and by mouse, compared, and a mark chosen.
    out = lab.output(2)
    out.get_by_label("From most to least").focus()
    page.keyboard.press("End")
    lab.until("ranks.selected is not None", True)
    last = lab.python("ranks.selected")
    out.get_by_role("button", name="▲ Move up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    lab.until(f"ranks.ranking['importance'].index('{last}')", len(lab.python("codes")) - 3)
    out.get_by_role("button", name="tractability").click()
    out.get_by_role("button", name="To the top").click()
    lab.until(f"ranks.ranking['tractability'][0] == '{last}'", True)
    marks = out.locator(".mark-symbol.role-mark path")
    marks.first.wait_for()
    assert marks.count() == len(lab.python("codes"))
    out.get_by_role("button", name="the others’ mean").click()
    lab.until("'the others' in ranks.chart.alt", True)
    marks.nth(2).click()
    lab.until(f"ranks.selected != '{last}'", True)
    assert lab.axe() == []
    lab.shots("obstacles-own-work")


def test_a_promise_and_a_deal_appear_and_vanish_by_keyboard(lab):
    page = lab.write(
        SET_UP,
        "promise = kit.obstacles.CommitmentProblem(case)\npromise",
        "zone = kit.obstacles.ZoneOfAgreement(case)\nzone",
        name="games.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    out = lab.output(1)
    out.get_by_text("No promise holds.").wait_for()
    chart = out.locator(".parley-chart")
    chart.locator("svg").wait_for()
    out.get_by_role("slider", name="Shift of power").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    out.get_by_text("A promise can hold.").wait_for()
    lab.until("promise.shift.value", 24)
    assert chart.get_attribute("data-drawn") == "1"
    assert out.locator("[role=graphics-document][aria-label*='at a shift of 24 points']").count() == 1
    out.get_by_label("Where the articles speak of it").select_option(index=1)
    lab.until("len(promise.panel.table) > 0", True)

    out = lab.output(2)
    out.get_by_text("A deal exists.").wait_for()
    out.get_by_role("slider", name="A needs at least").focus()
    page.keyboard.press("End")
    out.get_by_text("No deal.").wait_for()
    lab.shots("one-issue")
    page.set_viewport_size(WHOLE)
    out.get_by_role("button", name="two issues: a harbour and a toll").click()
    out.get_by_text("Trade opens a deal.").wait_for()
    out.locator(".mark-symbol.role-mark path").first.wait_for()
    assert out.locator(".parley-chart:visible").count() == 1
    out.get_by_role("slider", name="Points that A needs").focus()
    page.keyboard.press("End")
    out.get_by_text("No deal.").wait_for()
    page.keyboard.press("Home")
    out.get_by_text("A deal exists.").wait_for()
    assert lab.axe() == []
    lab.shots("games")
