"""When an editor publishes, moves or takes back a page, what was remembered of the pages is forgotten."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from qms.portal.queries import forget_pages


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="portal-forget-pages")
def forget(**_: Any) -> None:
    """The menu and the languages are read anew."""
    forget_pages()
