"""How much may be asked of a workspace at once, and how large may it be?"""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB

MOST_AT_ONCE = 200
"""Records, to-dos or approvals that one command is about."""
SWEPT_AT_ONCE = 10_000
"""Records that one action on everything that a list finds is about; so far they are counted."""
SWEEPS_AT_ONCE = 3
"""Actions on everything that a list finds which one person has under way."""
LONGEST_PAGE = 200
"""Records on one page of a list."""
HANDED_OVER_AT_ONCE = 2_000
"""Records that one hand-over gives away."""
EXPORTS_AT_ONCE = 3
"""Exports of one person that are being made."""
SHEET_ROWS = 1_000_000
"""Rows of a sheet that is written; the next ones stand on another."""
IMPORT_BYTES = 20 * MIB
"""Of a file that is imported."""
IMPORT_ROWS = 50_000
"""Rows of one import."""
IMPORT_COLUMNS = 200
"""Columns of a sheet that is imported."""
IMPORT_UNDO_DAYS = 7
"""So long an import can be taken back."""
MESSAGE_BYTES = 64 * KIB
"""Of what another program tells: webhooks, and presses of buttons in chats."""
WRONG_MESSAGES = 30
"""Wrong signatures from one address before it has to wait."""
HOOKS_A_MINUTE = 120
"""So much may be told one rule in a minute, unless the operator says otherwise."""
BACKTEST_RECORDS = 20_000
"""Records that a back-test of a rule looks at, those updated latest."""
PUBLIC_BYTES = 128 * KIB
"""Of what somebody outside sends in by a link, files aside."""
PUBLIC_ROWS = 30
"""Rows of a sub-table that somebody outside fills in."""
PUBLIC_FILE_BYTES = 10 * MIB
"""Of a file that somebody outside uploads."""
PUBLIC_FILES = 20
"""Files that are uploaded in one visit to a public page."""
PUBLIC_UPLOADS_AN_HOUR = 300
"""Files that come from one address."""
PUBLIC_LINK_BYTES_A_DAY = 512 * MIB
"""Of all files that come by one link."""
PUBLIC_BYTES_A_DAY = 2048 * MIB
"""Of all files that come from outside."""
PUBLIC_VISIT_HOURS = 2
"""So long files can be uploaded to a public page that is open."""
DISK_KEPT_FREE = 1024 * MIB
"""Of the disk: with less of it left, nothing is taken from outside."""
PUBLIC_SENDINGS_AN_HOUR = 120
"""Sendings from one address, behind which a whole shop or office may stand."""
PUBLIC_LOOKS_AN_HOUR = 3_000
"""Looks at public pages, and questions while one is filled in, from one address."""
WRONG_LINKS = 10
"""Links that nobody made, before an address has to wait."""
