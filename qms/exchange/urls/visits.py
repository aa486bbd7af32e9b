"""Addresses of the area "visits"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import offer_writing, offers, visit_asking, visit_steps, visits

urlpatterns: list[URLPattern] = [
    path("visits/offers/", offers.offer_list, name="offer-list"),
    path("visits/offers/add/", offer_writing.offer_add, name="offer-add"),
    path("visits/offers/<int:pk>/", offers.offer_detail, name="offer"),
    path("visits/offers/<int:pk>/edit/", offer_writing.offer_edit, name="offer-edit"),
    path("visits/offers/<int:pk>/close/", offer_writing.offer_close, name="offer-close"),
    path("visits/offers/<int:pk>/ask/", visit_asking.visit_ask, name="visit-ask"),
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit"),
    path("visits/<int:pk>/calendar/", visits.visit_calendar, name="visit-calendar"),
    path("visits/<int:pk>/confirm/", visit_steps.visit_confirm, name="visit-confirm"),
    path("visits/<int:pk>/decline/", visit_steps.visit_decline, name="visit-decline"),
    path("visits/<int:pk>/cancel/", visit_steps.visit_cancel, name="visit-cancel"),
    path("visits/<int:pk>/report/", visit_steps.visit_report, name="visit-report"),
    path("visits/<int:pk>/rate/", visit_steps.visit_rate, name="visit-rate"),
]
