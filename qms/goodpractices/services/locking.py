"""Taking a practice for oneself, so that two acts follow one another."""

from __future__ import annotations

from qms.goodpractices.models import PracticePage
from qms.lifecycle import Refused, gettext_noop

CHANGED = gettext_noop(
    "Somebody else saved this practice meanwhile. Compare your text with what stands now, then save again."
)


class Conflict(Refused):
    """Somebody else saved the practice since this person read it; `stored` is what stands now."""

    def __init__(self, stored: PracticePage) -> None:
        super().__init__(CHANGED)
        self.stored = stored

    def __reduce__(self) -> tuple[object, ...]:
        return Conflict, (self.stored,)


def locked_practice(practice: PracticePage) -> PracticePage:
    """The practice as it stands now, held until the transaction ends."""
    held: PracticePage = (
        PracticePage.objects.select_for_update(of=("self",)).select_related("office").get(pk=practice.pk)
    )
    return held
