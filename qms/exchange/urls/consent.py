"""What an office shares of its self-assessments."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import consent

urlpatterns: list[URLPattern] = [
    path("consent/", consent.consent, name="consent"),
    path("consent/<int:pk>/", consent.consent_change, name="consent-change"),
]
