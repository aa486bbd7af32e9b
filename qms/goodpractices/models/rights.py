"""What may be done with the library's pages in the CMS: written and saved there, never published round the review."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class PracticeRights(PagePermissionTester):
    """Practices are handed in and published on the platform's own pages; a superuser may publish in the CMS too."""

    def can_publish(self) -> bool:
        """Whether the person may publish at once; nobody while the practice is withheld."""
        return self.page.withheld_at is None and self.user.is_superuser and super().can_publish()

    def can_submit_for_moderation(self) -> bool:
        """Nobody: handing in asks whether all is told, and writes to the reviewers."""
        return False


class LibraryRights(PagePermissionTester):
    """New practices begin as drafts."""

    def can_publish_subpage(self) -> bool:
        """Whether the person may publish a new practice at once."""
        return self.user.is_superuser and super().can_publish_subpage()
