"""How are the scenarios of an app run from the command line?"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.wording import Message
from runtime.commands.packing import FOLDER
from runtime.commands.speaking import N_, lang, say, told
from runtime.language import translate

if TYPE_CHECKING:
    from runtime.scenarios.coverage import Coverage
    from runtime.scenarios.run import Result


@click.command("test", help=N_("运行应用的全部场景，并列出没有场景碰过的地方；有失败时退出码为 1"))
@click.argument("folder", type=FOLDER)
@click.option("--only", help=N_("只运行名字里有这些字的场景"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON，供程序读取"))
@click.option("--database", help=N_("在这个 PostgreSQL 数据库里运行，用完即删的 schema"))
@lang
def test(folder: Path, only: str | None, as_json: bool, database: str | None, lang: str) -> None:
    """Run every scenario of an app, and say what none of them touched; exit with 1 if one fails."""
    from engine.loading.load import load_app  # noqa: PLC0415 - keeps other commands quick
    from runtime.scenarios.coverage import coverage  # noqa: PLC0415
    from runtime.scenarios.run import run_scenarios  # noqa: PLC0415
    from runtime.scenarios.telling import tell  # noqa: PLC0415

    with told(lang):
        results = run_scenarios(folder, only, database)
        covered = coverage(load_app(folder), {one for each in results for one in each.touched})
    if as_json:
        click.echo(json.dumps(_data(results, covered, lang), ensure_ascii=False, indent=2))
    else:
        for line in tell(results, translate(lang), lang):
            click.echo(line)
        if only is None:
            _tell(covered, lang)
    sys.exit(0 if results and all(result.passed for result in results) else 1)


def _tell(covered: Coverage, lang: str) -> None:
    message = Message(
        "场景触及了关卡、规则、审批步骤和决策行 {parts} 处中的 {touched} 处",
        parts=covered.parts,
        touched=covered.touched,
    )
    say(message, lang)
    for one in covered.untouched:
        click.echo(f"  · {one.at}  {one.message.fill(translate(lang), lang)}")


def _data(results: Sequence[Result], covered: Coverage, lang: str) -> dict[str, object]:
    return {
        "scenarios": [
            {
                "scenario": one.scenario,
                "at": str(one.at),
                "passed": one.passed,
                "seconds": round(one.seconds, 3),
                "differences": [
                    {"at": str(each.at), "text": each.message.fill(translate(lang), lang)}
                    for each in one.differences
                ],
            }
            for one in results
        ],
        "coverage": {
            "parts": covered.parts,
            "touched": covered.touched,
            "untouched": [
                {
                    "part": list(one.part),
                    "at": str(one.at),
                    "text": one.message.fill(translate(lang), lang),
                }
                for one in covered.untouched
            ],
        },
    }
