"""Addresses of the frameworks."""

from django.urls import path

from qms.frameworks import views

app_name = "frameworks"

urlpatterns = [
    path("", views.edition_list, name="edition-list"),
    path("import/", views.edition_import, name="edition-import"),
    path("schema.json", views.schema, name="schema"),
    path("<int:pk>/", views.edition_detail, name="edition-detail"),
    path("<int:pk>/file/", views.edition_file, name="edition-file"),
    path("<int:pk>/publish/", views.edition_publish, name="edition-publish"),
]
