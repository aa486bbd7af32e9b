"""What the journey of the jury does beside the pages: lines for the shell that stand for time and many hands."""

ROUND = """
from datetime import timedelta
from django.utils import timezone
from qms.awards.models import Round
now = timezone.now()
rows = Round.objects.filter(prefix__startswith="WMNJ-", embargo_until__gt=now, state="published").order_by("year")
found = rows.first()
Round.objects.filter(pk=found.pk).update(closes_at=now - timedelta(minutes=1))
category = found.categories.get(slug="goscie")
of = {one.office.slug: one.pk for one in category.applications.received()}
print(found.pk, category.pk, of["us-poznan"], of["um-leczna"])
"""
LETS = """
from datetime import timedelta
from django.utils import timezone
from qms.jury.models import Phase
now = timezone.now()
Phase.objects.filter(round={round}).delete()
Phase.objects.create(
    round_id={round},
    titles={{"en": "{title}"}},
    starts_at=now - timedelta(seconds=30),
    ends_at=now + timedelta(days=20),
    **{lets},
)
"""
MARKS = """
from django.utils import timezone
from qms.jury.domain.ballot import MarkDraft
from qms.jury.models import Ballot
from qms.jury.queries.ballots import ballot_view
from qms.jury.services.ballots import hand_in_ballot, save_mark
for number, application, score, hands_in in {told}:
    ballot = Ballot.objects.counting().get(juror__round={round}, juror__number=number, application=application)
    at, by = timezone.now(), ballot.juror.user
    for line in ballot_view(ballot, at).lines:
        if line.mark is None:
            marks = {{one.code: score for one in line.scale.dimensions}}
            draft = MarkDraft(marks=marks, strengths="Clear aims.", areas="Compare with others.")
            save_mark(ballot, line.section, draft=draft, version=0, by=by, at=at)
    if hands_in:
        hand_in_ballot(ballot, summary="", by=by, at=at)
"""
VISITED = """
from datetime import timedelta
from django.utils import timezone
from qms.jury.models import Visit
now = timezone.now()
Visit.objects.filter(pk={visit}).update(starts_at=now - timedelta(hours=4), ends_at=now - timedelta(hours=1))
"""
EMBARGO = """
from datetime import timedelta
from django.utils import timezone
from qms.awards.models import Round
Round.objects.filter(pk={round}).update(embargo_until=timezone.now() - timedelta(seconds=1))
"""

REST = """
from qms.awards.models import Application
from qms.jury.models import Ballot, Juror, Phase, Protocol
from qms.laureates.models import Diploma, LaureatesPage, PressSummary
now = Application.objects.get(number__startswith="EPSA-", office__slug="um-leczna", state="submitted")
found = now.category.round_id
handed_in = Ballot.objects.counting().filter(application=now, state="in").first()
press = PressSummary.objects.get(application__office__slug="pup-goldap")
print(
    f"jury/rounds/{found}/phases/add/",
    f"jury/phases/{Phase.objects.filter(round=found).last().pk}/edit/",
    f"jury/jurors/{Juror.objects.filter(round=found).first().pk}/edit/",
    f"jury/received/{now.pk}/jurors/",
    f"jury/ballots/{handed_in.pk}/end/",
    f"jury/ballots/{handed_in.pk}/unlock/",
    "jury/verify/",
    f"jury/verify/{Protocol.objects.first().code}/",
    f"laureates/rounds/{press.application.category.round_id}/press/",
    f"laureates/press/{press.pk}/edit/",
    f"laureates/diplomas/{Diploma.objects.first().pk}/change/",
    "laureates/verify/",
)
print(f"jury/applications/{now.pk}/conflict/", f"jury/applications/{now.pk}/dossier/")
print(f"laureates/press/{press.pk}/")
print(LaureatesPage.objects.get(locale__language_code="en", round=press.application.category.round_id).url)
"""
