"""How is a mistake in YAML itself said?"""

from __future__ import annotations

from engine.wording import Message

_WORDS = (
    ("torn", Message("这里读不懂：少了逗号，或文字里的逗号、引号、括号没有放进引号")),
    ("mapping values are not allowed", Message("这里不能再写冒号；文字里有冒号时请加引号")),
    ("block sequence entries are not allowed", Message("列表的“- ”要另起一行")),
    ("could not find expected ':'", Message("这一行缺少冒号，应写成“键: 值”")),
    ("did not find expected key", Message("缩进不齐，或上一行没有写完")),
    ("did not find expected '-' indicator", Message("缩进不齐，列表的每一项都要以“- ”开头")),
    ("did not find expected ',' or ']'", Message("方括号没有合上")),
    ("did not find expected ',' or '}'", Message("花括号没有合上")),
    ("unexpected end of stream", Message("引号没有合上")),
    ("unexpected document indicator", Message("引号没有合上")),
    ("unknown escape character", Message("双引号里的反斜杠写法不认识；请改用单引号")),
    (
        "did not find expected hexdecimal number",
        Message("双引号里的反斜杠写法不认识；请改用单引号"),
    ),
    ("did not find expected node content", Message("括号或逗号多了一个")),
    ("undefined tag handle", Message("不允许写标签（!）")),
    ("did not find expected <document start>", Message("一个文件里只写一份内容")),
)

_TAB = Message("缩进请用空格，不要用制表符")
_START = Message("文字不能以“{character}”开头，请加引号")
_OTHER = Message("YAML 写法不对")


def closes_late(problem: str) -> bool:
    """Tell if the reader ran on because something that was opened is not closed."""
    return "expected ','" in problem or "unexpected" in problem


def syntax_message(problem: str, character: str) -> Message:
    """Return our words for what the YAML reader says; `character` stands at the place."""
    if "cannot start any token" in problem:
        return _TAB if character == "\t" else Message(_START.text, character=character)
    return next((words for start, words in _WORDS if start in problem), _OTHER)
