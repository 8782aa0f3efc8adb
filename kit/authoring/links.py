"""Launch links: one click from a page to one notebook, on the static site, on Binder or on a class hub.

`python -m kit links OWNER/REPO` writes a link into the first cell of each notebook and the table of units into README.md,
and checks that each link names a file that exists. Run without an owner it takes the links out again.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from kit.authoring.exercises import notebooks_in
from kit.errors import KitError
from kit.learning.progress import course

BINDER = "https://mybinder.org/v2/gh"
LAUNCH = re.compile(r"^<!-- launch -->.*$", re.MULTILINE)
TABLE = re.compile(r"(<!-- units -->\n).*?(<!-- /units -->)", re.DOTALL)
# Every part has a longest length, as GitHub and DNS have: what fits goes into an address as it is.
OWNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}(?<!\.git)")
# As `git check-ref-format` has it; whatever else stands in a name is quoted in the link.
REF = re.compile(r"(?![-/.@])(?!.{0,200}(?:\.\.|//|/\.|@\{|\.lock$))[^\x00-\x20\x7f~^:?*\[\\]{1,200}(?<![/.])")
FOLDERS = ("notebooks", "exercises", "solutions")
BADGE = "docs/pictures/binder.svg"
HOST = re.compile(r"(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.){0,20}[a-z](?:[a-z0-9-]{0,62}(?<!-))?")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=.*:)[0-9a-f:.]{2,45}")
PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,100}){0,9}")
# Pages that an address is copied from. A hub may itself lie in a folder named "user" or "services", so these come last.
HUB_PAGES = (
    re.compile(
        r"/(?:hub/(?:log(?:in|out)|home|spawn|admin|token|signup|authorize|accept-share|change-password|api|static|error|lti"
        r"|oauth_|[a-z_]{1,20}login|user)|user/[^/]*/(?:doc|lab|tree|notebooks|retro|voila|edit|files|api)\b).*"
    ),
    re.compile(r"/(?:user|user-redirect|services)(?:/.*)?$"),
)
HOW = "To get launch links here, run `python -m kit links OWNER/REPO` with the name of your repository on GitHub."


def binder_link(repository: str, ref: str, path: str) -> str:
    """Link that opens one notebook of a repository on mybinder.org, its left bar closed."""
    # %20 and not a plus sign: Binder takes what stands there for a path, in which a plus is a plus.
    return f"{BINDER}/{repository}/{quote(ref, safe='')}?{urlencode({'labpath': path}, quote_via=quote, safe='')}"


def pages_link(repository: str, path: str) -> str:
    """Link that opens one notebook on the repository's own pages, in the reader's browser; empty for what the site lacks."""
    # The students' site is built without solutions and without what instructors use.
    if path.startswith("solutions/") or "/instructor/" in path:
        return ""
    owner, name = repository.split("/")
    host = f"{owner.lower()}.github.io"  # a repository of this name is served at the root, without a folder of its own
    folder = "" if name.lower() == host else f"/{name}"
    return f"https://{host}{folder}/lite/notebooks/index.html?{urlencode({'path': path}, quote_via=quote, safe='/')}"


def hub_link(hub: str, path: str) -> str:
    """Link that opens one notebook in a learner's own folder on a class hub.

    The hub lays the notebooks out there (``deploy/learner.py``). Nothing is copied by the link, since a copy of the whole
    repository would bring its solutions along.
    """
    return f"{hub}/hub/user-redirect/doc/tree/parley/{quote(path)}"


def notebook_paths(root: Path) -> list[str]:
    """Notebooks that learners open, as paths from the project's root with forward slashes."""
    return [path.relative_to(root).as_posix() for folder in FOLDERS for path in notebooks_in(root / folder)]


def launch_line(link: str | None, page: str = "") -> str:
    """Line of a notebook's first cell: the mark that this tool looks for, and the links after it."""
    if link is None:
        return "<!-- launch -->"
    if page:
        return f"<!-- launch --> [Open this notebook in your browser]({page}), or [on Binder]({link})"
    return f"<!-- launch --> [Open this notebook on Binder]({link})"


def with_launch(source: str, link: str | None, page: str = "") -> str:
    """Source of a cell with its launch line set."""
    return LAUNCH.sub(lambda _match: launch_line(link, page), source)


def units_table(
    units: Iterable[tuple[str, str, int, str]], links: dict[str, str], pages: dict[str, str] | None = None
) -> str:
    """Markdown table of the units.

    Parameters
    ----------
    units : iterable of (number, title, minutes, path)
    links : dict of path to link
        Empty where no owner is set; the table then says how to set one.
    pages : dict of path to link, optional
        The same notebooks on the static site.
    """
    head = "| | unit | minutes | exercise |" + (
        " launch |\n| --- | --- | --- | --- | --- |\n" if links else "\n| --- | --- | --- | --- |\n"
    )
    rows = []
    for number, title, minutes, path in units:
        exercise = path.replace("notebooks/", "exercises/")
        row = f"| {number} | [{title}]({path}) | {minutes} | [exercise]({exercise}) |"
        page = f"[in your browser]({pages[path]}) " if pages and pages.get(path) else ""
        rows.append(row + (f" {page}[![Open on Binder]({BADGE})]({links[path]}) |" if links else ""))
    return head + "\n".join(rows) + "\n" + ("" if links else f"\n{HOW}\n")


