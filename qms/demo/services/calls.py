"""Calls for help of the example offices, and who answered."""

from __future__ import annotations

from qms.demo.domain import material
from qms.demo.services.sharing import FRAMEWORK, SharingCase
from qms.exchange.services.calls import answer_call, ask_for_help, close_call


def build_calls(case: SharingCase) -> None:
    """Every call with its answers; closed where the file says so."""
    for facts in material.read("exchange/calls"):
        asker = case.lead(facts["office"])
        with case.stamped(facts["day"]):
            call = ask_for_help(
                case.office(facts["office"]),
                framework=FRAMEWORK,
                node=facts["node"],
                text=facts["text"],
                by_name=facts.get("by_name", True),
                by=asker,
            )
        for answer in facts.get("answers", ()):
            with case.stamped(answer["day"]):
                answer_call(
                    call,
                    office=case.office(answer["office"]),
                    text=answer["text"],
                    practice=case.practice(answer.get("practice")),
                    by=case.person(answer["office"], answer["by"]),
                )
        if "closed" in facts:
            with case.stamped(facts["closed"]):
                close_call(call, helped=facts["helped"], by=asker, at=case.moment(facts["closed"]))
