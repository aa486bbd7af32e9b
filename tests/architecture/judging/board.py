"""The area "board": all applications against all jurors, and who scores what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.architecture.cases import of, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Case, Pick

CATEGORY: dict[str, Pick] = {"judged_category": thing("judged category")}

CASES: dict[str, list[Case]] = {
    "jury:board": of("GET", **CATEGORY),
    "jury:assign": of("GET POST", **CATEGORY),
    "jury:remind": of("POST", **CATEGORY),
    "jury:ballot-add": of("GET POST", received_application=thing("received application")),
    "jury:shortage": of("GET POST", received_application=thing("received application")),
    "jury:shortage-withdraw": of("POST", received_application=thing("received application")),
    "jury:ballot-end": of("GET POST", ballot=thing("ballot")),
}


def things_of(_side: Any) -> dict[str, Any]:
    """What these addresses name, on one side, stands with the pool."""
    return {}
