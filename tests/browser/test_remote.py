"""Unit 06 at two computers: two JupyterLabs that know nothing of each other, and a chat between them."""

import pytest
from conftest import Lab, Server

from kit.case import load_case
from kit.negotiation import tables

CELLS = (
    "import kit\ncase = kit.load_case('ukraine')\ngame = kit.negotiation.Table(case)\ngame",
    "kit.negotiation.Debrief(case)",
)


@pytest.fixture
def other(browser, tmp_path_factory):
    """A second computer: a server of its own with a home and a portfolio of its own."""
    server = Server(tmp_path_factory.mktemp("other"))
    lab = Lab(server, browser)
    yield lab
    complaints = lab.complaints()
    lab.close()
    server.stop()
    assert complaints == {}


def open_apart(lab):
    """Open a table at which each delegation sits at its own computer."""
    page = lab.write(*CELLS, name="remote.ipynb")
    page.set_viewport_size({"width": 1280, "height": 4_000})
    lab.run_all()
    table = lab.output(0)
    table.get_by_label("Play", exact=True).select_option(label="Two delegations")
    table.get_by_label("Where", exact=True).select_option(label="Each at their own computer")
    lab.until("game.apart", True)
    return table


def say(one, text):
    """Paste a text and take it in."""
    one.get_by_label("Paste what they sent").fill(text)
    one.get_by_role("button", name="Take it in").click()


def sent(lab, moves):
    """The text that a computer has for the others, once it is of so many moves."""
    lab.until("len(game.game.moves)", moves)
    lab.until(f"'move {moves}:' in game.mail.sent.value", True)
    return lab.output(0).get_by_label("Send this to the others").input_value()


def test_two_computers_play_to_signature_and_both_open_the_debrief(lab, other):
    host, guest = open_apart(lab), open_apart(other)
    invitation = lab.python("game.mail.sent.value")
    say(guest, f"Olena, 10:31\n{invitation}")
    other.until("game.said_words[:20]", "You have joined game")
    assert other.python("game.here") == "russia"

    game = tables.lab(load_case("ukraine"))
    model = game.negotiation(game.parties)
    zone = model.zone()
    package = tables.package_of(game, zone.index[game.holds[zone.index]][0], game.parties)
    for issue, option in package.items():
        list_ = host.get_by_role("combobox", name=game.issues[issue].title, exact=True)
        list_.select_option(index=1 + game.options[issue].index(option))
    host.get_by_role("button", name="Offer this package").click()

    offer = sent(lab, 1)
    assert len(offer) < 300
    say(guest, offer.replace("move 1", "move 7"))
    guest.get_by_text("was altered on its way").wait_for()
    assert other.python("len(game.game.moves)") == 0
    assert other.output(1).get_by_role("button", name="Open the debrief").is_disabled()

    say(guest, offer)
    other.until("len(game.game.moves)", 1)
    guest.get_by_role("button", name="Accept").click()
    say(host, sent(other, 2))
    lab.until("game.game.state", "agreed")
    host.get_by_role("button", name="Sign", exact=True).click()
    say(guest, sent(lab, 3))
    other.until("len(game.game.moves)", 3)
    guest.get_by_role("button", name="Sign", exact=True).click()
    say(host, sent(other, 4))

    for each in (lab, other):
        each.output(0).get_by_role("heading", name="Signed").wait_for()
        each.output(1).get_by_role("button", name="Open the debrief").click()
        each.output(1).get_by_text("Guess first").wait_for()
        assert each.errors() == []
        assert each.axe() == []
    assert lab.python("game.game.as_json()") == other.python("game.game.as_json()")
    other.page.screenshot(path="tests/browser/screenshots/remote.png")
