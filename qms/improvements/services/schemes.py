"""Taking over questionnaires of external feedback, and saying which edition is used."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files

from django.db import transaction

from qms.accounts.models import User
from qms.core.audit import record
from qms.frameworks.domain.document.lines import compose
from qms.improvements.domain.feedback import read
from qms.improvements.models import FeedbackScheme
from qms.lifecycle import Refused, gettext_noop


@transaction.atomic
def load_scheme(text: str, *, by: User | None) -> FeedbackScheme:
    """The scheme in the file; DocumentRefused names every fault with its line, and an edition never changes.

    Beside its values the very text is kept, so that downloading gives what was uploaded, remarks included.
    """
    scheme = read(text)
    digest = sha256(text.encode()).hexdigest()
    known = FeedbackScheme.objects.select_for_update().filter(code=scheme.code).first()
    if known is not None:
        if known.sha256 == digest:
            return known
        raise Refused(
            gettext_noop("%(code)s is here already and never changes. Give the new text a code of its own."),
            code=scheme.code,
        )
    content = {**compose(text).values, "text": text}
    loaded = FeedbackScheme.objects.create(code=scheme.code, content=content, sha256=digest)
    record(loaded, "improvements.load_scheme", by=by, sha256=digest)
    return loaded


@transaction.atomic
def use_scheme(scheme: FeedbackScheme, *, by: User | None) -> FeedbackScheme:
    """Let new applications use this edition; those under way keep theirs."""
    list(FeedbackScheme.objects.select_for_update().order_by("pk"))
    FeedbackScheme.objects.filter(is_current=True).exclude(pk=scheme.pk).update(is_current=False)
    scheme = FeedbackScheme.objects.get(pk=scheme.pk)
    if not scheme.is_current:
        scheme.is_current = True
        scheme.save(update_fields=["is_current", "updated_at"])
        record(scheme, "improvements.use_scheme", by=by)
    return scheme


@transaction.atomic
def load_library(*, by: User | None) -> list[tuple[str, str]]:
    """Take over the shipped schemes: what became of each, "new", "unchanged" or "kept"; the first is used at once."""
    outcomes = []
    for text in _library():
        code = read(text).code
        known = FeedbackScheme.objects.filter(code=code).first()
        if known is not None:
            same = known.sha256 == sha256(text.encode()).hexdigest()
            outcomes.append((code, "unchanged" if same else "kept"))
            continue
        scheme = load_scheme(text, by=by)
        if not FeedbackScheme.objects.filter(is_current=True).exists():
            use_scheme(scheme, by=by)
        outcomes.append((code, "new"))
    return outcomes


def _library() -> list[str]:
    folder = files("qms.improvements") / "library"
    shipped = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name)
    return [each.read_bytes().decode() for each in shipped]
