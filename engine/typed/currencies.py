"""How is an amount of a currency written?"""

from __future__ import annotations

from decimal import Decimal

SIGNS = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$",
    "MOP": "MOP$", "KRW": "₩", "SGD": "S$", "AUD": "A$", "CAD": "C$", "CHF": "CHF ", "INR": "₹",
    "THB": "฿", "VND": "₫", "MYR": "RM", "RUB": "₽", "BRL": "R$", "IDR": "Rp",
}  # fmt: skip


def amount(value: Decimal, currency: str, places: int) -> str:
    """Return an amount with its currency's sign, thousands separators and places."""
    sign = SIGNS.get(currency) or f"{currency} "
    minus = "-" if value < 0 else ""
    return f"{minus}{sign}{abs(value):,.{places}f}"
