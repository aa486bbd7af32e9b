"""Sums of money as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

from qms.ui import numbers

SIGNS = {"PLN": "z\u0142", "EUR": "\u20ac", "RUB": "\u20bd"}


def money(value: Decimal, currency: str) -> str:
    """A sum with the sign of its currency; hundredths only where there are some."""
    return f"{_sum(value)}{numbers.NARROW}{SIGNS.get(currency, currency)}"


def spent_of(spent: Decimal | None, budget: Decimal | None, currency: str) -> str:
    """What was spent of the budget; nothing where neither is known."""
    if budget is None:
        return money(spent, currency) if spent is not None else ""
    if spent is None:
        return money(budget, currency)
    return f"{_sum(spent)} / {money(budget, currency)}"


def _sum(value: Decimal) -> str:
    return numbers.figure(value, 0 if value == value.to_integral_value() else 2)
