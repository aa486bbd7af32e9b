import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from qms.accounts.models import User
from qms.core.models import Letter
from qms.core.spreadsheets import write_xlsx
from qms.lifecycle import Refused
from qms.offices import services, sheets
from qms.offices.models import Membership, Office, PendingImport

pytestmark = pytest.mark.django_db
HEADERS = ["kind", "name", "short_name", "slug", "region", "city", "language", "staff_count", "website"]
GOOD = [
    "town_hall",
    "Urząd Miejski w Łęcznej",
    "UM Łęczna",
    "um-leczna",
    "28",
    "Łęczna",
    "pl",
    "120",
    "https://leczna.pl",
]
PEOPLE = ["email", "first_name", "last_name", "role", "office", "region", "language"]


def line(**changes):
    return [changes.get(key, value) for key, value in zip(HEADERS, GOOD, strict=True)]


def person(*cells):
    return [*cells, *[""] * (len(PEOPLE) - len(cells))]


def stored(by, *rows, kind="offices", headers=None):
    headers = headers or (HEADERS if kind == "offices" else PEOPLE)
    return services.store_upload(
        kind=kind, file_name="list.csv", headers=headers, rows=list(enumerate(rows, start=2)), by=by
    )


def reasons(preview):
    """Line number -> column -> sentence."""
    return {
        one.number: {column.key: cell.why for column, cell in zip(preview.columns, one.cells, strict=True) if cell.why}
        for one in preview.bad
    }


def upload(client, content, *, kind="offices", name="list.csv"):
    return client.post(f"/en/offices/import/{kind}/", {"file": SimpleUploadedFile(name, content)})


def csv_of(headers, *rows):
    return "\n".join(";".join(cells) for cells in (headers, *rows)).encode()


# --- offices ---------------------------------------------------------------------------------------------------------


def test_three_bad_lines_are_each_told_their_reason_and_nothing_is_imported(client, pat, office):
    client.force_login(pat)
    content = csv_of(
        HEADERS,
        GOOD,
        line(slug="a", kind="castle"),
        line(slug="b", region="Narnia"),
        line(slug="pup-goldap"),
        line(slug="um-second", short_name="UM Drugi"),
    )

    answer = upload(client, content)
    page = client.get(answer["Location"])

    assert reasons(page.context["preview"]) == {
        3: {"kind": "There is no kind of office “castle”."},
        4: {"region": "There is no region “Narnia”."},
        5: {"slug": "An office with this address is here already."},
    }
    text = page.content.decode()
    assert text.count('<p class="why">') == 3
    assert "Import only the 2 good lines" in text
    assert Office.objects.count() == 1


def test_confirming_imports_the_good_lines_once(client, pat, office):
    client.force_login(pat)
    path = upload(client, csv_of(HEADERS, GOOD, line(slug="x", kind="castle")))["Location"]

    answer = client.post(f"{path}confirm/")

    assert answer["Location"] == "/en/offices/"
    made = Office.objects.get(slug="um-leczna")
    assert (made.kind, made.region, made.staff_count, made.language) == ("town_hall", office.region, 120, "pl")
    assert not Office.objects.filter(slug="x").exists()
    client.post(f"{path}confirm/")
    assert Office.objects.count() == 2
    assert "imported already" in client.get(path).content.decode()


def test_if_one_line_fails_after_all_nothing_stays(pat, office, monkeypatch):
    pending = stored(pat, GOOD, line(slug="second"))
    save, calls = Office.save, []

    def fail_at_second(self, *args, **kwargs):
        calls.append(self)
        if len(calls) == 2:
            raise RuntimeError
        save(self, *args, **kwargs)

    monkeypatch.setattr(Office, "save", fail_at_second)
    with pytest.raises(RuntimeError):
        services.import_lines(pending, by=pat, at=timezone.now())

    assert Office.objects.count() == 1


def test_lines_are_checked_anew_when_confirmed(pat, office):
    pending = stored(pat, GOOD)
    Office.objects.filter(pk=office.pk).update(slug="um-leczna")

    with pytest.raises(Refused, match="No line of this list can be imported"):
        services.import_lines(pending, by=pat, at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "column", "why"),
    [
        ({"name": ""}, "name", "This cell must not be empty."),
        ({"staff_count": "many"}, "staff_count", "Write a whole number from 1 up."),
        ({"staff_count": "0"}, "staff_count", "Write a whole number from 1 up."),
        ({"language": "Klingon"}, "language", "There is no language “Klingon” here."),
        ({"slug": "people"}, "slug", "This address is taken by the site itself. Choose another one."),
        ({"website": "no address"}, "website", "Enter a valid URL."),
        ({"short_name": "x" * 81}, "short_name", "Ensure this value has at most 80 characters (it has 81)."),
    ],
)
def test_each_bad_cell_has_its_sentence(pat, region, changes, column, why):
    preview = services.preview_of(stored(pat, line(**changes)), by=pat)

    assert reasons(preview) == {2: {column: why}}


def test_a_twin_inside_the_file_is_found(pat, region):
    preview = services.preview_of(stored(pat, GOOD, GOOD), by=pat)

    assert reasons(preview) == {3: {"slug": "This address stands in the file twice."}}


