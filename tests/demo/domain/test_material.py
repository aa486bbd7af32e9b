"""What is written: complete, in three languages, and about roles, never about real persons."""

from importlib.resources import files

import pytest

from qms.demo.domain import material

# Surnames of persons named in the source documents, without endings.
REAL_PERSONS = ("nowak", "szwed", "hołdyńsk", "blanchard", "мухтияров", "kidyb", "gwiazdowsk", "smith")


def texts(folder):
    for each in folder.iterdir():
        if each.is_dir():
            yield from texts(each)
        elif each.name.endswith((".yaml", ".txt", ".csv")):
            yield each.read_text(encoding="utf-8").casefold()


def test_no_real_person_is_named():
    everything = "\n".join(texts(files("qms.demo") / "data"))

    assert [name for name in REAL_PERSONS if name in everything] == []


def test_every_address_leads_nowhere():
    assert all(email.endswith(".example") for email in material.emails())
    assert len(material.emails()) == len(material.people())


def test_pages_say_the_same_things_in_every_language():
    polish, english, russian = (material.read(f"pages/{language}") for language in ("pl", "en", "ru"))

    assert polish.keys() == english.keys() == russian.keys()


@pytest.mark.parametrize(("name", "strengths", "areas"), [("bank-pl", 3, 2), ("bank-ru", 1, 1)])
def test_banks_have_texts_for_all_28_subcriteria(name, strengths, areas):
    bank = material.read(f"texts/{name}")

    assert len(bank) == 28
    assert all((len(one["strengths"]), len(one["areas"])) == (strengths, areas) for one in bank.values())


def test_years_are_told_from_the_cycle():
    assert material.dated({"a": ["{r-1}–{r}", "{r+3}"]}, 2024) == {"a": ["2023–2024", "2027"]}
