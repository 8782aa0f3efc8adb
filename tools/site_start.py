"""The start page of the static site: what the course is, its seven units as cards, and how work is kept."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kit.screen.chart import PREVIEW, VEGA_LITE

ROOT = Path(__file__).resolve().parent.parent
LOOKS = ROOT / "deploy" / "site"
# Units whose explorer is known by a picture that the README shows as well; the others show their first saved chart.
PICTURES = {"00": "reader.png", "01": "timeline.png", "02": "actor-map.png", "05": "cross-impact.png"}
TEACHING = {"class-view": "What your class made of each unit", "own-case": "A case of your own"}


def address(notebook: str, **asked: str) -> str:
    """Return where the site opens a notebook, seen from the start page."""
    more = "".join(f"&{name}={quote(value)}" for name, value in asked.items())
    return f"lite/notebooks/index.html?path={quote(notebook)}{more}"


def units(root: Path, *, instructors: bool) -> list[dict[str, Any]]:
    """Return what the page says of each unit."""
    course = yaml.safe_load((root / "kit" / "learning" / "course.yaml").read_text(encoding="utf-8"))
    return [_unit(root, number, about, instructors=instructors) for number, about in course.items()]


def _unit(root: Path, number: str, about: dict[str, Any], *, instructors: bool) -> dict[str, Any]:
    name = f"{about['notebook']}.ipynb"
    return {
        "number": number,
        "title": about["title"],
        "minutes": about["minutes"],
        "about": first_line(json.loads((root / "notebooks" / name).read_text(encoding="utf-8"))),
        "page": address(f"notebooks/{name}"),
        "plain": address(f"notebooks/{name}", view="page"),
        "exercise": address(f"exercises/{name}"),
        "solution": address(f"solutions/{name}") if instructors else "",
        "picture": PICTURES.get(number, f"{number}.svg"),
    }


def first_line(notebook: dict[str, Any]) -> str:
    """Return what a notebook says of itself below its title, in italics there."""
    found = re.search(r"^\*([^*\n]+)\*$", "".join(notebook["cells"][0]["source"]), re.MULTILINE)
    return found[1] if found else ""


def first_chart(notebook: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first chart that is saved in a notebook, as a Vega-Lite specification."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
    return next((output["data"][PREVIEW] for output in outputs if PREVIEW in output.get("data", {})), None)


def write(out: Path, *, instructors: bool, root: Path = ROOT) -> None:
    """Write the page, its style and its pictures into the folder of a site."""
    page = Environment(loader=FileSystemLoader(LOOKS), autoescape=True, undefined=StrictUndefined)
    told = units(root, instructors=instructors)
    package = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    teaching = [(title, address(f"notebooks/instructor/{name}.ipynb")) for name, title in TEACHING.items()]
    pack = put_pack(root / "dist" / f"parley-instructor-pack-{package['version']}.zip", out) if instructors else ""
    words = page.get_template("start.html").render(
        units=told, instructors=instructors, teaching=teaching, pack=pack, version=package["version"]
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(words, encoding="utf-8")
    (out / ".nojekyll").touch()  # GitHub Pages leaves out files that begin with an underscore otherwise
    shutil.copy(LOOKS / "start.css", out)
    put_pictures(root, out / "pictures", [unit["picture"] for unit in told])


def put_pictures(root: Path, into: Path, names: list[str]) -> None:
    """Write the pictures of the cards: those of the README, and else the first chart that a notebook shows."""
    import vl_convert

    into.mkdir(exist_ok=True)
    shutil.copy(LOOKS / "parley.svg", into)
    for name in names:
        drawn = [folder / name for folder in (root / "docs" / "pictures", LOOKS) if (folder / name).exists()]
        if drawn:
            shutil.copy(drawn[0], into)
            continue
        (notebook,) = (root / "notebooks").glob(f"{Path(name).stem}-*.ipynb")
        chart = first_chart(json.loads(notebook.read_text(encoding="utf-8")))
        (into / name).write_text(vl_convert.vegalite_to_svg(chart, vl_version=VEGA_LITE), encoding="utf-8")


def put_pack(pack: Path, out: Path) -> str:
    """Copy the instructor's pack, if one was made (``make pack``), and return its address; empty if there is none."""
    if not pack.exists():
        return ""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(pack, out)
    return pack.name
