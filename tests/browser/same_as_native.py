"""What a page must show as a machine does: the marks, and each explorer's charts. Run on both, and compared."""

import hashlib
import json
from importlib import import_module
from pathlib import Path

UNITS = ("background", "actors", "obstacles", "measures", "scenarios", "negotiation")
NATIVE = Path("/peers/native.json")  # where in_node.mjs lays what the machine found


def charts_in(widget):
    """The specifications of all charts in a widget, in the order in which they stand."""
    if hasattr(widget, "spec"):
        yield widget.spec
    for child in getattr(widget, "children", ()):
        yield from charts_in(child)


def found():
    """A hash for the marks of each case, and for the charts of each explorer."""
    import ipywidgets

    from kit import load_case
    from kit.screen.explorer import Explorer

    case = load_case("ukraine")
    shown = {f"marks of {each.name}": each.marks.to_csv(index=False) for each in (case, load_case("northern-ireland"))}
    for unit in UNITS:
        room = import_module(f"kit.{unit}")
        for name in room.__all__:
            made = getattr(room, name)
            if isinstance(made, type) and issubclass(made, Explorer):
                shown[f"{unit}.{name}"] = json.dumps(list(charts_in(made(case))), sort_keys=True)
    ipywidgets.Widget.close_all()
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in shown.items() if text != "[]"}


def test_a_page_finds_and_draws_what_the_machine_does():
    assert found() == json.loads(NATIVE.read_text("utf-8"))


if __name__ == "__main__":
    print(json.dumps(found()))
