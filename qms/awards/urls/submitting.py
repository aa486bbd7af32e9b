"""Addresses of the area "submitting"."""

from __future__ import annotations

from django.urls import path

from qms.awards.views import received, submitting

urlpatterns = [
    path("applications/<int:pk>/submit/", submitting.submit, name="submit"),
    path("applications/<int:pk>/pass-on/", submitting.pass_on, name="pass-on"),
    path("applications/<int:pk>/receipt/", submitting.receipt, name="receipt"),
    path("applications/<int:pk>/withdraw/", submitting.withdraw, name="withdraw"),
    path("applications/<int:pk>/take-up/", submitting.take_up, name="take-up"),
    path("rounds/<int:pk>/received/", received.received, name="received"),
    path("received/<int:pk>/", received.received_detail, name="received-detail"),
    path("received/<int:pk>/reopen/", received.reopen, name="reopen"),
]
