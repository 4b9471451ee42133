"""The small app with a pool of tickets, and a table that says who is given new ones."""

from __future__ import annotations

from tests.desk import FILES as DESK
from tests.desk import TICKET

POOL = """
pool:
  label: {zh: 公共工单, en: Open tickets}
  roles: [agent]
  hide: [cause, phone]
  claims_per_day: 2
  hold_at_most: 3
  cool_down: P7D
routing:
  when: begun != null
  decision: who
  role: agent
  at_most: 2
  stage: fixing
"""
WHO = """
decision: who
label: {zh: 谁来处理, en: Who}
form: ticket
policy: first
inputs:
  - {id: cost, label: {zh: 费用, en: Cost}}
outputs:
  - {id: person, label: {zh: 人员, en: People}}
  - {id: role, label: {zh: 角色, en: Role}}
  - {id: department, label: {zh: 部门, en: Department}}
rules:
  - {when: ['> 1000'], then: ['["ann", "ben"]', 'null', 'null']}
  - {when: ['> 100'], then: ['null', '"agent"', '"south"']}
  - {when: ['> 50'], then: ['null', 'null', '"nowhere"']}
  - {when: ['-'], then: ['null', 'null', 'null']}
"""
FILES = {
    **DESK,
    "forms/ticket.yaml": (TICKET + POOL).encode(),
    "decisions/who.yaml": WHO.encode(),
}
