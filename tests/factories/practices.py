"""Good practices, plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from qms.goodpractices.domain.draft import PracticeDraft, ResultDraft, StepDraft

LETTERS = PracticeDraft(
    title="Letters in plain language",
    summary="We rewrote twelve letters with clients. Calls about them fell by half.",
    stage="implemented",
    started_on=date(2024, 3, 1),
    criteria=(("caf-2020", "5.2"), ("caf-2020", "6.1")),
    clients=("unemployed",),
    problem="Every third client called to ask what a letter meant.",
    steps=(
        StepDraft("Chose the twelve letters that are sent most", "The registry counted them.", "March 2024, 2 days"),
        StepDraft("Read them aloud with eight clients"),
    ),
    results=(
        ResultDraft(
            "Calls about letters", "a week", "lower", Decimal(64), Decimal(31), Decimal(20), Decimal(46), 52, "registry"
        ),
    ),
    hours=120,
    cost=Decimal("0.00"),
    failures="The first version had no legal basis in it, and the lawyers sent it back.",
    conditions="A lawyer who takes part from the first day.",
    transferability=5,
    contact_role="head of registration",
)


def make_draft(**fields) -> PracticeDraft:
    """The content of a believable practice."""
    return replace(LETTERS, **fields)
