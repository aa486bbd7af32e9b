"""Addresses of the frameworks."""

from django.urls import path

from qms.frameworks.views import editing, importing, pages

app_name = "frameworks"

urlpatterns = [
    path("", pages.edition_list, name="edition-list"),
    path("import/", importing.edition_import, name="edition-import"),
    path("template/", pages.edition_template, name="edition-template"),
    path("schema.json", pages.schema, name="schema"),
    path("<int:pk>/", pages.edition_detail, name="edition-detail"),
    path("<int:pk>/edit/", editing.edition_edit, name="edition-edit"),
    path("<int:pk>/weights/", editing.edition_weights, name="edition-weights"),
    path("<int:pk>/nodes/<str:node>/", editing.node_edit, name="node-edit"),
    path("<int:pk>/new-edition/", editing.edition_renew, name="edition-renew"),
    path("<int:pk>/file/", pages.edition_file, name="edition-file"),
    path("<int:pk>/publish/", pages.edition_publish, name="edition-publish"),
]
