"""Addresses of the area "deciding"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import deciding, protocols

urlpatterns: list[URLPattern] = [
    path("categories/<int:pk>/decide/visits/", deciding.visits_decide, name="visits-decide"),
    path("categories/<int:pk>/decide/prizes/", deciding.prizes_decide, name="prizes-decide"),
    path("protocols/<int:pk>/", protocols.protocol, name="protocol"),
    path("protocols/<int:pk>/order/", protocols.protocol_order, name="protocol-order"),
    path("protocols/<int:pk>/file/", protocols.protocol_file, name="protocol-file"),
    path("verify/", protocols.verify_any, name="protocol-verify-any"),
    path("verify/<str:code>/", protocols.verify, name="protocol-verify"),
]
