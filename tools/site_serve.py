"""Serve the static site on loopback, as any web server would: ``python tools/site_serve.py [FOLDER]``.

It answers as GitHub Pages does (packed, with a tag, kept for ten minutes, to pages of other addresses too) and counts what it sent, for the tests and the
benchmark. A browser lets a page keep nothing on plain http, save on this very machine: 127.0.0.1 and localhost.
"""

from __future__ import annotations

import argparse
import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKED = {".css", ".html", ".ipynb", ".js", ".json", ".mjs", ".svg", ".wasm"}
KEPT = "max-age=600"
UNDER = "/class/parley"  # a site lies below a path, as a repository's pages do


class Handler(SimpleHTTPRequestHandler):
    """Sends files below `UNDER`, and notes for each answer its path, its code and its bytes."""

    protocol_version = "HTTP/1.1"
    sent: list[tuple[str, int, int]]

    def do_GET(self) -> None:
        """Send a file, or say that the browser's copy is still good."""
        asked = self.path.split("?")[0]
        path = Path(self.translate_path(asked.removeprefix(UNDER)))
        if asked == "/favicon.ico":  # browsers ask for it wherever a page lies
            self._answer(204)
            return
        if not asked.startswith(f"{UNDER}/"):
            self._answer(404 if asked != "/" else 302, headers={"Location": f"{UNDER}/"} if asked == "/" else {})
            return
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file():
            self._answer(404)
            return
        tag = f'"{path.stat().st_mtime_ns:x}-{path.stat().st_size:x}"'
        headers = {"ETag": tag, "Cache-Control": KEPT, "Content-Type": self.guess_type(str(path))}
        if self.headers.get("If-None-Match") == tag:
            self._answer(304, headers=headers)
            return
        data = path.read_bytes()
        if path.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            data, headers["Content-Encoding"] = gzip.compress(data, 6), "gzip"
        self._answer(200, data, headers)

    def _answer(self, code: int, data: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.sent.append((self.path, code, len(data)))
        self.send_response(code)
        always = {"Content-Length": str(len(data)), "Access-Control-Allow-Origin": "*"}
        for name, value in {**(headers or {}), **always}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what was sent is counted instead."""


class SiteServer:
    """A site on a free port of this machine, until `stop`.

    Attributes
    ----------
    url : str
        The address of the start page.
    sent : list
        Of each answer the path, the code and the bytes.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.sent: list[tuple[str, int, int]] = []
        handler = type("SiteHandler", (Handler,), {"sent": self.sent})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{UNDER}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def bytes_sent(self) -> int:
        """Return how many bytes of files were sent since this was last asked."""
        total = sum(size for _, _, size in self.sent)
        self.sent.clear()
        return total

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "site")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    if not (options.folder / "index.html").exists():
        msg = f"There is no site in {options.folder}: run `make site`."
        raise SystemExit(msg)
    server = SiteServer(options.folder, options.port)
    print(f"The site is at {server.url}/  Stop with Ctrl-C.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
