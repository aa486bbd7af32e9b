"""Addresses of the area "forms"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.awards.views import forming, judging

urlpatterns: list[URLPattern] = [
    path("categories/<int:pk>/form/", forming.form, name="form"),
    path("categories/<int:pk>/sections/add/", forming.section_add, name="section-add"),
    path(
        "categories/<int:pk>/sections/from-framework/", forming.sections_from_framework, name="sections-from-framework"
    ),
    path("sections/<int:pk>/edit/", forming.section_edit, name="section-edit"),
    path("sections/<int:pk>/delete/", forming.section_delete, name="section-delete"),
    path("sections/<int:pk>/move/", forming.section_move, name="section-move"),
    path("sections/<int:pk>/questions/add/", forming.question_add, name="question-add"),
    path("questions/<int:pk>/edit/", forming.question_edit, name="question-edit"),
    path("questions/<int:pk>/delete/", forming.question_delete, name="question-delete"),
    path("questions/<int:pk>/move/", forming.question_move, name="question-move"),
    path("categories/<int:pk>/judging/", judging.judging, name="judging"),
    path("categories/<int:pk>/prizes/add/", judging.prize_add, name="prize-add"),
    path("prizes/<int:pk>/edit/", judging.prize_edit, name="prize-edit"),
    path("prizes/<int:pk>/delete/", judging.prize_delete, name="prize-delete"),
    path("prizes/<int:pk>/move/", judging.prize_move, name="prize-move"),
]
