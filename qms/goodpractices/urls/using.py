"""Questions, thanks, contact, the practice on paper."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.goodpractices.views import paper, using

urlpatterns: list[URLPattern] = [
    path("<int:pk>/ask/", using.ask, name="ask"),
    path("questions/<int:pk>/answer/", using.answer, name="answer"),
    path("questions/<int:pk>/hide/", using.hide, name="hide"),
    path("<int:pk>/thank/", using.thank, name="thank"),
    path("<int:pk>/contact/", using.contact, name="contact"),
    path("<int:pk>/print/", paper.print_practice, name="print"),
    path("<int:pk>/print/<int:rendering>/", paper.practice_file, name="file"),
]
