"""The Firefox of the machine, driven over WebDriver BiDi, which it speaks by itself. Nothing outside loopback is reached."""

import itertools
import json
import os
import shutil
import subprocess
import time
from contextlib import suppress

import websocket

NAMES = ("firefox", "firefox-esr")
# Every address but this machine's goes to a proxy that is not there.
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
}


def installed():
    """The path of a Firefox, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One tab of a headless Firefox; ``asked`` lists each address outside loopback that a page wanted."""

    def __init__(self, profile):
        profile.mkdir(exist_ok=True)
        wanted = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(wanted), "utf-8")
        told = profile / "WebDriverBiDiServer.json"
        told.unlink(missing_ok=True)
        command = [installed(), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        env = {**os.environ, "HOME": str(profile)}  # as root Firefox refuses a home of somebody else's
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        place = self._until(lambda: json.loads(told.read_text("utf-8")), seconds=60)
        address = f"ws://{place['ws_host']}:{place['ws_port']}/session"
        self.socket = websocket.create_connection(address, timeout=600, suppress_origin=True)
        self.numbers, self.asked, self.complaints = itertools.count(1), [], []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with suppress(Exception):
            self.send("browser.close")
        self.socket.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def send(self, method, **asked):
        """Give a command and return its result; what happened meanwhile is noted."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": asked}))
        while (said := json.loads(self.socket.recv())).get("id") != number:
            self._note(said["method"], said["params"])
        if said["type"] == "error":
            raise OSError(said["message"])
        return said["result"]

    def _note(self, method, about):
        if method == "network.beforeRequestSent":
            url = about["request"]["url"]
            if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
                self.asked.append(url)
        elif method == "log.entryAdded" and about["type"] == "javascript" and about["level"] == "error":
            self.complaints.append(about["text"])

    def open(self, address):
        """Open a page in a window so tall that every cell is drawn."""
        self.send("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        self.send("browsingContext.setViewport", context=self.tab, viewport={"width": 1280, "height": 12_000})

    def value(self, expression):
        """The value of an expression in the page, which may be a promise (JSON)."""
        code = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        said = self.send("script.evaluate", expression=code, target={"context": self.tab}, awaitPromise=True)
        if said["type"] == "exception":
            raise OSError(said["exceptionDetails"]["text"])
        return json.loads(said["result"]["value"])

    def wait_for(self, expression, *, seconds=60):
        return self._until(lambda: self.value(expression), seconds=seconds)

    def _until(self, look, *, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(OSError, ValueError, TypeError):  # a page that is just being opened
                if found := look():
                    return found
            time.sleep(0.2)
        raise TimeoutError

    def click(self, css):
        """Click the first visible element of a selector, as a hand does."""
        self.value(f"{visible(css)}.scrollIntoView({{ block: 'center' }})")
        found = self.send("script.evaluate", expression=visible(css), target={"context": self.tab}, awaitPromise=False)
        there = {"type": "element", "element": {"sharedId": found["result"]["sharedId"]}}
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": there},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act("pointer", moves)

    def write(self, text):
        """Press the keys of a text, one after the other."""
        self._act("key", [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")])

    def _act(self, kind, actions):
        self.send("input.performActions", context=self.tab, actions=[{"type": kind, "id": kind, "actions": actions}])


def visible(css):
    """JavaScript for the first visible element of a selector."""
    return f"[...document.querySelectorAll({json.dumps(css)})].find((each) => each.checkVisibility())"
