"""Texts for people are marked so that they can be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MARKS = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "pgettext",
    "pgettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
}
NAMED = re.compile(r"%\(\w+\)")
POSITIONAL = re.compile(r"(?<!%)(?:%%)*%(?!%|\()[-#0 +]*[\d.]*[sdifgrxc](?![\w])|\{\d*\}")
IN_TEMPLATES = re.compile(
    r"{%\s*(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')|{%\s*blocktrans(?:late)?[^%]*%}(.*?){%\s*endblock", re.DOTALL
)
# How an argument of a marking call may be written: anything but a text that is put together while it runs.
PUT_TOGETHER = (ast.JoinedStr, ast.BinOp)

Marked = tuple[str, ast.expr]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "qms").rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def spoken(tree: ast.Module) -> dict[str, str]:
    """By which names this module marks its texts."""
    return {
        alias.asname or alias.name: alias.name
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom)
        for alias in each.names
        if alias.name in MARKS
    }


def marked() -> list[Marked]:
    """Every argument that is a text for people, with its place."""
    found = []
    for name, tree in modules():
        names = spoken(tree)
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)):
            mark = names.get(call.func.id)
            if mark:
                first = 1 if mark.startswith(("pg", "npg")) else 0
                count = 2 if "n" in mark.partition("gettext")[0] else 1
                found += [(f"{name}:{call.lineno}", each) for each in call.args[first : first + count]]
    return found


def texts() -> list[tuple[str, str]]:
    """Every text for people that is written out, in code and in templates."""
    found = [
        (place, each.value)
        for place, each in marked()
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    for path in sorted((ROOT / "templates").rglob("*.*")):
        source = path.read_text("utf-8")
        for each in IN_TEMPLATES.finditer(source):
            line = source.count("\n", 0, each.start()) + 1
            text = each[1][1:-1] if each[1] else each[2]
            found.append((f"{path.relative_to(ROOT)}:{line}", text))
    return found


def test_there_is_something_to_look_at():
    assert len(texts()) > 500


def test_no_text_is_put_together_before_it_is_translated():
    assert [place for place, each in marked() if isinstance(each, PUT_TOGETHER)] == []


def test_nobody_succeeds_successfully():
    assert [place for place, text in texts() if "successfully" in text.lower()] == []


def test_placeholders_have_names():
    assert [f"{place}: {text}" for place, text in texts() if POSITIONAL.search(text)] == []


def test_texts_do_not_begin_or_end_with_a_space():
    assert [f"{place}: {text!r}" for place, text in texts() if place.startswith("qms") and text != text.strip()] == []
