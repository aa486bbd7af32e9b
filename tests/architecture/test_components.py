"""Every template is sound, every component has its template, and no template stands alone.

That every component renders its samples is told in tests/ui/test_components.py.
"""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from django.template import engines

import qms
from qms.ui.components import Part

ROOT = Path(__file__).parent.parent.parent
TREE = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(TREE)) for path in TREE.rglob("*") if path.is_file())
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|importmap)\")",
    re.IGNORECASE,
)
# A letter carries its style with it; a document's is given to the engine.
MAY_CARRY_STYLE = ("mail/", "documents/")


def parts() -> list[type[Part]]:
    """Every component of every app."""
    for found in pkgutil.walk_packages(qms.__path__, "qms."):
        if ".components" in found.name:
            importlib.import_module(found.name)
    todo, known = [Part], set()
    while todo:
        for each in todo.pop().__subclasses__():
            if each not in known:
                known.add(each)
                todo.append(each)
    return sorted((each for each in known if each.__module__.startswith("qms.")), key=lambda each: each.__qualname__)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_sound(name):
    engines["django"].get_template(name)


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__qualname__)
def test_every_component_has_its_template(part):
    if not inspect.isabstract(part) and getattr(part, "template_name", None):
        assert engines["django"].get_template(part.template_name)


def test_every_component_template_is_used():
    sources = "".join(
        path.read_text("utf-8")
        for top in ("qms", "templates")
        for path in (ROOT / top).rglob("*.*")
        if path.suffix in {".py", ".html"}
    )
    alone = [name for name in TEMPLATES if name.startswith("components/") and name not in sources]

    assert alone == []


def test_pages_carry_no_inline_style_or_script():
    faults = [
        f"{name}: {found[0].strip()}"
        for name in TEMPLATES
        if name.endswith(".html") and not name.startswith(MAY_CARRY_STYLE)
        for found in INLINE.finditer((TREE / name).read_text("utf-8"))
    ]

    assert faults == []
