"""A small framework, as text and as a tree."""

from pathlib import Path

import pytest

from qms.frameworks.domain.document import read

HERE = Path(__file__).parent
LIBRARY = HERE.parent.parent / "qms" / "frameworks" / "library"


@pytest.fixture(scope="session")
def sample():
    return (HERE / "sample.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def small(sample):
    return read(sample).framework


@pytest.fixture(scope="session")
def caf():
    return read((LIBRARY / "caf-2020.yaml").read_text("utf-8")).framework
