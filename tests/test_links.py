"""Launch links: where they lead, and that each names a file."""

import argparse
import re
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest

from kit.authoring.links import (
    binder_link,
    course_units,
    hub_address,
    hub_link,
    pages_link,
    run,
    units_table,
    with_launch,
    write_links,
)
from kit.errors import KitError

README = "# Parley\n\n<!-- units -->\nold\n<!-- /units -->\n\nrest\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    for *_, path in course_units():
        cell = nbformat.v4.new_markdown_cell("# Title\n\n<!-- launch -->\n\nmore", id="title")
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), file)
    return tmp_path


def first_cell(project, path):
    return nbformat.read(project / path, as_version=4).cells[0].source


def test_a_binder_link_opens_one_notebook_of_a_tag():
    parts = urlsplit(binder_link("who/what", "release/1", "notebooks/00 a.ipynb"))
    assert parts.path == "/v2/gh/who/what/release%2F1"
    assert parse_qs(parts.query) == {"labpath": ["notebooks/00 a.ipynb"]}


def test_a_hub_link_opens_the_notebook_in_the_learners_own_folder_and_copies_nothing():
    parts = urlsplit(hub_link("https://hub.example.edu", "notebooks/01.ipynb"))
    assert parts.netloc == "hub.example.edu"
    assert parts.path == "/hub/user-redirect/doc/tree/parley/notebooks/01.ipynb"
    assert parts.query == ""


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("hub.example.org", "https://hub.example.org"),
        ("//hub.example.org/hub/tmplogin", "https://hub.example.org"),
        ("https://hub.example.org/", "https://hub.example.org"),
        ("HTTPS://hub.example.org/hub/home", "https://hub.example.org"),
        ("http://10.0.0.5:8000", "http://10.0.0.5:8000"),
        ("example.org/class/hub", "https://example.org/class/hub"),
        ("https://hub.example.org/hub/login?next=%2Fhub%2F", "https://hub.example.org"),
        ("https://hub.example.org/hub/oauth_login?next=", "https://hub.example.org"),
        ("https://example.org/class/user/anna/lab", "https://example.org/class"),
        (" LOCALHOST:8000 ", "http://localhost:8000"),
        ("localhost.example.org", "https://localhost.example.org"),
        ("https://hub.example.org/services/announcement/", "https://hub.example.org"),
        ("https://example.org/services/jupyter/hub/home", "https://example.org/services/jupyter"),
        ("https://example.org/user/jupyter/hub/spawn-pending/anna", "https://example.org/user/jupyter"),
        ("https://hub.example.org/user/anna/lab/tree/hub/home/a.ipynb", "https://hub.example.org"),
        ("https://hub.example.org/user/anna@example.org/second/", "https://hub.example.org"),
        ("https://hub.example.org/hub/user/anna/lab", "https://hub.example.org"),
        ("https://hub.example.org/hub/accept-share?code=abc", "https://hub.example.org"),
        ("https://hub.example.org/hub/google_login", "https://hub.example.org"),
        ("https://hub.example.org/?next=%2Fhub%2F", "https://hub.example.org"),
        ("<https://hub.example.org/hub/admin#/groups>.", "https://hub.example.org"),
        ("192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("https://hüb.example.org", "https://xn--hb-xka.example.org"),
    ],
)
def test_a_hub_s_address_gets_what_a_link_needs(told, address):
    assert hub_address(told) == address


@pytest.mark.parametrize(
    "told",
    [
        "hub example org",
        "https//hub.example.org",
        "https:/hub.example.org",
        "javascript://x",
        "ftp://hub.example.org",
        "",
        "https://",
        "https://...",
        "https://-",
        "hub..example.org",
        "https://hub.example.org:99999",
        "999.example.1",
        "https://anna:secret@hub.example.org",
        "https://hub.example.org/a/../b",
        f"{'a' * 300}.org",
    ],
)
def test_what_is_no_address_of_a_hub_is_refused(told):
    with pytest.raises(KitError, match="address of a hub"):
        hub_address(told)


@pytest.mark.parametrize(
    "named", [{"hub": ""}, {"hub": " "}, {"repository": ""}, {"repository": "", "hub": "example.org"}]
)
def test_what_a_variable_that_was_never_set_says_is_refused_and_no_link_is_lost(project, named):
    write_links(project, "who/what")
    before = first_cell(project, course_units()[1][3])
    arguments = argparse.Namespace(**{"repository": None, "hub": None, "ref": "main", "root": project} | named)
    with pytest.raises(KitError, match=r"is not the (address of a hub|name of a repository)"):
        run(arguments)
    assert first_cell(project, course_units()[1][3]) == before