def course_units() -> list[tuple[str, str, int, str]]:
    """Units of the course as ``(number, title, minutes, path of the notebook)``."""
    return [
        (number, unit["title"], unit["minutes"], f"notebooks/{unit['notebook']}.ipynb")
        for number, unit in course().items()
    ]


def write_links(root: Path, repository: str | None, ref: str = "main") -> list[str]:
    """Set the links of all notebooks and of the README.

    Parameters
    ----------
    root : Path
        The project's root.
    repository : str or None
        ``OWNER/REPO`` on GitHub; None takes the links out.
    ref : str
        A branch or tag.

    Returns
    -------
    list of str
        Paths of the files that were changed.

    Raises
    ------
    kit.errors.KitError
        If the repository's or the ref's name cannot be one, or a unit of the course has no notebook.
    """
    _check_names(repository, ref)
    paths = notebook_paths(root)
    missing = [path for *_, path in course_units() if path not in paths]
    if missing:
        what = f"There is no {', no '.join(missing)}"
        raise KitError(what, where=root, remedy="Links are written only to files that exist; restore them first.")
    links = {path: binder_link(repository, ref, path) for path in paths} if repository else {}
    pages = {path: pages_link(repository, path) for path in paths} if repository else {}
    changed = [path for path in paths if _set_notebook(root / path, links.get(path), pages.get(path, ""))]
    readme = root / "README.md"
    old = readme.read_text(encoding="utf-8")
    new = TABLE.sub(lambda match: match[1] + units_table(course_units(), links, pages) + match[2], old)
    if new != old:
        readme.write_text(new, encoding="utf-8")
        changed.append("README.md")
    return changed


def _check_names(repository: str | None, ref: str) -> None:
    if repository is not None and not OWNER.fullmatch(repository):
        what = f"'{repository}' is not the name of a repository"
        raise KitError(what, remedy="Write it as OWNER/REPO, as in the address of its page on GitHub.")
    if not REF.fullmatch(ref):
        what = f"'{ref}' is not the name of a branch or tag"
        raise KitError(what, remedy="Write it as git shows it, such as main or v1.0.")


def hub_address(told: str) -> str:
    """Return a hub's address as a link needs it: with ``https://``, and without the page that it was copied from.

    A hub named by a number or on this machine, for which nobody gives a certificate, gets ``http://``.

    Raises
    ------
    kit.errors.KitError
        If it is no address of a hub.
    """
    told = told.strip("<>\"'.,; \t\r\n\u200b")
    try:
        parts = urlsplit(told if re.match("([A-Za-z]+:)?//", told) else f"//{told}")
        # Letters beyond Latin ones as DNS has them; so an empty part or one too long is found out, too.
        host, port = (parts.hostname or "").encode("idna").decode(), f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, host, port = urlsplit(""), "", ""
    is_number = bool(NUMBER.fullmatch(host))
    scheme = parts.scheme or ("http" if is_number or host == "localhost" else "https")
    page = next(filter(None, (page.search(parts.path) for page in HUB_PAGES)), None)
    path = parts.path[: page.start() if page else None].rstrip("/")
    is_sound = scheme in {"http", "https"} and (is_number or HOST.fullmatch(host)) and PATH.fullmatch(path)
    # A name before "@" comes with a password, which the link would hand out; "https:/hub" has its scheme for a host.
    if not is_sound or "@" in parts.netloc or host in {"http", "https"}:
        msg = f"'{told}' is not the address of a hub"
        raise KitError(msg, where="--hub", remedy="Write it as https://hub.example.org.")
    return f"{scheme}://{f'[{host}]' if ':' in host else host}{port}{path}"


def _set_notebook(path: Path, link: str | None, page: str) -> bool:
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    changed = False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (new := with_launch(cell.source, link, page)) != cell.source:
            cell.source, changed = new, True
    if changed:
        nbformat.write(notebook, path)
    return changed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``links``."""
    parser.add_argument("repository", nargs="?", help="OWNER/REPO on GitHub; without it, links are taken out again")
    parser.add_argument("--ref", default="main", help="branch or tag (default: main)")
    parser.add_argument("--hub", help="address of a class hub: also print its links")
    parser.add_argument("--root", type=Path, default=Path(), help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Write the links, say what was changed, and print the links for a class hub."""
    # Empty is what a variable says that was never set, and not a wish to go without.
    hub = "" if arguments.hub is None else hub_address(arguments.hub)
    if (
        arguments.repository is not None or not hub
    ):  # who asks for a hub's links alone does not mean to lose those in the notebooks
        changed = write_links(arguments.root, arguments.repository, arguments.ref)
        print("\n".join(f"changed {path}" for path in changed) or "Nothing to change.")
    for number, title, _minutes, path in course_units() if hub else ():
        print(f"{number} {title}: {hub_link(hub, path)}")
    if hub.endswith("/hub"):  # a base may bear that name
        print(f"The address ends in /hub. If the links lead nowhere, leave that out: --hub {hub.removesuffix('/hub')}")
    if not hub and not arguments.repository:
        print(HOW)
    return 0
