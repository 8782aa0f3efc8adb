"""Where the kit runs, and all that differs there: on a machine, on Binder, on a Voila page, or in a browser page.

In a browser page (JupyterLite) Python itself runs in the reader's browser. There are no other processes, no native
packages, and ``null`` is lost on its way to JavaScript. Nothing outside this module asks which place it is.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from kit.errors import KitError

IN_PAGE = sys.platform == "emscripten"
DRIVE = Path("/drive")  # what JupyterLite keeps in the browser; a page without a service worker has none

BINDER = "You are on Binder, which stops after ten idle minutes and forgets your work: download it after each part."
BROWSER = (
    "Your answers are kept in this browser, on this machine, until somebody clears the browser's data. "
    "Download them too, so that you have a second copy."
)
PAGE = "Your answers are kept on this page only: download them before you leave, and restore them next time."


def drive() -> Path | None:
    """Return the folder that the browser keeps for this site, or None where there is none."""
    return DRIVE if IN_PAGE and DRIVE.is_dir() else None


def keeps_nothing() -> bool:
    """Return whether all answers end with this page.

    That is so in a browser without a service worker, and on a Voila page, where one file would be everybody's.
    """
    on_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    return on_voila or (IN_PAGE and drive() is None)


def on_binder() -> bool:
    """Return whether this runs on Binder, where the disk is gone after ten idle minutes."""
    return any(name.startswith("BINDER_") and value for name, value in os.environ.items())


def warning() -> str:
    """Return why a learner should download the work; an empty text where it is kept on a disk."""
    if keeps_nothing():
        return PAGE
    if on_binder():
        return BINDER
    return BROWSER if IN_PAGE else ""


def place_of(path: Path | None) -> str:
    """Return in words where answers are kept: in this browser, on this page only, or the folder and file."""
    if path is None:
        return "on this page only"
    return "in this browser" if IN_PAGE else f"in {path.parent.name}/{path.name}"


def link_to(notebook: str) -> str:
    """Return the link from one notebook of the course to another: by its path, or by its name where a site opens it."""
    return f"?path=notebooks/{notebook.rpartition('/')[2]}" if IN_PAGE else notebook


def lock(path: Path, patience: float) -> AbstractContextManager[Any]:
    """Return what keeps other processes from a file meanwhile; a `TimeoutError` if one of them does not let go.

    A page has no other process, and its drive would never let go of a lock. Where a drive knows no locks, as some homes
    on a network, there is none: what two processes write at once is merged by the next save all the same.
    """
    if IN_PAGE:
        return nullcontext()
    from filelock import FileLock

    try:
        return FileLock(path, timeout=patience, mode=0o600, poll_interval=0.02).acquire()
    except OSError as problem:
        if problem.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise
        return nullcontext()


def drawing_library() -> Any:
    """Return the native package that draws charts as pictures.

    Raises
    ------
    KitError
        In a page, which cannot have it.
    """
    if IN_PAGE:
        msg = "A browser page cannot write this picture to a file"
        raise KitError(msg, remedy="Open the notebook with JupyterLab on a computer, or take a screenshot.")
    import vl_convert

    return vl_convert


def to_page(value: Any) -> Any:
    """Return what JavaScript is to get for a value of plain Python: None arrives as null, not as undefined.

    For Vega-Lite ``title: null`` is no title, and ``title: undefined`` is the default title. For a list of ipywidgets
    an index of null means that nothing is chosen, and undefined chooses the first item.
    """
    import js  # Pyodide's

    try:
        return js.JSON.parse(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError):  # bytes or numbers that JSON has no word for: the kernel's own way must do
        return value


def from_page(value: Any) -> Any:
    """Return what Python is to get for a value from JavaScript: null arrives as None, not as a value of its own."""
    from pyodide import ffi

    return _without(value, getattr(ffi, "jsnull", None))


def _without(value: Any, null: Any) -> Any:
    if value is null:
        return None
    if isinstance(value, dict):
        return {name: _without(each, null) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, null) for each in value]
    return value


def arrive() -> None:
    """Set up what the kit needs in a page; nothing elsewhere. `import kit` calls it."""
    if IN_PAGE:
        look_there_last()
        carry_null()


def look_there_last() -> None:
    """Let imports look into the working folder last of all.

    It lies on the drive that the browser keeps, where each look is a request of its own, and Python looks for every module.
    """
    if "" in sys.path:
        sys.path.remove("")
        sys.path.append("")


def carry_null() -> None:
    """Let None and null pass between Python and the page, in messages of widgets and in what cells show.

    A server sends all of that as JSON, where nothing is lost, so there is nothing to do there.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if hasattr(shell, "send_comm") and not hasattr(shell, "parley_carries_null"):
        shell.parley_carries_null = True
        _carry_in_messages(shell)
        _carry_in_outputs(shell)


def _carry_in_messages(shell: Any) -> None:
    import comm

    send = shell.send_comm
    shell.send_comm = lambda kind, content, *rest: send(kind, to_page(content), *rest)
    manager = comm.get_comm_manager()
    for name in ("comm_open", "comm_msg", "comm_close"):
        setattr(manager, name, _taking_null(getattr(manager, name)))


def _taking_null(act: Callable[..., Any]) -> Callable[..., Any]:
    return lambda stream, ident, message: act(stream, ident, from_page(message))


def _carry_in_outputs(shell: Any) -> None:
    hook, publisher = shell.displayhook, shell.display_pub
    write, publish = hook.write_format_data, publisher.publish

    def write_format_data(data: Any, metadata: Any = None) -> None:
        write(data, metadata)
        hook.data, hook.metadata = to_page(hook.data), to_page(hook.metadata)

    def publish_data(data: Any, metadata: Any = None, **more: Any) -> None:
        publish(to_page(data), to_page(metadata or {}), **more)

    hook.write_format_data, publisher.publish = write_format_data, publish_data
