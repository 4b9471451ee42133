"""Commands speak the language of who calls them, and end badly in plain words."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from runtime.cli import main
from runtime.commands.click_words import CHINESE, MODULES
from runtime.commands.speaking import language_of

import_module("designer.cli")  # adds its commands
ROOT = Path(__file__).resolve().parents[3]
NO_APP = str(ROOT / "docs")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path / "home")


class Run:
    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *words: str, **environment: str) -> Result:
        usual = {"HOME_DIR": str(self.home), "LANG": "zh_CN.UTF-8", "LC_ALL": ""}
        return CliRunner(env=usual | environment).invoke(main, list(words))


def _commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _commands(below)


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option)]


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        (["app", "check"], {}, "zh"),
        (["app"], {"LANG": "C.UTF-8"}, "zh"),
        (["app"], {"LANG": "en_US.UTF-8"}, "en"),
        (["app"], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        (["app", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["app", "--lang=zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["app", "--label", "en"], {}, "zh"),
    ],
)
def test_the_language_is_that_of_the_option_or_else_of_the_system(
    words: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(words, environment) == language


def test_every_command_and_option_is_explained_in_both_languages(run: Run) -> None:
    said: dict[str, list[str | None]] = {}
    for language in ("zh", "en"):
        run("--help", LANG=language)
        said[language] = [
            text
            for each in _commands(main)
            for text in (each.help, *(one.help for one in _options(each)))
        ]

    assert all(said["zh"])
    assert all(said["en"])
    mixed = zip(said["zh"], said["en"], strict=True)
    assert [chinese for chinese, english in mixed if chinese == english] == []


def test_help_is_not_cut_off(run: Run) -> None:
    chinese, english = (run("app", "--help", LANG=name).stdout for name in ("zh_CN", "en_US"))

    assert "运行应用的全部场景，并列出没有场景碰过的地方" in chinese
    assert "Play every scenario of an app, and say what none of them touched" in english
    assert "..." not in chinese.partition("\n\n")[2] + english.partition("\n\n")[2]


def test_what_the_library_says_by_itself_is_chinese_too(run: Run) -> None:
    assert "“nowhere”不存在" in run("app", "check", "nowhere").stderr
    assert "没有“nosuch”这个命令" in run("nosuch").stderr
    assert "“abc”不是整数" in run("run", PORT="abc").stderr
    assert "does not exist" in run("app", "check", "nowhere", "--lang", "en").stderr


def test_every_text_that_is_said_in_chinese_is_one_of_the_library() -> None:
    sources = [Path(str(import_module(f"click.{name}").__file__)) for name in MODULES]
    texts = "".join(each.read_text("utf-8") for each in sources)

    assert [text for text in CHINESE if f'"{text}"' not in texts and text != "required"] == []


@pytest.mark.parametrize(
    ("environment", "chinese", "english"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY 至少要 32 个字符", "SECRET_KEY needs 32 characters"),
        ({"MAX_UPLOAD_MB": "big"}, "MAX_UPLOAD_MB 要写成数字", "MAX_UPLOAD_MB needs a number"),
        ({"JOB_LEASE": "nan"}, "JOB_LEASE 要写成数字", "JOB_LEASE needs a number"),
        ({"ZONE": "Mars"}, "没有“Mars”这个时区", "there is no time zone “Mars”"),
        ({"REDIS_URL": "here"}, "REDIS_URL 要写成", "REDIS_URL is written"),
        ({"INSIDE": "erp"}, "INSIDE 要写成", "INSIDE needs"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL 要写成", "DATABASE_URL is written"),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL 要写成", "DATABASE_URL is written"),
        (
            {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"},
            "数据库打不开",
            "The database can't be opened",
        ),
        ({"HOME_DIR": "/dev/null/home"}, "/dev/null/home", "/dev/null/home"),
    ],
)
def test_a_wrong_setting_is_said_in_one_line(
    run: Run, environment: dict[str, str], chinese: str, english: str
) -> None:
    told = [
        run("app", "list", **environment, LANG=language).stderr for language in ("zh_CN", "en_US")
    ]

    assert [text.count("\n") for text in told] == [1, 1]
    assert chinese in told[0]
    assert english in told[1]


def test_a_damaged_workspace_is_said_in_one_line(run: Run) -> None:
    run.home.mkdir()
    (run.home / "dougong.db").write_text("this is no database" * 100)

    ended = run("app", "list")

    assert ended.exit_code == 1
    assert ended.stderr == "工作区的数据库文件不是 SQLite 数据库，或者已经损坏\n"


@pytest.mark.parametrize("words", [("diff", NO_APP, NO_APP), ("rehearse", NO_APP)])
def test_a_folder_that_is_no_app_is_said_with_its_place(run: Run, words: tuple[str, ...]) -> None:
    ended = run("app", *words)

    assert ended.stderr == "app.yaml:1:1: 这里没有 app.yaml，不是一个应用 [folder.manifest]\n"


def test_a_port_that_is_taken_is_refused_before_anything_is_made(run: Run) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run("run", PORT=str(port))

    assert ended.exit_code == 1
    assert ended.stderr == f"端口 {port} 已被占用，请换一个：PORT={port + 1}\n"
    assert not run.home.exists()


def test_a_password_that_is_easily_guessed_is_refused(run: Run) -> None:
    ended = run("person", "add", "li", "李", "--password", "short")

    assert ended.exit_code == 1
    assert ended.stderr == "密码要 10 到 256 个字符\n"


def test_signing_what_is_no_package_makes_no_key(run: Run) -> None:
    ended = run("app", "sign", str(ROOT / "README.md"))

    assert ended.exit_code == 1
    assert not (run.home / "publisher.key").exists()


@pytest.mark.parametrize(("language", "about"), [("zh", "提出申请"), ("en", "Requests are made")])
def test_a_new_app_tells_of_itself_in_the_language_of_its_author(
    run: Run, tmp_path: Path, language: str, about: str
) -> None:
    folder = tmp_path / "needs"

    run("app", "new", str(folder), "--id", "needs", "--lang", language)

    assert about in (folder / "README.md").read_text("utf-8")
    assert "@" not in (folder / "CHANGELOG.md").read_text("utf-8")
