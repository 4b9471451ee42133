"""What is wrong with a table that is being typed is told with the names of options."""

from __future__ import annotations

import msgspec

from designer.grid.checking import checked
from designer.grid.columns import columns_of
from engine.loading.load import load_app
from runtime.workspace.packages import files_of, shipped


def test_options_that_there_are_are_told_by_their_names() -> None:
    app = load_app(files_of(shipped()["sales_crm"]))
    decision = app.decisions["ticket_chain"]
    form = app.forms[decision.definition.form]
    columns = columns_of(decision, form, "zh", app.definition.roles)
    first, *others = decision.definition.rules
    wrong = msgspec.structs.replace(first, when=('"nothing"', *first.when[1:]))

    (mark,) = checked(decision, form, columns, [wrong, *others])

    assert (mark.row, mark.column) == (0, 0)
    assert mark.text.fill() == (
        "没有选项“nothing”，可选：产品评估、架构评审、交付排期、实施与验收、已完成、不做"
    )
