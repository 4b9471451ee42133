"""Which form with many fields and conditions does the benchmark fill in?"""

from __future__ import annotations

from collections.abc import Iterator

FIELDS, CONDITIONS = 150, 40

MANIFEST = """
app: survey
version: 1.0.0
label: 调查
roles:
  - {id: clerk, label: 文员}
"""


def files() -> dict[str, bytes]:
    """Return an app with one form of 150 fields, 40 of them with a condition or a formula."""
    form = "\n".join(_form()) + "\n"
    return {"app.yaml": MANIFEST.encode(), "forms/sheet.yaml": form.encode()}


def _form() -> Iterator[str]:
    yield from ("form: sheet", "label: 表", "title: t0", "sections:")
    for start in range(0, FIELDS, 25):
        yield f"  - id: part{start}"
        yield f"    label: 第 {start // 25 + 1} 部分"
        yield "    fields:"
        for number in range(start, start + 25):
            yield f"      - {_field(number)}"
    yield "access:"
    yield "  clerk: {rows: own, create: true, edit: true}"


def _field(number: int) -> str:
    """Three of ten are numbers, and the first 40 that can depend on others do."""
    kind = ("text", "integer", "money", "date", "select", "yes_no", "text", "number", "text")
    type_ = "text" if number == 0 else kind[number % len(kind)]
    more = ", options: [{id: a, label: 甲}, {id: b, label: 乙}]" if type_ == "select" else ""
    if 30 <= number < 30 + CONDITIONS:
        return _depending(number, type_, more)
    return f"{{id: t{number}, type: {type_}, label: 字段{number}{more}}}"


def _depending(number: int, type_: str, more: str) -> str:
    """All look at the same few inputs, so that one key brings much with it: the worst case."""
    rules = (
        "visible: t1 > 3",
        "visible: 't4 = \"a\" and t1 != null'",
        "required: t1 > 10 or t5",
        "readonly: t1 > 100",
    )
    if number % 5 == 0:
        return (
            f"{{id: t{number}, type: formula, label: 公式{number}, result: money, "
            f"feel: '(if t1 = null then 0 else t1) * {number} + (if t2 = null then 0 else t2)'}}"
        )
    return f"{{id: t{number}, type: {type_}, label: 字段{number}{more}, {rules[number % 4]}}}"