def test_links_are_written_into_notebooks_and_readme_and_taken_out_again(project):
    path = course_units()[1][3]
    before = first_cell(project, path)
    changed = write_links(project, "who/what", "v1")
    assert {path, "README.md"} <= set(changed)
    assert binder_link("who/what", "v1", path) in first_cell(project, path)
    assert binder_link("who/what", "v1", path) in (project / "README.md").read_text(encoding="utf-8")
    assert pages_link("who/what", path) in first_cell(project, path)
    assert pages_link("who/what", path) in (project / "README.md").read_text(encoding="utf-8")
    write_links(project, None)
    assert first_cell(project, path) == before
    assert "python -m kit links OWNER/REPO" in (project / "README.md").read_text(encoding="utf-8")


def test_writing_the_same_links_again_changes_nothing(project):
    write_links(project, "who/what")
    assert write_links(project, "who/what") == []


def test_the_rest_of_the_readme_stays(project):
    write_links(project, "who/what")
    text = (project / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Parley\n")
    assert text.endswith("\nrest\n")


def test_a_unit_without_its_notebook_stops_before_anything_is_written(project):
    path = course_units()[2][3]
    (project / path).unlink()
    with pytest.raises(KitError, match=re.escape(path)):
        write_links(project, "who/what")
    assert (project / "README.md").read_text(encoding="utf-8") == README


@pytest.mark.parametrize(
    "name", ["what", "who/", "who/what/more", "who/what?x=1", "../..", "who/..", "who/what.git", "a b/c"]
)
def test_a_name_that_is_no_repository_is_refused(project, name):
    with pytest.raises(KitError, match="OWNER/REPO"):
        write_links(project, name)


@pytest.mark.parametrize("ref", ["", "a..b", "-x", "a b", "a//b", "a/", "x.lock", "a/.b", "@", "a~1"])
def test_a_name_that_is_no_branch_is_refused(project, ref):
    with pytest.raises(KitError, match="branch or tag"):
        write_links(project, "who/what", ref)


def test_a_tag_with_a_sign_in_it_is_quoted_in_the_link(project):
    write_links(project, "who/what", "v1.0+é")
    assert "/v2/gh/who/what/v1.0%2B%C3%A9?" in first_cell(project, course_units()[0][3])


def test_a_cell_without_the_mark_is_left_alone():
    assert with_launch("# Title", "https://example.org") == "# Title"


def test_every_row_of_the_table_names_its_notebook_and_exercise():
    table = units_table([("00", "Start", 45, "notebooks/00.ipynb")], {})
    assert "| 00 | [Start](notebooks/00.ipynb) | 45 | [exercise](exercises/00.ipynb) |" in table


def test_a_link_to_the_site_opens_one_notebook_on_the_repositorys_pages():
    opened = "lite/notebooks/index.html?path=notebooks/00-start-here.ipynb"
    assert pages_link("Who/what", "notebooks/00-start-here.ipynb") == f"https://who.github.io/what/{opened}"
    assert pages_link("who/who.github.io", "notebooks/00-start-here.ipynb") == f"https://who.github.io/{opened}"


@pytest.mark.parametrize("path", ["solutions/01-background.ipynb", "notebooks/instructor/class-view.ipynb"])
def test_what_is_not_on_the_students_site_gets_no_link_to_it(path):
    assert pages_link("who/what", path) == ""


@pytest.mark.parametrize(
    ("told", "shorter"),
    [
        ("https://hub.example.org/hub/", "https://hub.example.org"),
        ("example.org/class/hub", "https://example.org/class"),
    ],
)
def test_an_address_that_ends_in_hub_is_kept_and_the_shorter_one_named(told, shorter, capsys):
    run(argparse.Namespace(repository=None, hub=told))
    printed = capsys.readouterr().out
    assert f"{shorter}/hub/hub/user-redirect/" in printed
    assert printed.endswith(f"leave that out: --hub {shorter}\n")
    run(argparse.Namespace(repository=None, hub=shorter))
    assert "ends in /hub" not in capsys.readouterr().out
