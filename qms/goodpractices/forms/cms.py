"""The form of a practice in the CMS: what is reckoned from the text is reckoned anew there too."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm

from qms.goodpractices.domain.draft import effect_of, with_kept_verdicts, words_of
from qms.goodpractices.domain.words import forms_of
from qms.goodpractices.models import PracticePage
from qms.goodpractices.queries.drafts import draft_of, latest_of


class PracticePageForm(WagtailAdminPageForm):
    """The fields of the page; its words, its effect and its verdicts follow from them."""

    def save(self, commit: bool = True) -> PracticePage:  # noqa: FBT001, FBT002  Django's own signature
        """The page with what was typed; a verdict stays only with the figures on which it was given."""
        earlier = draft_of(latest_of(self.instance)) if self.instance.pk else None
        page: PracticePage = super().save(commit=False)
        draft = draft_of(page)
        if earlier is not None:
            draft = with_kept_verdicts(draft, earlier)
        for result, told in zip(page.results.all(), draft.results, strict=True):
            result.verdict = told.verdict
        page.effect = effect_of(draft.results)
        page.forms = forms_of(words_of(draft), page.locale.language_code)
        if commit:
            page.save()
        return page
