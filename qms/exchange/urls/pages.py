"""Addresses of the area "pages": the way to one's own page, and what is done on it."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import for_you, paper, words

urlpatterns: list[URLPattern] = [
    path("for-you/", for_you.for_you, name="for-you"),
    path("pages/<int:pk>/set-aside/", for_you.set_aside, name="set-aside"),
    path("pages/<int:pk>/take-back/", for_you.take_back, name="take-back"),
    path("pages/<int:pk>/words/", words.words, name="words"),
    path("pages/<int:pk>/print/", paper.for_you_print, name="for-you-print"),
    path("pages/<int:pk>/print/<int:rendering>/", paper.for_you_file, name="for-you-file"),
]