def test_headings_and_words_may_be_in_any_language(pat, region):
    with override("pl"):
        kind, heading = str(Office.Kind.TOWN_HALL.label), str(sheets.OFFICE_COLUMNS[0].label)
    headers = [heading.upper(), *HEADERS[1:]]

    preview = services.preview_of(stored(pat, line(kind=kind, region="Warmia-Masuria"), headers=headers), by=pat)

    assert reasons(preview) == {}


def test_a_file_without_a_needed_column_is_refused(client, pat):
    client.force_login(pat)

    answer = upload(client, csv_of(["name", "city"], ["a", "b"]))

    assert answer.context["form"].errors["file"] == [
        "The first line of the file lacks these columns: kind, short_name, slug, region."
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b""),
        ("list.csv", b"\x00\x01\x02\x03"),
        ("list.xlsx", b"kind;name"),
        ("list.exe", b"MZ"),
        ("list.csv", ";".join(HEADERS).encode()),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(client, pat, name, content):
    client.force_login(pat)

    answer = upload(client, content, name=name)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not PendingImport.objects.exists()


def test_the_template_that_we_give_out_is_read_back(client, pat, region):
    client.force_login(pat)
    type(region).objects.update(code="26")
    template = client.get("/en/offices/import/offices/template.xlsx").content

    page = client.get(upload(client, template, name="offices.xlsx")["Location"])

    assert len(page.context["preview"].good) == 1


def test_an_xlsx_with_numbers_is_read(client, pat, region):
    client.force_login(pat)
    row = [
        120 if key == "staff_count" else 28 if key == "region" else cell
        for key, cell in zip(HEADERS, GOOD, strict=True)
    ]

    page = client.get(upload(client, write_xlsx("x", HEADERS, [row]), name="list.xlsx")["Location"])

    assert reasons(page.context["preview"]) == {}


def test_another_persons_upload_is_not_shown(client, pat, nora, region):
    pending = stored(pat, GOOD)
    client.force_login(nora)

    assert client.get(f"/en/offices/import/{pending.pk}/").status_code == 404
    assert client.post(f"/en/offices/import/{pending.pk}/confirm/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_looking_through_asks_the_same_number_of_questions(pat, region, count, django_assert_num_queries):
    pending = stored(pat, *[line(slug=f"um-{number}") for number in range(count)])

    with django_assert_num_queries(2):
        services.preview_of(pending, by=pat)


# --- people ----------------------------------------------------------------------------------------------------------


def test_people_get_their_roles_and_letters(client, pat, office, region):
    client.force_login(pat)
    content = csv_of(
        PEOPLE,
        person("Nina@example.org", "Nina", "Nowa", "quality_lead", "pup-goldap", "", "pl"),
        person("rita@example.org", "Rita", "Rejon", "regional_coordinator", "", "28"),
    )

    path = upload(client, content, kind="people")["Location"]
    assert not User.objects.filter(email="nina@example.org").exists()
    client.post(f"{path}confirm/")

    held = Membership.objects.exclude(user=pat).order_by("user__email")
    assert [(one.user.name, one.role, str(one.office or one.region)) for one in held] == [
        ("Nina Nowa", "quality_lead", "PUP Gołdap"),
        ("Rita Rejon", "regional_coordinator", "Warmia-Masuria"),
    ]
    assert sorted(Letter.objects.values_list("to", "language")) == [
        ("nina@example.org", "pl"),
        ("rita@example.org", "pl"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        (("nina", "N", "N", "employee", "pup-goldap"), "email", "This is not an e-mail address."),
        (("n@example.org", "N", "N", "king", "pup-goldap"), "role", "There is no role “king”."),
        (
            ("n@example.org", "N", "N", "employee", "nowhere"),
            "office",
            "There is no office “nowhere”. Write its address on this site.",
        ),
        (("n@example.org", "N", "N", "employee"), "office", "This role needs an office."),
        (("n@example.org", "N", "N", "regional_coordinator"), "region", "This role needs a region."),
        (
            ("n@example.org", "N", "N", "juror", "pup-goldap"),
            "office",
            "This role takes no office. Leave the cell empty.",
        ),
        (("BORIS@example.org", "B", "B", "employee", "pup-goldap"), "email", "This person holds this role already."),
    ],
)
def test_each_bad_cell_about_a_person_has_its_sentence(pat, office, boris, cells, column, why):
    preview = services.preview_of(stored(pat, person(*cells), kind="people"), by=pat)

    assert reasons(preview) == {2: {column: why}}


def test_a_lead_brings_in_people_of_the_own_office_only(lena, office, other_office):
    rows = [
        person("a@example.org", "A", "A", "employee", "pup-goldap"),
        person("b@example.org", "B", "B", "employee", "pup-starachowice"),
        person("c@example.org", "C", "C", "director", "pup-goldap"),
        person("d@example.org", "D", "D", "platform_administrator"),
    ]

    preview = services.preview_of(stored(lena, *rows, kind="people"), by=lena)

    assert reasons(preview) == {number: {"role": "You may not give this role there."} for number in (3, 4, 5)}
