"""Small cases that tests write for themselves."""

from kit.case import load_case


def write_case(folder, files):
    """Write files by their names within a folder, which may be there already, and return the case that they make."""
    for name, text in {"case.yaml": "title: The river\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_case(folder)
