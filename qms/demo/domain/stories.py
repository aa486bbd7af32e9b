"""What is told of one node of an example assessment: how it is scored, what is written, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Line = tuple[str, tuple[int, ...]]
"""A text and the places (from 1) of its evidence in the file."""


@dataclass(frozen=True, slots=True)
class Story:
    """One node's story."""

    near: int
    low: int
    high: int
    agreed: tuple[int, ...] | int | None = None
    strengths: tuple[Line, ...] = ()
    areas: tuple[Line, ...] = ()
    suggestion: str = ""
    reason: str = ""
    dissent: str = ""
    dissenters: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


Bank = Mapping[str, Mapping[str, Sequence[str]]]


def told(nodes: Mapping[str, Any], bank: Bank, *, seed: int) -> dict[str, Story]:
    """The stories of a written file; what the file leaves open is taken from the bank."""
    return {node: _told(facts, bank[node], Random(f"{seed}:{node}")) for node, facts in nodes.items()}  # noqa: S311


def _told(facts: Mapping[str, Any], bank: Mapping[str, Sequence[str]], chance: Random) -> Story:
    if "agreed" in facts:
        marks = tuple(facts["agreed"])
        return Story(
            near=sum(marks) // len(marks),
            low=facts["range"][0],
            high=facts["range"][1],
            agreed=marks,
            strengths=tuple((line["text"], tuple(line["evidence"])) for line in facts["strengths"]),
            areas=tuple((line["text"], tuple(line["evidence"])) for line in facts["areas"]),
            suggestion=facts.get("suggestion", ""),
            reason=facts["reason"],
            dissent=facts.get("dissent", ""),
            dissenters=tuple(facts.get("dissenters", ())),
            unknown=tuple(facts.get("unknown", ())),
        )
    low = max(2, facts["near"] - round(facts["range"] * chance.uniform(0.4, 0.6)))
    evidence = tuple(facts.get("evidence", ()))
    strength = facts.get("strength") or chance.choice(bank["strengths"])
    area = facts.get("area") or chance.choice(bank["areas"])
    return Story(
        near=facts["near"],
        low=low,
        high=min(98, low + facts["range"]),
        agreed=facts.get("settled"),
        strengths=((strength, evidence),),
        areas=((area, ()),),
        reason=facts.get("reason", ""),
    )


def drawn(profile: Mapping[str, Any], bank: Bank, *, seed: int) -> dict[str, Story]:
    """The stories of an office told only by its profile: a base, and how each criterion differs from it."""
    return {node: _drawn(node, profile, bank[node], Random(f"{seed}:{node}")) for node in bank}  # noqa: S311


def _drawn(node: str, profile: Mapping[str, Any], bank: Mapping[str, Sequence[str]], chance: Random) -> Story:
    shift = profile["criteria"][int(node.partition(".")[0]) - 1]
    near = profile["base"] + shift + chance.randint(-7, 7)
    spread = chance.randint(8, 28)
    low = near - round(spread * chance.uniform(0.35, 0.65))
    return Story(
        near=near,
        low=low,
        high=low + spread,
        agreed=near,
        strengths=((chance.choice(bank["strengths"]), ()),),
        areas=((chance.choice(bank["areas"]), ()),),
    )


def dealt(
    story: Story, bank: Mapping[str, Sequence[str]], *, count: int, chance: Random
) -> list[list[tuple[str, Line]]]:
    """Who of the members wrote which strength, area or suggestion: the story's own texts, and some of the bank."""
    hands: list[list[tuple[str, Line]]] = [[] for _ in range(count)]
    for kind, lines in _texts(story, bank, chance):
        order = chance.sample(range(count), count)
        for place, line in zip(order, lines, strict=False):
            hands[place].append((kind, line))
    return hands


def _texts(story: Story, bank: Mapping[str, Sequence[str]], chance: Random) -> Iterator[tuple[str, list[Line]]]:
    for kind, own, more in (("strength", story.strengths, bank["strengths"]), ("area", story.areas, bank["areas"])):
        known = {text for text, _ in own}
        others: list[Line] = [(text, ()) for text in more if text not in known]
        yield kind, [*own, *others[: chance.randint(1, 2)]]
    if story.suggestion:
        yield "suggestion", [(story.suggestion, ())]
