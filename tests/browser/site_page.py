"""A page of the static site in a headless Chromium: everything outside loopback is refused and noted."""

from urllib.parse import quote, urlsplit

from conftest import PANEL, Lab

# Requests of workers pass by Playwright, so the browser itself is told that no other host exists.
ELSEWHERE = "parley.example"  # this machine too, under a name that a browser does not trust without https
ALONE = f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1, MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


class SitePage(Lab):
    """A notebook of the site: like one in JupyterLab, with Python in the page."""

    def __init__(self, server, browser=None, *, context=None):
        self.server, self.own = server, context is None
        self.outside, self.failures, self.dialogs = [], [], []
        self.context = context or browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.context.on("request", self._note)
        self.page = self._watched(self.context.new_page())
        self.page.set_default_timeout(180_000)

    def _note(self, request):
        if urlsplit(request.url).hostname not in {"127.0.0.1", ELSEWHERE, None}:
            self.outside.append(request.url)

    def _watched(self, page):
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", self._hear)
        page.on("dialog", self._dismiss)
        return page

    def _hear(self, message):
        # JupyterLite looks on the server for a file that the browser has not kept; that there is none is no fault.
        looked_for = "/lite/files/" in message.location["url"] or "/lite/api/contents/" in message.location["url"]
        if message.type == "error" and not looked_for:
            self.failures.append(message.text)

    def begin(self, notebook, app="notebooks"):
        """Open a notebook of the site; its text is there, Python may still be starting."""
        path, _, more = notebook.partition("&")
        self.page.goto(f"{self.server.url}/lite/{app}/index.html?path={quote(path)}{'&' + more if more else ''}")
        self.page.wait_for_function(f"{PANEL}?.context?.isReady === true", timeout=300_000)
        self.page.locator(".parley-bar").wait_for(timeout=60_000)

    def open(self, notebook, app="notebooks"):
        """Open a notebook of the site and wait until Python can be used."""
        self.begin(notebook, app)
        self.ready()
        return self.page

    def run_all(self, *, may_fail=False):
        """Run all cells and wait for the last."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.idle()
        assert may_fail or self.errors() == []
        return self.page

    def ready(self):
        self.page.wait_for_function(f"{PANEL}?.context?.isReady === true", timeout=300_000)
        self.page.wait_for_function(f"{PANEL}.sessionContext.session?.kernel != null", timeout=300_000)
        self.idle(timeout=400_000)

    def idle(self, timeout=300_000):
        super().idle(timeout=timeout)

    def close(self):
        self.page.close()
        if self.own:
            self.context.close()
