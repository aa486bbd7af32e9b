"""From a document to a stored file."""

from __future__ import annotations

import hashlib
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext

from qms.charts import PAPER
from qms.core.models import type_of
from qms.pdf import engine
from qms.pdf.document import Document
from qms.pdf.models import Rendering

TEMPLATE = "documents/base.html"
PREVIEW_STYLES = ("pdf/print.css", "pdf/preview.css")
PAPER_FONT = "QMS Paper"

Progress = Callable[[int, str], None]


def render(
    document: Document,
    *,
    by: Any,
    office_id: int | None,
    subject: models.Model | None,
    name: str,
    progress: Progress | None = None,
    template: str = TEMPLATE,
) -> Rendering:
    """The document as a stored PDF; the file that is there already, if nothing in it has changed."""
    tell = progress or (lambda _percent, _step: None)
    tell(10, gettext("Putting the document together"))
    html = html_of(document, template=template)
    about = {
        "content_hash": content_hash_of(document, html),
        "office_id": office_id,
        "subject_type": type_of(subject) if subject else "",
        "subject_id": subject.pk if subject else None,
        "name": name[:200],
    }
    if known := _known(about):
        return known
    tell(30, gettext("Typesetting"))
    started = time.perf_counter()
    content, pages = engine.typeset(html, moment=document.moment, language=document.language)
    seconds = time.perf_counter() - started
    tell(90, gettext("Storing the file"))
    rendering = Rendering(**about, language=document.language, created_by=by, seconds=seconds, pages=pages)
    return _store(rendering, content, html)


def html_of(document: Document, *, template: str = TEMPLATE) -> str:
    """The document as the engine gets it."""
    with translation.override(document.language):
        html = render_to_string(template, {"document": document, "styles": ()})
    # On paper a family is one whole file per weight, under a name that no system font has.
    return html.replace(f'font-family="{PAPER.font}"', f'font-family="{PAPER_FONT}"')


def preview_of(document: Document, *, template: str = TEMPLATE) -> str:
    """The document as a browser shows it: same template, same style."""
    return for_browser(html_of(document, template=template))


def for_browser(html: str) -> str:
    """The engine's page with addresses that a browser understands."""
    links = "".join(f'<link rel="stylesheet" href="{static(name)}">' for name in PREVIEW_STYLES)
    html = html.replace("</head>", f"{links}</head>", 1)
    # What was handed in is not public: its pictures stay out of the preview.
    html = re.sub(r'<img[^>]*src="media:[^"]*"[^>]*>', "", html)
    return re.sub(r'src="static:([^"]+)"', lambda found: f'src="{static(found[1])}"', html)


def content_hash_of(document: Document, html: str) -> str:
    """What the bytes depend on: text, date, language, styles, fonts, engine and pictures."""
    digest = hashlib.sha256(engine.fingerprint().encode())
    digest.update(f"{document.moment.isoformat()} {document.language} ".encode())
    digest.update(html.encode())
    # A document may bring a style or a drawing of its own beside those that all have.
    for path in sorted(set(re.findall(r'(?:href|src)="static:([^"]+)"', html))):
        if isinstance(found := finders.find(path), str):
            digest.update(Path(found).read_bytes())
    for path in sorted(set(re.findall(r'src="media:([^"]+)"', html))):
        if default_storage.exists(path):
            digest.update(f"{path} {default_storage.get_modified_time(path).isoformat()}".encode())
    return digest.hexdigest()


def _known(about: dict[str, Any]) -> Rendering | None:
    known = Rendering.objects.filter(**about).order_by("-pk").first()
    return known if known and known.file.storage.exists(known.file.name) else None


def _store(rendering: Rendering, content: bytes, html: str) -> Rendering:
    rendering.sha256 = hashlib.sha256(content).hexdigest()
    rendering.size = len(content)
    rendering.peak_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with transaction.atomic():
        rendering.file.save(f"{rendering.sha256[:32]}.pdf", ContentFile(content), save=False)
        rendering.page.save(f"{rendering.sha256[:32]}.html", ContentFile(html.encode()), save=False)
        rendering.save()
    return rendering
