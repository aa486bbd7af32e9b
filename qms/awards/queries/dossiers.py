"""Dossiers by who may read them, and what a verification code stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.db.models import Q

from qms.awards.models import Application, Dossier, Round, Submission

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qms.accounts.models import User
    from qms.awards.models.application import ApplicationQuerySet


def readable_applications(user: User | AnonymousUser, at: datetime) -> ApplicationQuerySet:
    """The own office's, and those submitted to rounds that the person organises, once they are unsealed."""
    own = Application.objects.visible_to(user).values("pk")
    received = Application.objects.for_organiser(user, at).values("pk")
    return Application.objects.filter(Q(pk__in=own) | Q(pk__in=received))


def latest_submission(application: Application) -> Submission | None:
    """What counts: the last submission."""
    return application.submissions.order_by("-ordinal").first()


def dossiers_of(application: Application) -> list[Dossier]:
    """Every file that was set, newest submission and newest file first."""
    rows = Dossier.objects.filter(submission__application=application).select_related("submission")
    return list(rows.order_by("-submission__ordinal", "-pk"))


def latest_submissions(award_round: Round) -> list[Submission]:
    """The last submission of each application that stands submitted, by number."""
    received = Application.objects.received().filter(category__round=award_round).values("pk")
    rows = Submission.objects.filter(application__in=received).select_related("submitted_by")
    latest = {one.application_id: one for one in rows.order_by("ordinal")}
    return sorted(latest.values(), key=lambda one: (len(one.content["number"]), one.content["number"]))


def dossiers_by_submission(submissions: Iterable[Submission], language: str) -> dict[int, Dossier]:
    """The newest file of each submission in that language, where its file is there."""
    rows = Dossier.objects.filter(submission__in=[one.pk for one in submissions], language=language).order_by("pk")
    return {one.submission_id: one for one in rows if one.file.storage.exists(str(one.file.name))}


@dataclass(frozen=True)
class Verified:
    """What strangers are told of a submission: never whose it is."""

    submission: Submission
    state: Literal["stands", "replaced", "withdrawn"]
    dossiers: tuple[Dossier, ...]


def verified(code: str) -> Verified | None:
    """What the code stands for; nothing where no submission has it."""
    found = Submission.objects.select_related("application").filter(code=code).first()
    if found is None:
        return None
    dossiers = tuple(found.dossiers.order_by("language", "-pk"))
    later = Submission.objects.filter(application=found.application_id, ordinal__gt=found.ordinal).exists()
    if found.application.state == Application.State.WITHDRAWN:
        return Verified(found, "withdrawn", dossiers)
    return Verified(found, "replaced" if later else "stands", dossiers)
