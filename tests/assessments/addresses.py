"""Addresses that letters and tasks name."""

from django.http import HttpResponse
from django.urls import include, path


def page(request, **_):
    return HttpResponse()


assessments = [
    path("<int:pk>/", page, name="assessment-detail"),
    path("sheets/<int:pk>/", page, name="sheet"),
    path("<int:pk>/consensus/", page, name="consensus"),
    path("<int:pk>/results/", page, name="results"),
]
urlpatterns = [
    path("assessments/", include((assessments, "assessments"))),
    path("people/invitation/<str:token>/", include(([path("", page, name="invitation")], "accounts"))),
]
