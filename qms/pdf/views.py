"""Documents to download, and the same as a page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qms.core.permissions import Person, get_permitted
from qms.pdf import engine, samples, services
from qms.pdf.models import Rendering


def may_download(user: Person, rendering: Rendering) -> bool:
    """Whoever sees a document may have it."""
    return True


@never_cache
@require_safe
@login_required
def rendering(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, or its page (?as=html)."""
    found = get_permitted(Rendering, pk, request.user, may_download)
    return answer(found, as_html=request.GET.get("as") == "html")


def answer(rendering: Rendering, *, as_html: bool = False) -> HttpResponseBase:
    """What is sent: for views of other apps too, after they have checked their own right."""
    if as_html:
        with rendering.page.open() as page:
            return HttpResponse(services.for_browser(page.read().decode()))
    try:
        file = rendering.file.open()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=file_name_of(rendering), content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name_of(rendering: Rendering) -> str:
    """The document's name without what file systems do not take."""
    letters = "".join(
        " " if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in rendering.name
    )
    return f"{' '.join(letters.split())[:120] or 'document'}.pdf"


@require_safe
@login_required
def sample(request: HttpRequest) -> HttpResponse:
    """The sample document, for those who work on the look of paper."""
    if not (settings.DEBUG or settings.QMS_DEMO):
        raise Http404
    document = samples.report()
    if request.GET.get("as") == "html":
        return HttpResponse(services.preview_of(document))
    content = engine.html_to_pdf(services.html_of(document), moment=document.moment, language=document.language)
    return HttpResponse(content, content_type="application/pdf")
