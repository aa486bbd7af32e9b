"""What letters about calls for help and meetings say, in each language."""

import pytest
from django.conf import settings

from qms.core.letters import kind_of
from qms.core.services import post_letter
from qms.exchange.letters.calls import call_answered, call_closed
from qms.exchange.letters.meetings import experience_left_out, meeting_published
from tests.factories.assessments import make_edition as make_framework
from tests.factories.exchange import make_answer, make_call, make_experience, make_meeting


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_letter_is_written_with_its_words_and_its_link(office, other_office, lena, dora, language):
    make_framework()
    for reader in (lena, dora):
        reader.language = language
    call = make_call(office, by=lena, helped=True, text="Who <asks>?")
    answer = make_answer(call, other_office, by=dora, text="We & they.")
    told = make_experience(make_meeting(title="A & B"), other_office, by=dora, hidden_reason="A name <x>.")
    letters = {
        "exchange.call_answered": call_answered(answer, to=lena),
        "exchange.call_closed": call_closed(call, to=dora, office_id=other_office.pk),
        "exchange.experience_left_out": experience_left_out(told, to=dora),
        "exchange.meeting_published": meeting_published(told.meeting, told, path="/en/page/"),
    }

    for kind, draft in letters.items():
        letter = post_letter(**draft.posted())
        assert letter.kind == kind
        assert kind_of(kind).label != kind
        assert letter.link.startswith("/")
        assert set(kind_of(kind).placeholders) <= set(draft.context)
        assert "&amp;" not in letter.subject + letter.text
    closed = post_letter(**letters["exchange.call_closed"].posted())
    assert "Who <asks>?" in closed.text
    assert "Who &lt;asks&gt;?" in closed.html
