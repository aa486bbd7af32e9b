"""Who may see whose work: the apps above register what a person reaches, core only asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

Person = AbstractBaseUser | AnonymousUser
Scope = Literal["all"] | frozenset[int]
ScopeRule = Callable[[Any], Literal["all"] | set[int] | frozenset[int] | None]
Row = TypeVar("Row", bound=Model)

NOTHING: frozenset[int] = frozenset()

history_scopes: list[ScopeRule] = []
"""Rules that say whose history, jobs and letters a person may see: None (nothing), "all", or the ids of offices.

Filled in `AppConfig.ready()` by the apps that know offices: `history_scopes.append(scope_of_history)`.
"""

sealed_kinds: list[str] = []
"""How acts, jobs and letters begin that even those who see all work follow for their own offices only.

Filled in `AppConfig.ready()`: what is sealed until a day must not be read in the history before it.
"""


def unsealed(user: Person, *, kind: str, office: str, of_nobody: bool = True) -> Q:
    """What is not sealed, belongs to no office, or to one that the person answers for; `kind`, `office` name fields.

    With `of_nobody` false what belongs to no office is as sealed as the rest.
    """
    own = Q(**{f"{office}__in": own_scope_of(user)})
    if of_nobody:
        own |= Q(**{office: None})
    shown = Q()
    for prefix in sealed_kinds:
        shown &= ~Q(**{f"{kind}__startswith": prefix}) | own
    return shown


def is_sealed(kind: str) -> bool:
    """Whether jobs and letters of this kind are sealed."""
    return kind.startswith(tuple(sealed_kinds))


def scope_of(user: Person) -> Scope:
    """Everything, or the ids of the offices whose work the person may see."""
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    if getattr(user, "is_superuser", False):
        return "all"
    reached: set[int] = set()
    for rule in history_scopes:
        scope = rule(user)
        if scope == "all":
            return "all"
        reached |= scope or NOTHING
    return frozenset(reached)


def own_scope_of(user: Person) -> frozenset[int]:
    """The ids of the offices that the person answers for: their papers may be read, not only their acts followed.

    Who sees all work because of keeping the platform reads nobody's papers.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    reached = (rule(user) for rule in history_scopes)
    return frozenset[int]().union(*(scope for scope in reached if scope and scope != "all"))


def sees_all_work(user: Person) -> bool:
    """Whether the person may see the work of every office and of the platform itself."""
    return scope_of(user) == "all"


def sees_some_work(user: Person) -> bool:
    """Whether the person may see the work of at least one office."""
    return bool(scope_of(user))


def get_permitted(
    source: type[Row] | QuerySet[Row], pk: object, user: Person, predicate: Callable[[Any, Row], bool]
) -> Row:
    """The row, if the person may do this with it: 404 where it cannot be seen, 403 where it may only be seen."""
    row: Row = get_object_or_404(_visible(source, user), pk=pk)
    if not predicate(user, row):
        raise PermissionDenied
    return row


def _visible(source: type[Row] | QuerySet[Row], user: Person) -> Any:
    rows: Any = source.all() if isinstance(source, QuerySet) else source._default_manager.all()  # noqa: SLF001  Django's own name
    if not user.is_authenticated:
        raise Http404
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows
