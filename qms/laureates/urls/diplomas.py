"""Addresses of the area "diplomas"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.laureates.views import diplomas, verifying

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/diplomas/", diplomas.diplomas, name="diplomas"),
    path("rounds/<int:pk>/diplomas/issue/", diplomas.diplomas_issue, name="diplomas-issue"),
    path("rounds/<int:pk>/diplomas/order/", diplomas.diplomas_order, name="diplomas-order"),
    path("rounds/<int:pk>/diplomas/file/", diplomas.diplomas_file, name="diplomas-file"),
    path("diplomas/<int:pk>/change/", diplomas.diploma_change, name="diploma-change"),
    path("diplomas/<int:pk>/file/", diplomas.diploma_file, name="diploma-file"),
    path("diplomas/<int:pk>/order/", diplomas.diploma_order, name="diploma-order"),
    path("verify/", verifying.verify_any, name="verify-any"),
    path("verify/<str:code>/", verifying.diploma_verify, name="diploma-verify"),
]
