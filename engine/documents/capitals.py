"""How is an amount of money written in Chinese capitals, which nobody can alter?

By the rules of the People's Bank of China for filling in payment instruments (支付结算办法,
annex 1): 整 stands after 元 or 角, zeros in between are read once, and an amount without yuan
begins with its 角 or 分.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal(10) ** 16


def capitals(amount: Decimal) -> str:
    """Return the amount in capitals, rounded to the fen; digits where it is too large for words."""
    cents = int((abs(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if cents >= MOST * 100:
        return f"{amount:,.2f}"
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        said += "零"
    said += f"{DIGITS[fen]}分" if fen else "整"
    said = "零元整" if not cents else said
    return f"负{said}" if amount < 0 and cents else said


def _whole(number: int) -> str:
    said, gap = "", False
    groups = [number // 10 ** (4 * at) % 10_000 for at in range(len(GROUPS))]
    for at in reversed(range(len(GROUPS))):
        group = groups[at]
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _group(group) + ("万" if at == 3 and groups[2] else GROUPS[at])
        gap = False
    return said


def _group(number: int) -> str:
    said, gap = "", False
    for at in (3, 2, 1, 0):
        digit = number // 10**at % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[at]
        gap = not digit
    return said
