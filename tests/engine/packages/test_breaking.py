from __future__ import annotations

import pytest

from engine.app import App
from engine.loading.load import load_app
from engine.packages.breaking import breaking
from tests.desk import FILES

TICKET = FILES["forms/ticket.yaml"].decode()
OPTIONS = "options: [{id: a, label: 甲}, {id: b, label: 乙}]"
MORE = f"\n      - {{id: kind, type: select, label: 类别, {OPTIONS}}}"
CAUSE = "{id: cause, type: text, label: {zh: 原因, en: Cause}}"


def _app(*changes: tuple[str, str], manifest: tuple[str, str] = ("", "")) -> App:
    text = TICKET.replace(CAUSE, CAUSE + MORE)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    said = FILES["app.yaml"].decode().replace(*manifest)
    return load_app({"app.yaml": said, "forms/site.yaml": FILES["forms/site.yaml"].decode(),
                     "forms/ticket.yaml": text})  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (("{id: cause, type: text", "{id: cause, type: integer"), "field.type", "cause != null"),
        (("en: Cause}}", "en: Cause}, required: true}"), "field.required", "cause = null"),
        (("{id: b, label: 乙}", "{id: c, label: 丙}"), "field.option", 'kind = "b"'),
        (("{id: cause, type: text", "{id: cause, type: text, max_length: 3"), "field.limits", None),
        (("en: Cause}}", "en: Cause}}\n      - {id: extra, type: text, label: 新, required: true}"),
         "field.required", "true"),
        (("      fields: [cause]", "      fields: [cause, phone]"), "stage.gate",
         'stage = "open" and phone = null'),
    ],
)  # fmt: skip
def test_what_no_longer_holds_is_named_with_the_records_it_meets(
    change: tuple[str, str], code: str, where: str | None
) -> None:
    (found,) = breaking(_app(), _app(change))

    assert (found.code, found.where) == (code, where)


def test_a_stage_that_is_gone_is_named() -> None:
    gone = next(line for line in TICKET.splitlines(keepends=True) if "id: dropped" in line)

    (found,) = breaking(_app(), _app((gone, "")))

    assert (found.code, found.where) == ("stage.removed", 'stage = "dropped"')


def test_a_removed_field_is_named_but_not_one_that_got_another_id() -> None:
    removed = breaking(_app(), _app((MORE, "")))
    renamed = breaking(_app(), _app(("{id: kind,", "{id: sort, formerly: kind,")))

    assert [one.code for one in removed] == ["field.removed"]
    assert [one.code for one in renamed] == ["field.renamed"]


def test_roles_and_forms_that_are_gone_are_named() -> None:
    old = _app(manifest=("roles:\n", "roles:\n  - {id: guest, label: 访客}\n"))
    conversions = TICKET[TICKET.index("conversions:") : TICKET.index("access:")]
    ticket = TICKET.replace(conversions, "").replace("reference, to: site", "text")
    manifest = FILES["app.yaml"].decode().replace("[ticket, site]", "[ticket]")
    fewer = load_app({"app.yaml": manifest, "forms/ticket.yaml": ticket})

    found = [one.code for one in breaking(old, fewer)]

    assert "form.removed" in found
    assert "role.removed" in found


def test_what_gets_wider_breaks_nothing() -> None:
    wider = _app(
        ("{id: cause, type: text", "{id: cause, type: long_text"),
        ("{id: b, label: 乙}", "{id: b, label: 乙}, {id: c, label: 丙}"),
        ("en: Cause}}", "en: Cause}}\n      - {id: extra, type: text, label: 新}"),
    )

    assert breaking(_app(), wider) == ()
