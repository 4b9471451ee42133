"""Why can a database not be opened?"""

from __future__ import annotations

from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from engine.wording import Message

_NO_DATABASE = "file is not a database"


def why_not_opened(error: Exception) -> Message | None:
    """Return it in words; None if the error is about something else."""
    match error:
        case ArgumentError() | NoSuchModuleError():
            return Message("DATABASE_URL 要写成 sqlite:///文件 或 postgresql://用户:密码@主机/库名")
        # Amid a statement it would be another matter.
        case OperationalError(statement=None):
            return Message("数据库打不开：{why}", why=_first_line(error))
        case DatabaseError() if _NO_DATABASE in str(error.orig):
            return Message("工作区的数据库文件不是 SQLite 数据库，或者已经损坏")
    return None


def _first_line(error: DatabaseError) -> str:
    return str(error.orig).strip().partition("\n")[0]
