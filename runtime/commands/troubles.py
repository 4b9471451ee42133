"""What is wrong outside of the program, when a command can't go on?"""

from __future__ import annotations

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.settings import BadSettings
from runtime.store.unreachable import why_not_opened


def trouble_of(error: Exception) -> tuple[Message, ...]:
    """Return what to say of an error, a message a line; empty if it is a mistake of ours."""
    match error:
        case BadSettings():
            return (error.message,)
        case BrokenApp():
            return tuple(
                Message("{at}: {why} [{code}]", at=str(one.at), why=one.message, code=one.code)
                for one in error.problems
            )
        case BrokenPackage():
            return (Message("{why} [{code}]", why=error.message, code=error.code),)
        case OSError() if error.filename:
            return (_of_the_system(error),)
    found = why_not_opened(error)
    return (found,) if found else ()


def _of_the_system(error: OSError) -> Message:
    path = str(error.filename)
    match error:
        case PermissionError():
            return Message("没有权限使用 {path}", path=path)
        case FileNotFoundError() | NotADirectoryError():
            return Message("找不到 {path}，也没能建出来", path=path)
        case FileExistsError() | IsADirectoryError():
            return Message("{path} 已经被别的文件或文件夹占用", path=path)
    return Message("{path} 读写不了：{why}", path=path, why=error.strerror or "")
