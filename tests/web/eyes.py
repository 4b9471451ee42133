"""What would somebody find wrong with a page who looks at everything?"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from tools.assets import ASSETS, install_packages

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_WORDS = ["cat.name-role-value", "cat.text-alternatives", "cat.language"]
"""What another language can change; all else is the same in each."""
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""All else is the same in each light."""

NOT_ASKED = {
    # A sheet that is opened by its address is a part of a page with its own heading.
    "page-has-heading-one": {"enabled": False},
    "heading-order": {"enabled": False},
}

BRIEFLY = {"resultTypes": ["violations"], "selectors": False, "preload": False}
"""What is in order is not told, which takes longer than to look for it."""

WATCH = """
window.breaches = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""

SEEN = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest('.avatar'))
      said.push(walker.currentNode.textContent.trim());
  for (const node of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      if (node.getAttribute(name)) said.push(node.getAttribute(name).trim());
  return {
    said: said.filter(Boolean),
    icons: [...document.querySelectorAll('svg use')].map((use) => use.getAttribute('href')),
    styled: [...document.querySelectorAll('body [style]')].map((node) => node.outerHTML),
    over: document.documentElement.scrollWidth - window.innerWidth,
    breaches: window.breaches,
  };
}"""


AT_REST = """async () => {
  const moving = () => document.getAnimations().some(
    (each) => each.effect.getComputedTiming().endTime !== Infinity);
  while (moving()) await new Promise((go) => requestAnimationFrame(go));
}"""
"""Colours pass into one another; they are looked at when they have arrived."""

A_TURN = "() => new Promise((go) => setTimeout(go, 20))"


class Traffic:
    """What a page asks for and has not been answered yet.

    Playwright's `networkidle` is about a page that comes: it does not wait again later."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.underway: set[Request] = set()
        ended = self._ended
        self.watched = {"request": self._begun, "requestfinished": ended, "requestfailed": ended}

    def _begun(self, request: Request) -> None:
        self.underway.add(request)

    def _ended(self, request: Request) -> None:
        self.underway.discard(request)

    def __enter__(self) -> Traffic:
        for event, hear in self.watched.items():
            self.page.on(event, hear)  # type: ignore[call-overload]  # each of them is known
        return self

    def __exit__(self, *_: object) -> None:
        for event, hear in self.watched.items():
            self.page.remove_listener(event, hear)

    def settle(self) -> None:
        """Wait until nothing was under way in three turns of the page."""
        quiet = 0
        while quiet < 3:
            self.page.evaluate(A_TURN)
            quiet = 0 if self.underway else quiet + 1


def open_settled(page: Page, url: str) -> Response | None:
    """Go to an address; return its answer when the page has asked for nothing more in three turns,
    which is much sooner than the half second that Playwright waits."""
    with Traffic(page) as traffic:
        answer = page.goto(url, wait_until="load")
        traffic.settle()
    return answer


@cache
def axe_source() -> str:
    """Return axe-core; it comes with the packages that only developers need."""
    path = ASSETS / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        install_packages(everything=True)
    return path.read_text("utf-8")


def barriers(page: Page) -> list[str]:
    """Return what axe finds on a page."""
    return _run(page, axe_source(), {"runOnly": RULES, "rules": NOT_ASKED})


def barriers_but_colours(page: Page) -> list[str]:
    """Return what axe finds on a page, whatever its colours are."""
    off = {each: {"enabled": False} for each in OF_COLOUR}
    return _run(page, axe_source(), {"runOnly": RULES, "rules": {**NOT_ASKED, **off}})


def barriers_of_words(page: Page) -> list[str]:
    """Return what axe finds in the names and texts of a page."""
    return _run(page, axe_source(), {"runOnly": OF_WORDS})


def barriers_of_colour(page: Page) -> list[str]:
    """Return what axe finds once the light of the same page is another."""
    page.evaluate(AT_REST)
    return _run(page, "", {"runOnly": {"type": "rule", "values": OF_COLOUR}})


def _run(page: Page, source: str, asked: dict[str, Any]) -> list[str]:
    options = json.dumps({**BRIEFLY, **asked})
    found = page.evaluate(
        f"""async () => {{
          {source};
          const result = await axe.run(document, {options});
          return result.violations.map((each) => each.id + ': ' +
            each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '));
        }}"""
    )
    return [str(each) for each in found]
