"""Matrix, board, timeline, table, calendar, exports, print, network."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.improvements.views import board, calendar, looks, network, printing

urlpatterns: list[URLPattern] = [
    path("<int:pk>/", looks.plan_detail, name="plan-detail"),
    path("<int:pk>.csv", looks.plan_csv, name="plan-csv"),
    path("<int:pk>.xlsx", looks.plan_xlsx, name="plan-xlsx"),
    path("actions/<int:pk>/weigh/", looks.action_weigh, name="action-weigh"),
    path("actions/<int:pk>/place/", looks.action_place, name="action-place"),
    path("<int:pk>/board/", board.plan_board, name="plan-board"),
    path("<int:pk>/print/", printing.plan_print, name="plan-print"),
    path("<int:pk>/print/<int:rendering>/", printing.plan_file, name="plan-file"),
    path("mine/", calendar.my_actions, name="my-actions"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/renew/", calendar.calendar_renew, name="calendar-renew"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("network/", network.network, name="network"),
    path("network.csv", network.network_csv, name="network-csv"),
]
