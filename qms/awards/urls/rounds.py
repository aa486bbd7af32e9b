"""Addresses of the area "rounds"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.awards.views import categories, examples, round_steps, rounds

urlpatterns: list[URLPattern] = [
    path("", rounds.round_list, name="round-list"),
    path("programmes/add/", rounds.programme_add, name="programme-add"),
    path("programmes/example/", examples.programme_example, name="programme-example"),
    path("programmes/<int:pk>/edit/", rounds.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/rounds/add/", rounds.round_add, name="round-add"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round-edit"),
    path("rounds/<int:pk>/publish/", round_steps.round_publish, name="round-publish"),
    path("rounds/<int:pk>/unpublish/", round_steps.round_unpublish, name="round-unpublish"),
    path("rounds/<int:pk>/finish/", round_steps.round_finish, name="round-finish"),
    path("rounds/<int:pk>/delete/", round_steps.round_delete, name="round-delete"),
    path("programmes/<int:pk>/delete/", round_steps.programme_delete, name="programme-delete"),
    path("rounds/<int:pk>/copy/", round_steps.round_copy, name="round-copy"),
    path("rounds/<int:pk>/categories/add/", categories.category_add, name="category-add"),
    path("categories/<int:pk>/edit/", categories.category_edit, name="category-edit"),
    path("categories/<int:pk>/move/", categories.category_move, name="category-move"),
    path("categories/<int:pk>/delete/", categories.category_delete, name="category-delete"),
    path("categories/<int:pk>/rules/add/", categories.rule_add, name="rule-add"),
    path("rules/<int:pk>/edit/", categories.rule_edit, name="rule-edit"),
    path("rules/<int:pk>/delete/", categories.rule_delete, name="rule-delete"),
]
