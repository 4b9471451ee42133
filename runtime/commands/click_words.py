"""How are the words that the library of the command line says by itself said in Chinese?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
CHINESE: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明",
    "env var: {var}": "环境变量：{var}",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Try '{command} {option}' for help.": "详细用法：{command} {option}",
    "Error: {message}": "{message}",
    "Aborted!": "已中止",
    "Missing command.": "请写明要做什么，可用的命令见上面的详细用法",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Got unexpected extra argument ({args})": "多出了参数：{args}",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?": "您要的是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（您要的是不是其中之一：{possibilities}？）",
    "Option {name!r} does not take a value.": "选项“{name}”后面不带内容。",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写内容。",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}：{message}",
    "{name} {filename!r} does not exist.": "“{filename}”不存在。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，这里要文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，这里要文件。",
    "{name} {filename!r} is not readable.": "“{filename}”没有权限读取。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 超出了范围 {range}。",
    "{value!r} is not {choice}.": "“{value}”不行，只能是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不行，只能是 {choices}。",
    "Repeat for confirmation": "再输一遍",
    "Error: The two entered values do not match.": "两次输入的不一样。",
    "Error: invalid input": "请回答 y 或 n",
}


def teach(speaks: Callable[[], str]) -> None:
    """Let the library say its words in the language that a function names.

    It looks for compiled catalogues in folders of the system and by the environment alone, so
    that what it asks is answered here. A text that it changes one day is said in English.
    """

    def one(text: str) -> str:
        return CHINESE.get(text, text) if speaks() == "zh" else text

    def counted(text: str, several: str, count: int) -> str:
        return one(text if count == 1 or speaks() == "zh" else several)

    for name in MODULES:
        module = vars(import_module(f"click.{name}"))
        module.update({"_": one} if "_" in module else {})
        module.update({"ngettext": counted} if "ngettext" in module else {})
