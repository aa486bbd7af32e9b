"""Reviews, confirmation, archive."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.goodpractices.views import moderating, versions

urlpatterns: list[URLPattern] = [
    path("to-review/", moderating.to_review, name="to-review"),
    path("<int:pk>/review/", moderating.review, name="review"),
    path("<int:pk>/confirm/", moderating.confirm, name="confirm"),
    path("<int:pk>/archive/", moderating.archive, name="archive"),
    path("<int:pk>/", versions.preview, name="preview"),
]
