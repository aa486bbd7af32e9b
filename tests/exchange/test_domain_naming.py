"""Whether a text gives away the name that it shall stand without."""

import pytest

from qms.exchange.domain.naming import named_in

NAMES = ("Powiatowy Urząd Pracy w Gołdapi", "PUP Gołdap", "Gołdap")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Piszemy z PUP GOŁDAP.", "PUP Gołdap"),
        ("Mieszkańcy Gołdapi nie odpowiadają.", "Gołdap"),
        ("Nasz gołdapski urząd pyta.", "Gołdap"),
        ("Pytamy goldap o radę", "Gołdap"),
        ("Powiatowy Urząd Pracy\nw Gołdapi", "Powiatowy Urząd Pracy w Gołdapi"),
        ("Nie wiemy, jak pytać pracodawców.", ""),
        ("Nasz powiatowy urząd pracy szuka wzoru.", ""),
        ("", ""),
    ],
)
def test_a_name_is_found_in_any_case_and_ending(text, name):
    assert named_in(text, NAMES) == name


def test_names_of_several_words_and_empty_ones():
    assert named_in("Radom i Zdrój", ("", "  ")) == ""
    assert named_in("w Nowym Sączu", ("Nowy Sącz",)) == "Nowy Sącz"
    assert named_in("w Pile", ("Piła",)) == ""
    assert named_in("w Starachowicach", ("Starachowice",)) == "Starachowice"
    assert named_in("Zielonej Górze", ("Zielona Góra",)) == "Zielona Góra"
