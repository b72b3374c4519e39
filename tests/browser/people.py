"""People in front of the site, and the mail that reaches them."""

import re
import time

from axe_playwright_python.sync_playwright import Axe

from tests.plugins.mail import Mailbox

PASSWORD = "a long enough passphrase"
DEMO_PASSWORD = "boucle-demo"
# Seconds that the worker may take for a message.
PATIENCE = 30
# The browser says it of each answer that isn't 200; what the answer should be is for the tests.
EXPECTED = ("Failed to load resource",)


class Mail(Mailbox):
    """The messages that the site sent."""

    def to(self, address, having=""):
        """The text of the newest message to this address that holds these words; waits until there is one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for message in reversed(self.messages):
                text = message.get_body(("plain",)).get_content()
                if address in message["To"] and having in message["Subject"] + text:
                    return text
            time.sleep(0.1)
        raise AssertionError(f"No mail to {address} with “{having}”: {[m['To'] for m in self.messages]}")

    def link_to(self, address, path):
        """The link with this path in a message to the address."""
        return re.search(rf"https?://\S*{path}\S*", self.to(address, having=path))[0]


class Person:
    """A browser with somebody in front of it. `faults` collects what their console complained about."""

    def __init__(self, chromium, site, *, scripts=True, width=1280, theme="light", language="en"):
        self.context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme=theme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        self.site = site
        self.scripts = scripts
        self.faults = []
        self.inspecting = False
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._note)
        self.page.on("framenavigated", self._arrive)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))

    def _arrive(self, frame):
        if frame == self.page.main_frame:
            self.inspecting = False

    def _note(self, message):
        if message.type != "error" or message.text.startswith(EXPECTED):
            return
        # axe styles what it measures, which the site's policy rightly refuses; it is told late.
        if not (self.inspecting and "style-src" in message.text):
            self.faults.append(f"{self.page.url}: {message.text} ({message.location})")

    def open(self, path):
        """Go to a page of the site, and look at it as `look` does."""
        self.page.goto(path)
        self.look()
        return self.page

    def look(self):
        """The page has one heading of its own, fits the window, and axe finds nothing on it."""
        self.page.wait_for_load_state()
        if "/admin/" in self.page.url:
            return
        assert self.page.locator("h1").count() == 1, self.page.url
        if not self.scripts:
            return
        self.fits()
        self.inspect()

    def fits(self):
        """The page is no wider than the window."""
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not self.page.evaluate(wider), f"{self.page.url} scrolls sideways"

    def inspect(self):
        """axe finds nothing on the page."""
        self.inspecting = True
        found = Axe().run(self.page)
        assert not found.response["violations"], f"{self.page.url}\n{found.generate_report()}"

    def log_in(self, address, password=DEMO_PASSWORD, *, language="en"):
        """Log in, and read the site in that language from then on."""
        self.page.goto(f"/language/?to={language}")
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", address)
        self.page.fill("input[name=password]", password)
        self.submit()
        if "/charter/accept/" in self.page.url:
            self.accept_charter()
        self.page.wait_for_url("**/feed/")
        return self

    def accept_charter(self):
        self.page.check("[name=accept]")
        # The page's other button is the one that leaves.
        self.submit("main form:has([name=accept])")

    def submit(self, within="main form"):
        """Press the button of the page's form."""
        self.page.locator(within).locator("button[type=submit]").last.click()
        self.page.wait_for_load_state()

    def write(self, words, within="main"):
        """Type into the editor, or the plain text area where no script runs."""
        if not self.scripts:
            self.page.locator(within).locator("textarea[name=body]").fill(words)
            return
        # The editor comes when the place to write is near.
        self.page.locator(within).locator("[data-words]").scroll_into_view_if_needed()
        area = self.page.locator(within).locator("[contenteditable=true]")
        area.click()
        area.press("Control+A")
        area.press_sequentially(words)

    def wait_for_release(self):
        """Until what one posted is out: its countdown is gone."""
        self.page.locator("[data-countdown]").first.wait_for(state="detached")

    def sees(self, words):
        """Is this to be read on the page, now or in a moment?"""
        self.page.get_by_text(words).first.wait_for()
        return True
