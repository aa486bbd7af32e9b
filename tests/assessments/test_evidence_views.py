"""The office's evidence: who sees it, what is taken in, how it is handed out, and how texts come to cite it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qms.assessments import services
from qms.assessments.models import Entry, Evidence, NodeScore
from tests.assessments.test_sheet_views import page, text_of
from tests.factories.assessments import make_started, sheet_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def assessment(office, lena, clara, boris, eva):
    return make_started(office, by=lena, people=[clara, boris, eva])


@pytest.fixture
def sheet(assessment, boris):
    return sheet_of(assessment, boris)


@pytest.fixture
def writes(client, boris):
    client.force_login(boris)
    return client


@pytest.fixture
def piece(office, boris):
    file = SimpleUploadedFile("Strategia 2024.pdf", PDF)
    return services.add_evidence(office, kind="file", title="Strategy 2024–2027", file=file, by=boris, owner="Registry")


@pytest.fixture
def node(sheet):
    return reverse("assessments:sheet-node", args=[sheet.pk, "1.1"])


def at(name, obj):
    return reverse(f"assessments:{name}", args=[obj.pk])


def new(prefix="", **fields):
    data = {
        "kind": "note",
        "title": "Talk with the council",
        "url": "",
        "note": "",
        "dated_on": "",
        "owner": "",
    } | fields
    return {f"{prefix}{name}": value for name, value in data.items()}


# --- Rights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["boris", "clara", "lena", "ana"])
def test_the_group_the_lead_and_the_director_read_the_store(client, assessment, piece, request, person):
    client.force_login(request.getfixturevalue(person))
    assert "Strategy 2024–2027" in client.get(at("evidence-list", assessment)).content.decode()
    assert client.get(at("evidence-detail", piece)).status_code == 200
    assert client.get(at("evidence-file", piece)).status_code == 200


def test_other_offices_and_people_outside_the_group_do_not(client, assessment, piece, dora, judy):
    for person in (dora, judy):
        client.force_login(person)
        for name, thing in (
            ("evidence-list", assessment),
            ("evidence-add", assessment),
            ("evidence-detail", piece),
            ("evidence-file", piece),
            ("evidence-edit", piece),
        ):
            assert client.get(at(name, thing)).status_code == 404, name
        assert client.post(at("evidence-withdraw", piece)).status_code == 404


def test_only_who_added_it_and_the_lead_change_it(client, piece, assessment, eva, lena, boris):
    client.force_login(eva)
    assert client.get(at("evidence-edit", piece)).status_code == 403
    assert client.post(at("evidence-withdraw", piece)).status_code == 403
    for person in (boris, lena):
        client.force_login(person)
        assert client.get(at("evidence-edit", piece)).status_code == 200


# --- In and out ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"kind": "link", "url": "https://example.org/strategy"}, "link"),
        ({"kind": "note", "note": "Said at the meeting of 14 March."}, "note"),
        ({"kind": "file", "file": SimpleUploadedFile("plan.pdf", PDF)}, "file"),
    ],
)
def test_a_piece_is_added_under_the_next_number(writes, assessment, piece, fields, kind):
    answer = writes.post(at("evidence-add", assessment), new(**fields))

    assert answer.status_code == 302
    added = Evidence.objects.latest("pk")
    assert (added.kind, added.code) == (kind, "E2")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"kind": "file"}, "file", "Choose a file."),
        ({"kind": "file", "file": SimpleUploadedFile("x.exe", b"MZ")}, "file", "cannot be taken"),
        ({"kind": "file", "file": SimpleUploadedFile("x.pdf", b"MZ not a pdf")}, "file", "something else is in it"),
        ({"kind": "file", "file": SimpleUploadedFile("x.pdf", b"")}, "file", "empty"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "url", "https://"),
        ({"kind": "note"}, "note", "Write what the note says."),
        ({"kind": "note", "note": "x", "title": ""}, "title", "required"),
        ({"kind": "note", "note": "x", "dated_on": "yesterday"}, "dated_on", "date"),
    ],
)
def test_what_cannot_be_taken_is_named_at_its_field(writes, assessment, fields, field, words):
    answer = writes.post(at("evidence-add", assessment), new(**{"owner": "Kept as typed", **fields}))

    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors[field])
    assert "Kept as typed" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_comes_back_as_a_download_that_no_browser_runs(writes, assessment, piece):
    answer = writes.get(at("evidence-file", piece))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


def test_a_piece_is_corrected_but_its_file_stays(writes, assessment, piece):
    answer = writes.post(
        at("evidence-edit", piece), {"title": "Strategy, p. 12", "owner": "", "note": "", "dated_on": "2024-03-14"}
    )

    assert answer.status_code == 302
    corrected = Evidence.objects.get()
    assert (corrected.title, str(corrected.dated_on), corrected.sha256) == (
        "Strategy, p. 12",
        "2024-03-14",
        piece.sha256,
    )


def test_a_withdrawn_piece_leaves_the_list_and_keeps_its_texts(writes, assessment, sheet, node, piece):
    writes.post(node, page(sheet, entries=[text_of(evidence=[piece.pk])]))
    writes.post(at("evidence-withdraw", piece))

    assert "Strategy 2024–2027" not in writes.get(at("evidence-list", assessment)).content.decode()
    assert "Strategy 2024–2027" in writes.get(node).content.decode()


def test_the_list_is_searched_by_title_code_and_keeper(writes, assessment, office, boris, piece):
    services.add_evidence(office, kind="note", title="Minutes", note="x", by=boris)
    for query, found in (("strategy", 1), ("E2", 1), ("registry", 1), ("nothing", 0), ("e99999999999999999999", 0)):
        shown = writes.get(at("evidence-list", assessment), {"q": query})
        assert len(shown.context["pieces"]) == found, query


def test_the_list_downloads_as_csv_without_formulas(writes, assessment, office, boris, piece):
    services.add_evidence(office, kind="note", title="=1+1", note="x", by=boris)
    answer = writes.get(at("evidence-list", assessment), {"format": "csv", "q": "E2"})

    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Strategy" not in text
    assert ",=1+1" not in text


# --- From the sheet and back -----------------------------------------------------------------------------------------


def test_choosing_evidence_loses_nothing_that_was_typed(writes, sheet, node, piece):
    entry, other = text_of(text="First thought"), text_of("area", "Second thought")
    key = entry[0]
    sent = page(sheet, 85, "3,5", 45, 40, entries=[entry, other], rationale="Why", unknown="on", do=f"evidence:{key}")
    picker = writes.post(node, sent)

    assert picker.status_code == 200
    carried = dict(picker.context["carried"])
    assert carried[f"entry-{key}-text"] == "First thought"
    assert "3,5" in carried.values()
    back = [*picker.context["carried"], ("do", f"attach:{key}"), (f"entry-{key}-evidence", str(piece.pk))]
    answer = writes.post(node, _form(back))
    shown = answer.content.decode()
    for typed in ("First thought", "Second thought", "Why", 'value="3,5"', 'value="85"', "Strategy 2024–2027"):
        assert typed in shown
    assert not NodeScore.objects.exists()


def test_evidence_that_is_ticked_is_saved_with_the_text(writes, sheet, node, piece):
    entry = text_of()
    picker = writes.post(node, page(sheet, 85, 65, 45, 40, entries=[entry], do=f"evidence:{entry[0]}"))
    sent = [*picker.context["carried"], ("do", f"attach:{entry[0]}"), (f"entry-{entry[0]}-evidence", str(piece.pk))]
    answer = writes.post(node, _form(sent))

    assert answer.url == f"{node}#entry-{entry[0]}"
    assert list(Entry.objects.get().evidence.all()) == [piece]


def test_back_unchanged_keeps_what_hung_on_the_text(writes, sheet, node, piece):
    entry = text_of(evidence=[piece.pk])
    picker = writes.post(node, page(sheet, 85, entries=[entry], do=f"evidence:{entry[0]}"))
    assert picker.context["before"] == [piece.pk]
    answer = writes.post(
        node, _form([*picker.context["carried"], ("before", str(piece.pk)), ("do", f"back:{entry[0]}")])
    )

    rows = answer.context["lists"][0].rows
    assert [row.evidence for row in rows] == [(piece,)]


def test_a_new_note_is_added_and_hangs_on_the_text(writes, sheet, node, piece):
    entry = text_of(evidence=[piece.pk])
    fields = new("new-", note="Heard at the desk") | {"do": f"create:{entry[0]}"}
    answer = writes.post(node, page(sheet, 85, 65, 45, 40, entries=[entry]) | fields)

    assert answer.status_code == 302
    assert [each.code for each in Entry.objects.get().evidence.order_by("number")] == ["E1", "E2"]


def test_a_wrong_new_file_stays_on_the_small_page_with_everything_typed(writes, sheet, node):
    entry = text_of(text="Still here")
    wrong = SimpleUploadedFile("survey.pdf", b"not a pdf at all")
    fields = new("new-", kind="file", title="Survey") | {"do": f"create:{entry[0]}", "new-file": wrong}
    answer = writes.post(node, page(sheet, 85, entries=[entry]) | fields)

    assert answer.status_code == 200
    assert "something else is in it" in answer.content.decode()
    assert "Still here" in dict(answer.context["carried"]).values()
    assert 'value="Survey"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_evidence_on_an_empty_row_asks_for_the_text(writes, sheet, node, piece):
    entry = text_of(text="", evidence=[piece.pk])
    answer = writes.post(node, page(sheet, 85, 65, 45, 40, entries=[entry]))

    assert "Write what the evidence shows" in answer.content.decode()
    assert "Strategy 2024–2027" in answer.content.decode()
    assert not NodeScore.objects.exists()


def _form(pairs):
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


@pytest.mark.parametrize("name", ["evidence-list", "pick"])
def test_a_page_asks_as_often_with_one_piece_as_with_three(
    writes, sheet, assessment, office, boris, name, node, django_assert_max_num_queries
):
    counted = []
    entry = text_of()
    writes.get(at("evidence-list", assessment))
    for many in (1, 2):
        for number in range(many):
            services.add_evidence(office, kind="note", title=f"Note {number}", note="x", by=boris)
        with django_assert_max_num_queries(20) as queries:
            if name == "pick":
                writes.post(node, page(sheet, entries=[entry], do=f"evidence:{entry[0]}"))
            else:
                writes.get(at("evidence-list", assessment))
        counted.append(len(queries))
    assert Evidence.objects.count() == 3
    assert counted[0] == counted[1]
