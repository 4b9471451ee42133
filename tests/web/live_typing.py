"""How does a test type at random into every kind of input, as fast as a page takes it?"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = {
    "text": ("", "abc", "轻的", "  two words ", "Ünï", "😀x", "a" * 90),
    "long_text": ("", "第一行\n第二行", "x"),
    "integer": ("", "0", "1", "3", "7", "12", "1,200", "-4", "2.5", "12a", "999999999999999999"),
    "number": ("", "0", "2.5", "0.001", "-3", "3.14159", "７．５", ".5", "1,000.25", "ten"),
    "money": ("", "0", "10", "1234.56", "1,234.50", "99999999", "-5", "0.005", "¥5"),
    "percent": ("", "0", "15", "15%", "33.33", "100", "101", "-1"),
    "date": ("", "2026-01-31", "2026-03-01", "2020-02-29", "1999-12-31", "0999-01-01"),
    "time": ("", "08:30", "23:59", "00:00"),
    "datetime": ("", "2026-01-01T08:30", "1986-06-01T12:00", "2030-12-31T23:59"),
    "duration": ("", "P3D", "PT2H", "PT90M", "P1W", "PT1.5H", "P400000D"),
    "phone": ("", "13800138000", "123"),
    "rating": ("", "1", "3", "5"),
    "yes_no": ("", "true", "false"),
}
"""What may stand in an input, whole and broken."""

TYPE = """([name, text]) => {
  const all = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    .filter((input) => !input.matches(':disabled'));
  const first = all[0];
  if (!first) return false;
  const boxes = all.filter((input) => ['checkbox', 'radio'].includes(input.type));
  if (boxes.length) for (const box of boxes) box.checked = text.split(' ').includes(box.value);
  else first.value = text;
  first.dispatchEvent(new Event('input', {bubbles: true}));
  first.dispatchEvent(new Event('change', {bubbles: true}));
  return true;
}"""

FIELDS = """() => [...document.querySelectorAll('form[data-form] [data-field]')]
  .filter((field) => !field.closest('template'))
  .map((field) => ({
    name: field.dataset.field,
    type: [...field.classList].map((one) => /^(?:field|line-cell)--(.+)$/.exec(one)?.[1])
      .find((one) => one && one !== 'invalid'),
    options: [...field.querySelectorAll('option, [type=radio], [type=checkbox]')]
      .map((one) => one.value),
  }))"""


def type_into(page: Page, name: str, text: str) -> bool:
    """Put a text into an input, or tick what it names; False if it can't be typed into now."""
    return bool(page.evaluate(TYPE, [name, text]))


def type_something(page: Page, chance: Random, references: dict[str, list[str]]) -> str:
    """Do one thing that a person could do with the form, and tell what."""
    if chance.random() < 0.12:
        return _with_rows(page, chance)
    field = chance.choice(page.evaluate(FIELDS))
    name, kind = field["name"], field["type"]
    if kind in ("reference", "person"):
        text = chance.choice(["", *references.get(name.split("-")[-1], [])])
    elif kind in ("select", "multi_select"):
        offered = ["", *field["options"]]
        text = " ".join({chance.choice(offered) for _ in range(1 if kind == "select" else 3)})
    elif kind in TEXTS:
        text = chance.choice(TEXTS[kind])
    else:
        return f"{name}: left alone"
    typed = type_into(page, name, text)
    return f"{name} ({kind}): {text!r}" + ("" if typed else ", shut")


def _with_rows(page: Page, chance: Random) -> str:
    act = chance.choice(("add", "add", "copy", "remove", "up"))
    buttons = page.locator(f".lines [data-line={act}]")
    at = chance.randrange(max(1, buttons.count()))
    if buttons.count():
        buttons.nth(at).evaluate("(button) => button.click()")
    return f"rows: {act} {at}"
