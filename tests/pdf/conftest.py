import datetime as dt

import pytest

from qms.pdf import engine, samples, services
from qms.pdf.components import Text
from qms.pdf.document import Cover, Document, Section


@pytest.fixture(scope="session")
def sample_pdf():
    """The sample report, set once for all tests that look into it."""
    document = samples.report()
    return engine.html_to_pdf(services.html_of(document), moment=document.moment, language=document.language)


@pytest.fixture
def leaflet():
    """A document of one page, quick to set."""

    def make(text="Zażółć gęślą jaźń", **changes):
        fields = {
            "title": "Ulotka",
            "subtitle": "",
            "subject": "Próba",
            "language": "pl",
            "sections": (Section("Rozdział", (Text((text,)),)),),
            "cover": Cover("PUP Gołdap"),
            "moment": dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC),
            "has_contents": False,
        }
        return Document(**{**fields, **changes})

    return make
