"""Addresses of the area "meetings"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.exchange.views import experiences, meetings

urlpatterns: list[URLPattern] = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/add/", meetings.meeting_add, name="meeting-add"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting-close"),
    path("meetings/<int:pk>/reopen/", meetings.meeting_reopen, name="meeting-reopen"),
    path("meetings/<int:pk>/publish/", meetings.meeting_publish, name="meeting-publish"),
    path("meetings/<int:pk>/experiences.csv", meetings.meeting_csv, name="meeting-csv"),
    path("meetings/<int:pk>/experiences.xlsx", meetings.meeting_xlsx, name="meeting-xlsx"),
    path("meetings/<int:pk>/experience/", experiences.experience, name="experience"),
    path("experiences/<int:pk>/leave-out/", experiences.experience_hide, name="experience-hide"),
    path("experiences/<int:pk>/show/", experiences.experience_show, name="experience-show"),
    path("experiences/<int:pk>/take-name-off/", experiences.experience_unname, name="experience-unname"),
    path("experiences/<int:pk>/take-back/", experiences.experience_take_back, name="experience-take-back"),
]
