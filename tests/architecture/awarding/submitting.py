"""The area "submitting" of the awards: the way out of the office, and what organisers receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import Case, of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Pick

DRAFT: dict[str, Pick] = {"award_draft": thing("award draft")}
RECEIVED: dict[str, Pick] = {"received_application": thing("received application")}

CASES: dict[str, list[Case]] = {
    "awards:submit": of("GET POST", **DRAFT),
    "awards:pass-on": of("POST", **DRAFT),
    "awards:receipt": of("GET", **RECEIVED),
    "awards:withdraw": of("GET POST", **DRAFT),
    "awards:take-up": of("POST", **DRAFT),
    "awards:received": of("GET", closed_award_round=thing("closed award round")),
    # A draft is sealed: nobody receives it, whoever asks.
    "awards:received-detail": of("GET", **RECEIVED, **DRAFT),
    "awards:reopen": of("GET POST", **RECEIVED),
}


def things_of(_side: Any) -> dict[str, Any]:
    """Nothing more: the area "annexes" made what these addresses name."""
    return {}
