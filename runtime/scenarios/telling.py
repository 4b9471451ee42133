"""How are the results of scenarios told to the author of an app?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.wording import Message, Translate
from runtime.scenarios.run import Result


def tell(
    results: Iterable[Result], translate: Translate | None = None, locale: str = "zh"
) -> Iterator[str]:
    """Yield a line for each scenario, below it what differed with file and line, then the sum."""
    played = tuple(results)
    for result in played:
        mark = "✓" if result.passed else "✗"
        yield f"{mark} {result.scenario}  ({result.seconds:.2f} s)"
        for difference in result.differences:
            words = difference.message.fill(translate, locale)
            yield f"    {difference.at}  {words}"
    failed = sum(not result.passed for result in played)
    total = Message(
        "{count} 个场景，{failed} 个不符，用时 {seconds} 秒",
        count=len(played),
        failed=failed,
        seconds=f"{sum(result.seconds for result in played):.1f}",
    )
    yield total.fill(translate, locale)
