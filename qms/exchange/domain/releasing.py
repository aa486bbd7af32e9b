"""Which distribution of a node an edition shows: a new one, the last one, or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from qms.assessments.domain.snapshot import plain
from qms.exchange.domain.distribution import distribution_of, may_release
from qms.exchange.domain.matching import Scale
from qms.exchange.domain.material import Shown
from qms.stats.disclosure import may_show

State = Literal["shown", "kept", "held_back", "too_few"]
TOLD = ("count", "median", "bins", "on")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown of a node; `release` is the key of what was shown before, none for one that is to be released."""

    node: str
    state: State
    contributors: tuple[int, ...] = ()
    content: Mapping[str, Any] | None = None
    release: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is shown for the first time and has to be remembered."""
        return self.state == "shown" and self.release is None

    def told(self, framework: str, scale: Scale) -> dict[str, Any]:
        """What the page keeps of it: never who stands behind it, nor more figures than are shown."""
        known = self.content or {"bins": []}
        return {
            "framework": framework,
            "node": self.node,
            "state": self.state,
            "release": self.release,
            "lowest": scale.lowest,
            "highest": scale.highest,
            **{name: known.get(name) for name in TOLD},
        }

    def figure(self, name: str) -> Decimal | None:
        """The middle score, or the one from which the best quarter begins; none where nothing is shown."""
        return Decimal(self.content[name]) if self.content else None


def decision_on(
    node: str,
    scores: Mapping[int, Decimal],
    shown: Sequence[Shown],
    *,
    consenting: Collection[int],
    scale: Scale,
    on: date,
) -> Decision:
    """What may be shown of these scores, by the assessment they come from, beside all that was shown of this node.

    A distribution of the very same contributions is shown again. A new one passes the guard against differences;
    where it does not, or too few share, the edition's last one stays while all who stand behind it still share.
    """
    contributors = tuple(sorted(scores))
    standing = [
        one for one in shown if one.is_own and not one.is_withdrawn and all(pk in consenting for pk in one.contributors)
    ]
    for one in reversed(standing):
        if one.contributors == contributors:
            return Decision(node, "shown", contributors, one.content, one.key)
    found = distribution_of(scores.values(), lowest=scale.lowest, highest=scale.highest)
    if found is not None and may_release([one.contributors for one in shown], contributors):
        content = plain(
            {"count": found.count, "median": found.median, "upper": found.upper, "bins": found.bins, "on": on}
        )
        assert isinstance(content, dict)  # noqa: S101  a mapping stays a mapping
        return Decision(node, "shown", contributors, content)
    if standing:
        last = standing[-1]
        return Decision(node, "kept", last.contributors, last.content, last.key)
    return Decision(node, "held_back" if may_show(len(scores)) else "too_few")
