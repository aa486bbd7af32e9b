"""Taking framework files over: all of a file or nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import BinaryIO

from django.db import transaction

from qms.accounts.models import User
from qms.core import audit
from qms.frameworks import sheets
from qms.frameworks.domain import document
from qms.frameworks.domain.framework import Node as Branch
from qms.frameworks.domain.framework import text as text_in
from qms.frameworks.models import Edition, EditionFile, Framework, Node
from qms.frameworks.services.publishing import publish_edition
from qms.lifecycle import Refused, gettext_noop


@dataclass(frozen=True)
class Loaded:
    """What became of one file of the library: new, unchanged, or kept though the file differs."""

    code: str
    outcome: str


def import_file(content: str | BinaryIO, *, by: User | None) -> Edition:
    """The edition in the file as a draft, whether the file is YAML text or an XLSX workbook."""
    return import_edition(content, by=by) if isinstance(content, str) else import_workbook(content, by=by)


def import_workbook(file: BinaryIO, *, by: User | None) -> Edition:
    """The edition in the workbook, as if its file had been imported; faults name sheet, row and column."""
    return take_over(document.take(sheets.read_source(file)), by=by)


def import_edition(text: str, *, by: User | None) -> Edition:
    """The edition in the file as a draft; a draft of the same code is replaced, a published one never.

    Raises DocumentRefused with every fault and its line, and has then changed nothing.
    """
    return take_over(document.read(text), by=by)


@transaction.atomic
def take_over(read: document.Document, *, by: User | None, act: str = "frameworks.import") -> Edition:
    """The edition of a sound document as a draft, with its nodes."""
    tree = read.framework
    edition = Edition.objects.select_for_update().filter(code=tree.code).first()
    if edition and edition.sha256 == read.sha256:
        return edition
    if edition and edition.is_published:
        raise Refused(
            gettext_noop("%(code)s is published and never changes. Give the new text a code of its own."),
            code=tree.code,
        )
    family, _ = Framework.objects.get_or_create(code=tree.framework, defaults={"names": dict(tree.titles)})
    edition = edition or Edition(code=tree.code)
    edition.framework, edition.sha256 = family, read.sha256
    edition.title = text_in(tree.titles, tree.languages[0])[:300]
    edition.titles, edition.shorts = dict(tree.titles), dict(tree.shorts)
    edition.save()
    EditionFile.objects.update_or_create(edition=edition, defaults={"text": read.text})
    edition.nodes.all().delete()
    _index(edition, tree.nodes)
    audit.record(edition, act, by=by, sha256=edition.sha256, warnings=len(read.warnings))
    return edition


def _index(edition: Edition, roots: Iterable[Branch]) -> None:
    """One row for each node, level by level, so that a parent has its key before its children."""
    branches = [branch for root in roots for branch in root.walk()]
    position = {branch.identifier: at for at, branch in enumerate(branches)}
    rows: dict[str, Node] = {}
    level: list[tuple[Branch, Branch | None]] = [(root, None) for root in roots]
    while level:
        made = [
            Node(
                edition=edition,
                identifier=branch.identifier,
                parent=rows[parent.identifier] if parent else None,
                position=position[branch.identifier],
                group=branch.group,
                is_scored=branch.is_scored,
                titles=dict(branch.titles),
            )
            for branch, parent in level
        ]
        rows |= {row.identifier: row for row in Node.objects.bulk_create(made)}
        level = [(child, branch) for branch, _ in level for child in branch.children]


def library() -> dict[str, str]:
    """The texts of the shipped framework files, by name."""
    folder = files("qms.frameworks") / "library"
    return {
        each.name.removesuffix(".yaml"): each.read_bytes().decode()
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".yaml")
    }


def load_library(*, by: User | None, at: dt.datetime) -> list[Loaded]:
    """Import and publish the shipped frameworks; what is already published stays as it is."""
    return [Loaded(code, _load(code, text, by=by, at=at)) for code, text in library().items()]


@transaction.atomic
def _load(code: str, text: str, *, by: User | None, at: dt.datetime) -> str:
    published = Edition.objects.published().filter(code=code).first()
    if published:
        return "unchanged" if published.sha256 == sha256(text.encode()).hexdigest() else "kept"
    publish_edition(import_edition(text, by=by), by=by, at=at)
    return "new"
