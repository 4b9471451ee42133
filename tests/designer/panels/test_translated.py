"""Who reads another language finds things by the names that the app has in it."""

from __future__ import annotations

import pytest

from designer.panels.file_words import file_label
from designer.panels.lists import items_of
from designer.panels.panel import panel_of
from designer.panels.places import place_at
from designer.panels.texts import speakers
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Target
from tests.designer.panels.looking import Look, around

FILES = {
    "app.yaml": """
app: desk
version: 1.0.0
label: 服务台
roles:
  - {id: agent, label: 坐席, help: 只看自己的}
menu:
  - {forms: [ticket]}
""",
    "forms/ticket.yaml": """
form: ticket
label: 工单
title: name
sections:
  - id: basics
    label: 基本信息
    fields:
      - {id: name, type: text, label: 标题}
      - id: kind
        type: select
        label: 类别
        options:
          - {id: soft, label: 软件}
          - {id: hard, label: 硬件}
checks:
  - {id: named, that: name != "x", message: 请换个标题}
access:
  agent: {rows: all}
""",
    "locales/en.yaml": """
locale: en
texts:
  app:
    roles:
      agent: {label: Agent, help: Sees only their own}
  forms:
    ticket:
      label: Ticket
      sections:
        basics: {label: Basics}
      fields:
        kind:
          label: Kind
          options: {soft: Software}
""",
}
KIND: Target = ("forms/ticket.yaml", "sections", "basics", "fields", "kind")


@pytest.fixture(scope="module")
def draft() -> Draft:
    return open_draft(FILES)


def test_a_panel_says_where_one_is_in_the_readers_language(draft: Draft) -> None:
    panel = panel_of(Look(draft, "en"), KIND)
    assert panel is not None
    assert panel.title == "Kind"
    assert [crumb.label for crumb in panel.crumbs] == ["Ticket", "Basics"]
    chinese = panel_of(Look(draft, "zh"), KIND)
    assert chinese is not None
    assert [crumb.label for crumb in chinese.crumbs] == ["工单", "基本信息"]


def test_what_is_not_translated_is_called_as_it_was_written(draft: Draft) -> None:
    place = place_at(draft, (*KIND, "options"))
    assert place is not None
    assert [item.label for item in items_of(around(draft, "en"), place)] == ["Software", "硬件"]


def test_what_is_said_under_a_name_is_translated_too(draft: Draft) -> None:
    place = place_at(draft, ("app.yaml", "roles"))
    assert place is not None
    (item,) = items_of(around(draft, "en"), place)
    assert (item.label, item.said) == ("Agent", "Sees only their own")


def test_files_and_what_speaks_are_called_by_their_names(draft: Draft) -> None:
    look = around(draft, "en")
    file = "forms/ticket.yaml"
    assert file_label(look, file, draft.value((file,))) == "Ticket"
    assert [one.label for _, found in speakers(look) for one in found] == ["Ticket"]
