"""Addresses of the area "editions"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import building, editions, themes

urlpatterns: list[URLPattern] = [
    path("", editions.edition_list, name="edition-list"),
    path("editions/add/", editions.edition_add, name="edition-add"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/edit/", editions.edition_edit, name="edition-edit"),
    path("editions/<int:pk>/open/", building.edition_open, name="edition-open"),
    path("editions/<int:pk>/build/", building.edition_build, name="edition-build"),
    path("editions/<int:pk>/close/", building.edition_close, name="edition-close"),
    path("editions/<int:pk>/approve/", building.page_approve, name="page-approve"),
    path("parts/<int:pk>/again/", building.part_again, name="part-again"),
    path("pages/<int:pk>/look/", building.page_look, name="page-look"),
    path("editions/<int:pk>/themes/add/", themes.theme_add, name="theme-add"),
    path("themes/<int:pk>/edit/", themes.theme_edit, name="theme-edit"),
    path("themes/<int:pk>/delete/", themes.theme_delete, name="theme-delete"),
    path("themes/<int:pk>/move/", themes.theme_move, name="theme-move"),
    path("themes/<int:pk>/seminars/add/", themes.seminar_add, name="seminar-add"),
    path("seminars/<int:pk>/edit/", themes.seminar_edit, name="seminar-edit"),
    path("seminars/<int:pk>/delete/", themes.seminar_delete, name="seminar-delete"),
]
