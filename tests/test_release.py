"""The files that tell which Parley this is agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


def test_citation_changelog_and_package_tell_the_same_version_and_date():
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+) \((\S+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert (citation["version"], str(citation["date-released"])) == newest.groups()
    assert package["version"] == citation["version"]


def test_the_citation_has_what_the_format_asks_for_and_the_package_s_licences():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["license"] == package["license"].split(" AND ")


@pytest.mark.parametrize("path", ["Makefile", "README.md", "tools/students/start.py"])
def test_the_first_notebook_is_opened_with_the_whole_project_in_reach(path):
    """Given a notebook's name alone, Jupyter takes its folder for the whole, and links to the exercises lead nowhere."""
    text = (ROOT / path).read_text(encoding="utf-8")
    opened = re.findall(r"(?:jupyter lab|jupyterlab\",)(.*)", text)
    (url,) = [match[1] for line in opened if (match := re.search(r"default_url=/lab/tree/([\w./{}-]+)", line))]
    first = re.search(r'FIRST = "(.+)"', text)
    assert (ROOT / (first[1] if first else url)).is_file()
