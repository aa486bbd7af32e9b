"""Writing a practice, its versions and translations."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.goodpractices.views import versions, writing

urlpatterns: list[URLPattern] = [
    path("mine/", writing.mine, name="mine"),
    path("new/", writing.new, name="new"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/versions/", versions.versions, name="versions"),
    path("<int:pk>/submit/", writing.submit, name="submit"),
    path("<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("<int:pk>/translate/", writing.translate, name="translate"),
]
