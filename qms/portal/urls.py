"""Addresses of the portal; everything else is a page of the CMS."""

from django.urls import path

from qms.portal import views

app_name = "portal"

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("search/", views.search, name="search"),
]
