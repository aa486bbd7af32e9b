"""Searches that people keep, and the weekly letter of new finds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import override

from qms.accounts.models import User
from qms.core.audit import record
from qms.core.services import each, post_letter
from qms.goodpractices import letters
from qms.goodpractices.domain.asking import PracticeQuery
from qms.goodpractices.models import SavedSearch
from qms.goodpractices.queries.catalogue import lexicon
from qms.goodpractices.queries.finding import asked
from qms.goodpractices.queries.searches import new_finds
from qms.lifecycle import Refused, gettext_noop

MOST_SEARCHES = 30
LONGEST_QUERY = 1000


@transaction.atomic
def save_search(query: PracticeQuery, *, name: str, by: User, at: datetime) -> SavedSearch:
    """Keep this question; from now on new finds come by mail. One that is kept already stays as it is."""
    User.objects.select_for_update().get(pk=by.pk)
    mine = SavedSearch.objects.filter(user=by)
    already = mine.filter(query=query.address, language=query.language).first()
    if already is not None:
        raise Refused(gettext_noop("You keep this search already, as “%(name)s”."), name=already.name)
    if len(query.address) > LONGEST_QUERY:
        raise Refused(gettext_noop("This search is too long to be kept. Choose less at once."))
    if mine.count() >= MOST_SEARCHES:
        raise Refused(gettext_noop("You keep %(count)s searches. Delete one first."), count=MOST_SEARCHES)
    search = SavedSearch.objects.create(
        user=by, name=name.strip(), query=query.address, language=query.language, told_at=at
    )
    record(search, "goodpractices.save_search", by=by)
    return search


@transaction.atomic
def rename_search(search: SavedSearch, *, name: str, by: User) -> SavedSearch:
    """Call a kept search by another name."""
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    search.name = name.strip()
    search.save(update_fields=["name", "updated_at"])
    record(search, "goodpractices.rename_search", by=by)
    return search


@transaction.atomic
def delete_search(search: SavedSearch, *, by: User) -> None:
    """Keep a search no longer; no more letters come."""
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    record(search, "goodpractices.delete_search", by=by)
    search.delete()


def tell_new_finds(*, at: datetime) -> int:
    """Once a week: a letter to everyone whose searches have found something new; how many letters."""
    people = SavedSearch.objects.filter(user__is_active=True).values_list("user", flat=True).order_by("user")
    return each(people.distinct(), lambda pk: _tell(pk, at=at))


@transaction.atomic
def _tell(user_id: int, *, at: datetime) -> bool:
    reader = User.objects.get(pk=user_id)
    searches = list(SavedSearch.objects.select_for_update().filter(user=reader).order_by("name", "pk"))
    with override(reader.language):
        known = lexicon()
        told = [
            letters.Finds(search, finds)
            for search in searches
            if (
                finds := new_finds(
                    asked(QueryDict(search.query), language=search.language, lexicon=known), since=search.told_at
                )
            )
        ]
    # Also what found nothing has been looked at: a letter lost to a crash comes again, one that was written does not.
    SavedSearch.objects.filter(pk__in=[search.pk for search in searches]).update(told_at=at)
    if not told:
        return False
    post_letter(**letters.new_finds(told, to=reader).posted())
    return True
