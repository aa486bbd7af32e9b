"""Addresses of the pages about oneself."""

from django.urls import path

from qms.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("invitation/<str:token>/renew/", views.invitation_renew, name="invitation-renew"),
]
