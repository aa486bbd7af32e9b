"""Addresses of the demonstration."""

from django.urls import path

from qms.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.door, name="door"),
    path("<int:pk>/", views.enter, name="enter"),
]
