"""The gallery: every component with its samples."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .components import SHOWN, Choice, Link, PageHead, Shell


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; only where the platform is shown or built."""
    if not (settings.DEBUG or getattr(settings, "QMS_DEMO", False)):
        raise Http404
    if not hasattr(request, "shell"):
        request.shell = _sample_shell()  # type: ignore[attr-defined]
    head = PageHead(
        "Wzornik",
        over="QMS",
        lead="Wszystkie elementy, z których zbudowane są strony i dokumenty. Teksty i liczby są przykładowe.",
    )
    shown = [(part.__name__, (part.__doc__ or "").strip(), part.samples()) for part in SHOWN if part is not PageHead]
    return render(request, "ui/gallery.html", {"head": head, "shown": shown, "heads": PageHead.samples()})


def _sample_shell() -> Shell:
    names = ("Moje zadania", "Samoocena", "Plan doskonalenia", "Dobre praktyki", "Badania klientów")
    return Shell(
        menu=tuple(Link(name, "#", current=name == "Samoocena") for name in names),
        offices=(Choice("PUP Gołdap", "1", current=True), Choice("PUP Starachowice", "2")),
        office="PUP Gołdap",
        person="Anna Nowak",
        role="Koordynatorka jakości",
        account=(Link("Ustawienia", "#"), Link("Pomoc", "#"), Link("Wyloguj się", "#")),
        footer=(Link("Pomoc", "#"), Link("Jak liczymy", "#"), Link("Deklaracja dostępności", "#")),
    )
