"""Whether a framework file has the shape that the published schema asks for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from qms.frameworks.domain.document.faults import Fault
from qms.frameworks.domain.document.lines import Source
from qms.lifecycle import gettext_noop

EMPTY = frozenset({"minLength", "minItems", "minProperties"})


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of framework files."""
    content: dict[str, Any] = json.loads((files("qms.frameworks") / "library" / "schema.json").read_text("utf-8"))
    return content


def faults(source: Source) -> list[Fault]:
    """Where the file departs from the schema, each with its line."""
    found = {}
    for error in Draft202012Validator(schema()).iter_errors(source.values):
        fault = _fault_of(error, source)
        found[fault.line, fault.text, str(fault.values)] = fault
    return list(found.values())


def _fault_of(error: ValidationError, source: Source) -> Fault:
    place, found = tuple(error.absolute_path), str(error.instance)[:40]
    asked: Any = error.schema
    held: Any = error.instance
    rule: str = str(error.validator)
    wanted: Any = error.validator_value
    if rule == "additionalProperties":
        unknown = sorted(set(held) - set(asked.get("properties", {})))
        place, found = (*place, unknown[0]), ", ".join(unknown)
    elif rule == "required":
        found = ", ".join(name for name in wanted if name not in held)
    known = ", ".join(map(str, wanted)) if rule == "enum" else str(wanted)
    return source.fault(place, _sentence(error), found=found, known=known, detail=error.message[:200])


def _sentence(error: ValidationError) -> str:
    if error.validator in EMPTY:
        return gettext_noop("This is empty.")
    if error.validator == "type" and error.validator_value == "string":
        return gettext_noop("“%(found)s” must be a text; put it in quotes.")
    return SENTENCES.get(str(error.validator), OTHERWISE)


SENTENCES = {
    "required": gettext_noop("“%(found)s” is missing here."),
    "additionalProperties": gettext_noop("“%(found)s” is not known here."),
    "type": gettext_noop("“%(found)s” is of the wrong kind; expected: %(known)s."),
    "enum": gettext_noop("“%(found)s” is not one of: %(known)s."),
    "const": gettext_noop("“%(found)s” is not one of: %(known)s."),
    "not": gettext_noop("“maximum” belongs to a sum only, “by” to a capped scale only."),
}
OTHERWISE = gettext_noop("This does not fit the published schema: %(detail)s.")
