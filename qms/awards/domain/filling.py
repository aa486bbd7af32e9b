"""What of the sources goes into which empty question: each piece once, where it fits best, while there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .limits import characters
from .offer import Offer


@dataclass(frozen=True, slots=True)
class Slot:
    """An empty question: what is offered to it, and how many characters it still takes (nothing: any number)."""

    question: int
    section: int
    offers: tuple[Offer, ...]
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid down by question, in order, and how many pieces found no room."""

    pieces: Mapping[int, tuple[Offer, ...]]
    left: int = 0


def lay_down(
    slots: Iterable[Slot],
    *,
    used: frozenset[str] = frozenset(),
    rooms: Mapping[int, int | None] | None = None,
    whole: int | None = None,
    most: int = 100,
) -> Laid:
    """Each offer to the question with the fewest offers, for that is the nearest to its node; none twice.

    What would go over the limit of the question, of its section (`rooms`) or of the `whole` stays out and is counted.
    """
    space = Space(dict(rooms or {}), whole)
    taken, refused, pieces = set(used), set[str](), dict[int, tuple[Offer, ...]]()
    for slot in sorted(slots, key=lambda one: len(one.offers)):
        left, laid = slot.room, list[Offer]()
        for offer in slot.offers:
            length = characters(offer.text)
            if offer.key in taken:
                continue
            if (left is not None and length > left) or len(laid) >= most or not space.takes(slot.section, length):
                refused.add(offer.key)
                continue
            left = None if left is None else left - length
            space.fill(slot.section, length)
            taken.add(offer.key)
            laid.append(offer)
        if laid:
            pieces[slot.question] = tuple(laid)
    return Laid(pieces, len(refused - taken))


@dataclass(slots=True)
class Space:
    """The room that is left, by section and in the whole; nothing means that there is no limit."""

    sections: dict[int, int | None]
    whole: int | None

    def takes(self, section: int, length: int) -> bool:
        """Whether so many characters still fit."""
        return all(room is None or length <= room for room in (self.sections.get(section), self.whole))

    def fill(self, section: int, length: int) -> None:
        """Take so many characters of the room."""
        room = self.sections.get(section)
        if room is not None:
            self.sections[section] = room - length
        if self.whole is not None:
            self.whole -= length


def names_that_fit(names: Iterable[str], room: int) -> str:
    """The names one after another, as many whole ones as there is room for; of the first what fits."""
    told = ""
    for name in names:
        longer = f"{told}; {name}" if told else name[:room]
        if len(longer) > room:
            break
        told = longer
    return told
