"""A category that is scored: three offices, each by two jurors."""

from django.utils import timezone

from qms.jury.services.standing import restand
from tests.factories.jury import declare_all, hand_in, make_ballot, make_judged_category, make_juror, make_received
from tests.factories.offices import make_office


def scored_category(offices, scores=((80, 84), (70, 72), (50, 54)), **more):
    """The category, its applications in the order of their scores, and its jurors."""
    category = make_judged_category(**more)
    applications = [make_received(office, category) for office in offices]
    jurors = [make_juror(category) for _score in scores[0]]
    for juror in jurors:
        declare_all(juror)
    for application, given in zip(applications, scores, strict=True):
        for juror, score in zip(jurors, given, strict=True):
            ballot = make_ballot(juror, application)
            if score is not None:
                hand_in(ballot, dict.fromkeys(category.sections.all(), score))
        restand(application, timezone.now())
    return category, applications, jurors


def three_offices(region):
    return [make_office(name=f"Office {sign}", slug=f"office-{sign}", region=region) for sign in "abc"]
