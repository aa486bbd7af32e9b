"""YAML text as plain values that remember their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from qms.frameworks.domain.document.faults import DocumentRefused, Fault
from qms.lifecycle import gettext_noop

LARGEST = 2_000_000  # characters; CAF 2020 in three languages has about 200,000
DEEPEST = 60
Place = tuple[str | int, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML whose words stay words: `no` is a language, not a falsehood; `2020-01-01` no date."""

    yaml_implicit_resolvers: Mapping[str, Any] = {
        first: [(tag, pattern) for tag, pattern in pairs if tag.rpartition(":")[2] in {"int", "float", "null"}]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


for _word, _letters in (("true", "t"), ("false", "f")):
    _Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(f"^{_word}$"), [_letters])


@dataclass(frozen=True)
class Source:
    """The values of a file and the line on which each stands, counted from one; of a workbook sheet and column too."""

    values: Any
    lines: Mapping[Place, int]
    cells: Mapping[Place, tuple[str, str]] = field(default_factory=dict)

    def line(self, place: Sequence[str | int]) -> int:
        """The line of that place, or of the nearest place around it."""
        return self.lines.get(self._nearest(place), 1)

    def _nearest(self, place: Sequence[str | int]) -> Place:
        here = tuple(place)
        while here and here not in self.lines:
            here = here[:-1]
        return here

    def fault(self, at: Sequence[str | int], text: str, **values: object) -> Fault:
        """What is wrong at that place, with its line."""
        sheet, column = self.cells.get(self._nearest(at), ("", ""))
        return Fault(text, line=self.line(at), place=written(at), sheet=sheet, column=column, **values)


def compose(text: str) -> Source:
    """The text's values with their lines; a refusal where it is not sound YAML."""
    if len(text) > LARGEST:
        raise DocumentRefused([Fault(gettext_noop("The file is too large."), line=1)])
    try:
        root = _only_document(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentRefused(
            [
                Fault(
                    gettext_noop("This is not sound YAML: %(detail)s."),
                    line=mark.line + 1 if mark else 1,
                    detail=error.problem or error.context or "",
                )
            ]
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DocumentRefused([Fault(gettext_noop("This is not sound YAML."), line=1)]) from error
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    values = _value(root, (), lines, faults)
    if faults:
        raise DocumentRefused(faults)
    return Source(values, lines)


def _only_document(text: str) -> yaml.Node | None:
    """The one document in the text; references and bottomless nesting could exhaust the machine."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _unsound("references (*name) are not used in framework files", event)
        if depth > DEEPEST:
            raise _unsound("nested too deep", event)
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return root


def _unsound(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _value(node: yaml.Node | None, place: Place, lines: dict[Place, int], faults: list[Fault]) -> Any:
    if node is None:
        return None
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, at), lines, faults) for at, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, lines, faults)
    return _scalar(node, place, faults)


def _mapping(node: yaml.MappingNode, place: Place, lines: dict[Place, int], faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, item in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or name in values:
            faults.append(
                Fault(gettext_noop("“%(field)s” stands here twice."), line=line, place=written(place), field=name[:40])
            )
            continue
        lines[(*place, name)] = line
        values[name] = _value(item, (*place, name), lines, faults)
    return values


KINDS: Mapping[str, Callable[[str], Any]] = {
    "int": lambda written: int(written.replace("_", "")),
    "float": lambda written: float(written.replace("_", "")),
    "bool": lambda written: written == "true",
    "null": lambda _: None,
    "str": str,
}


def _scalar(node: Any, place: Place, faults: list[Fault]) -> Any:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind not in KINDS:
        unknown = gettext_noop("“%(kind)s” is not used in framework files.")
        faults.append(Fault(unknown, line=node.start_mark.line + 1, place=written(place), kind=node.tag[:40]))
        return None
    try:
        return KINDS[kind](node.value)
    except ValueError:  # such as 1:30, which YAML 1.1 takes for a number
        return node.value


def written(place: Sequence[str | int]) -> str:
    """The place as one reads it: panels[0].scales.enablers."""
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path
