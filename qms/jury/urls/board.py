"""Addresses of the area "board"."""

from __future__ import annotations

from django.urls import URLPattern, path

from qms.jury.views import assigning, board, shortages

urlpatterns: list[URLPattern] = [
    path("categories/<int:pk>/board/", board.board, name="board"),
    path("categories/<int:pk>/assign/", assigning.assign, name="assign"),
    path("categories/<int:pk>/remind/", board.remind, name="remind"),
    path("received/<int:pk>/jurors/", assigning.ballot_add, name="ballot-add"),
    path("received/<int:pk>/few-jurors/", shortages.shortage, name="shortage"),
    path("received/<int:pk>/few-jurors/withdraw/", shortages.shortage_withdraw, name="shortage-withdraw"),
    path("ballots/<int:pk>/end/", assigning.ballot_end, name="ballot-end"),
]
