"""Addresses of the pages about offices and their people."""

from django.urls import path

from qms.offices import views

app_name = "offices"
urlpatterns = [
    path("", views.office_list, name="office-list"),
    path("new/", views.office_new, name="office-new"),
    path("choose/", views.choose, name="choose"),
    path("regions/", views.regions, name="regions"),
    path("regions/new/", views.region_edit, name="region-new"),
    path("regions/<int:pk>/", views.region_edit, name="region-edit"),
    path("people/", views.everyone, name="everyone"),
    path("people/jurors/", views.jurors, name="jurors"),
    path("people/jurors/<int:pk>/withdraw/", views.juror_withdraw, name="juror-withdraw"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/roles/<int:pk>/", views.membership, name="membership"),
    path("people/roles/<int:pk>/change/", views.membership_change, name="membership-change"),
    path("people/roles/<int:pk>/end/", views.membership_end, name="membership-end"),
    path("people/roles/<int:pk>/remind/", views.membership_remind, name="membership-remind"),
    path("import/<int:pk>/", views.import_preview, name="import-preview"),
    path("import/<int:pk>/confirm/", views.import_confirm, name="import-confirm"),
    path("import/<slug:kind>/", views.import_upload, name="import"),
    path("import/<slug:kind>/template.<slug:ending>", views.import_template, name="import-template"),
    path("<int:pk>/edit/", views.office_edit, name="office-edit"),
    path("<int:pk>/people/", views.office_people, name="people"),
    path("<slug:slug>/", views.office_detail, name="office-detail"),
]
