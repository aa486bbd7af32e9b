"""Pages of the individual sheet: who opens them, what they save, and that nothing typed is lost."""

import json
import uuid

import pytest
from django.urls import reverse

from qms.assessments import services
from qms.assessments.models import Entry, NodeScore, Sheet
from tests.factories.assessments import fill, make_started, save, sheet_of

NODE = "1.1"


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


def address(sheet, name="sheet-node", *more):
    return reverse(
        f"assessments:{name}", args=[sheet.pk, *(more or ([NODE] if "node" in name or "save" in name else []))]
    )


def dimensions(sheet):
    framework = sheet.member.assessment.edition.tree()
    return [each.code for each in framework.scale(sheet.member.assessment.panel, NODE).dimensions]


def page(sheet, *marks, version=0, entries=(), **fields):
    """What a browser sends from the page of one subcriterion."""
    data = {"version": version, "rationale": "", "do": "save", **fields}
    data |= {f"mark-{code}": mark for code, mark in zip(dimensions(sheet), marks, strict=False)}
    data["entry"] = [str(key) for key, _, _, _ in entries]
    for key, kind, text, evidence in entries:
        data |= {f"entry-{key}-kind": kind, f"entry-{key}-text": text, f"entry-{key}-evidence": evidence}
    return data


def text_of(kind="strength", text="Staff know the mission.", evidence=()):
    return uuid.uuid4(), kind, text, [str(pk) for pk in evidence]


def autosave(client, sheet, *marks, version=0, entries=(), **fields):
    payload = {
        "version": version,
        "marks": dict(zip(dimensions(sheet), marks, strict=False)),
        "unknown": False,
        "rationale": "",
        "entries": [
            {"key": str(k), "kind": kind, "text": t, "evidence": [int(e) for e in ev]} for k, kind, t, ev in entries
        ],
        **fields,
    }
    return client.post(address(sheet, "sheet-save"), json.dumps(payload), content_type="application/json")


# --- Rights ----------------------------------------------------------------------------------------------------------

PAGES = ["sheet", "sheet-node", "sheet-print", "sheet-xlsx", "sheet-import"]


@pytest.mark.parametrize("name", PAGES)
def test_the_member_opens_the_own_sheet(writes, sheet, name):
    assert writes.get(address(sheet, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("stranger", ["dora", "eva", "clara", "lena", "ana", "nora", "rob", "pat"])
def test_nobody_else_ever_opens_it(client, sheet, request, stranger, name):
    client.force_login(request.getfixturevalue(stranger))
    answer = client.get(address(sheet, name))
    # Coordinators without a verified second factor are sent to set one up before any page is asked.
    assert answer.status_code == 404 or (answer.status_code == 302 and stranger in {"nora", "rob", "pat"})


def test_nobody_else_saves_on_it_or_hands_it_in(client, sheet, eva, dora):
    for person in (eva, dora):
        client.force_login(person)
        assert client.post(address(sheet), page(sheet, 10, 10, 10, 10)).status_code == 404
        assert autosave(client, sheet, 10).status_code == 404
        assert client.post(address(sheet, "sheet-hand-in"), {"confirmed": "1"}).status_code == 404
    assert not NodeScore.objects.exists()
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.OPEN


def test_a_visitor_is_asked_to_sign_in_and_a_script_is_told(client, sheet):
    assert client.get(address(sheet)).status_code == 302
    answer = autosave(client, sheet, 10)
    assert answer.status_code == 401
    assert "kept in this browser" in answer.json()["said"]


@pytest.mark.parametrize("node", ["9.9", "1", "print me"])
def test_what_the_framework_does_not_score_has_no_page(writes, sheet, node):
    assert writes.get(address(sheet, "sheet-node", node)).status_code == 404


# --- Saving by the buttons -------------------------------------------------------------------------------------------


def test_save_keeps_marks_and_texts_and_comes_back(writes, sheet):
    entries = [text_of(), text_of("area", "Partners don't.")]
    answer = writes.post(address(sheet), page(sheet, 85, 65, 45, 40, entries=entries, rationale="The survey."))

    assert answer.status_code == 302
    assert answer.url == address(sheet)
    score = NodeScore.objects.get(sheet=sheet, node=NODE)
    assert score.marks == {"plan": 85, "do": 65, "check": 45, "act": 40}
    assert score.rationale == "The survey."
    assert list(Entry.objects.order_by("position").values_list("text", flat=True)) == [
        "Staff know the mission.",
        "Partners don't.",
    ]
    shown = writes.get(address(sheet)).content.decode()
    assert "(85 + 65 + 45 + 40) / 4 = 58.75" in shown
    assert "Saved at" in shown


def test_save_and_next_goes_to_the_next_open_one(writes, sheet):
    order = [node.identifier for node in sheet.member.assessment.edition.tree().scored]
    answer = writes.post(address(sheet), page(sheet, 85, 65, 45, 40, do="next"))

    assert answer.url == address(sheet, "sheet-node", order[1])
    for node in order[1:]:
        save(sheet, node, 50)
    answer = writes.post(address(sheet), page(sheet, 85, 65, 45, 41, version=1, do="next"))
    assert answer.url == address(sheet, "sheet")


@pytest.mark.parametrize("typed", ["3,5", "3.5", "abc", "101", "-1", "\u22121", "1e2", "85%"])
def test_a_wrong_mark_is_named_at_its_field_and_everything_typed_stays(writes, sheet, typed):
    entries = [text_of(text="A text <b>worth</b> keeping")]
    answer = writes.post(address(sheet), page(sheet, 85, typed, 45, 40, entries=entries, rationale="Because."))

    shown = answer.content.decode()
    code = dimensions(sheet)[1]
    assert answer.status_code == 200
    assert f'href="#id_mark-{code}"' in shown
    assert f'value="{typed}"' in shown
    assert 'value="85"' in shown
    assert "A text &lt;b&gt;worth&lt;/b&gt; keeping" in shown
    assert "Because." in shown
    assert f'id="id_mark-{code}_error">' in shown
    assert not NodeScore.objects.exists()


def test_not_knowing_enough_counts_as_answered_and_never_as_zero(writes, sheet):
    writes.post(address(sheet), page(sheet, "", "", "", "", unknown="on"))

    score = NodeScore.objects.get()
    assert (score.unknown, score.marks) == (True, {})
    assert "not known" in writes.get(address(sheet, "sheet")).content.decode()


def test_a_row_is_added_without_a_script_and_everything_typed_stays(writes, sheet):
    entries = [text_of(text="First"), text_of("area", "Second")]
    answer = writes.post(address(sheet), page(sheet, 85, "abc", entries=entries, do="add:strength"))

    lists = {each.kind: each for each in answer.context["lists"]}
    assert [row.text for row in lists["strength"].rows] == ["First", ""]
    assert [row.label for row in lists["strength"].rows] == ["Strength 1", "Strength 2"]
    assert [row.focused for row in lists["strength"].rows] == [False, True]
    assert [row.text for row in lists["area"].rows] == ["Second"]
    assert 'value="abc"' in answer.content.decode()
    assert answer.context["errors"] == ""


def test_a_row_is_removed_without_a_script(writes, sheet):
    first, second = text_of(text="First"), text_of(text="Second")
    answer = writes.post(address(sheet), page(sheet, entries=[first, second], do=f"remove:{first[0]}"))

    (strengths,) = [each for each in answer.context["lists"] if each.kind == "strength"]
    assert [(row.text, row.label) for row in strengths.rows] == [("Second", "Strength 1")]
    writes.post(address(sheet), page(sheet, entries=[second]))
    assert list(Entry.objects.values_list("text", flat=True)) == ["Second"]


def test_nonsense_from_a_page_harms_nothing(writes, sheet):
    data = page(sheet, 10, entry=["not-a-key"], do="add:poem")
    assert writes.post(address(sheet), data).status_code == 302
    assert not Entry.objects.exists()
    assert writes.post(address(sheet), {"do": "save"}).status_code == 200


def test_evidence_of_another_office_cannot_be_cited(writes, sheet, other_office, dora):
    foreign = services.add_evidence(other_office, kind="note", title="Theirs", note="x", by=dora)
    answer = writes.post(address(sheet), page(sheet, entries=[text_of(evidence=[foreign.pk])]))

    assert answer.status_code == 409
    assert "Theirs" not in answer.content.decode()
    assert "not in the office" in answer.content.decode()
    assert not Entry.objects.exists()


# --- Two windows -----------------------------------------------------------------------------------------------------


def test_two_windows_see_both_texts_and_choose(writes, sheet):
    key = uuid.uuid4()
    writes.post(address(sheet), page(sheet, 50, 50, 50, 50, entries=[(key, "strength", "From the first window", [])]))
    mine = page(sheet, 60, 50, 50, 50, entries=[(key, "strength", "From the second window", [])])
    answer = writes.post(address(sheet), mine)

    conflict = answer.context["conflict"]
    assert answer.status_code == 409
    assert "From the second window" in conflict.mine
    assert "From the first window" in conflict.theirs
    assert answer.context["version"] == 1
    assert Entry.objects.get().text == "From the first window"

    assert writes.post(address(sheet), mine | {"version": 1}).status_code == 302
    assert Entry.objects.get().text == "From the second window"


def test_sending_the_same_page_twice_saves_it_once(writes, sheet):
    sent = page(sheet, 50, 50, 50, 50, entries=[text_of(text="One\r\nline")])
    writes.post(address(sheet), sent)
    assert writes.post(address(sheet), sent).status_code == 302
    assert NodeScore.objects.get().version == 1
    assert Entry.objects.get().text == "One\nline"


# --- Saving while one types ------------------------------------------------------------------------------------------


def test_autosave_answers_with_version_and_hour(writes, sheet):
    entry = text_of()
    first = autosave(writes, sheet, "85", "", "", "", entries=[entry])
    second = autosave(writes, sheet, "85", "65", "", "", version=1, entries=[entry])

    assert (first.status_code, second.status_code) == (200, 200)
    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert first.json()["said"].startswith("Saved at ")
    assert NodeScore.objects.get().marks == dict(zip(dimensions(sheet), (85, 65), strict=False))
    assert Entry.objects.get().text == entry[2]


def test_autosave_names_a_wrong_mark_and_saves_the_rest(writes, sheet):
    autosave(writes, sheet, "85", "65")
    answer = autosave(writes, sheet, "85", "6,5", version=1, entries=[text_of(text="Not lost")])

    code = dimensions(sheet)[1]
    assert list(answer.json()["errors"]) == [f"id_mark-{code}"]
    assert NodeScore.objects.get().marks[code] == 65
    assert Entry.objects.get().text == "Not lost"


def test_autosave_from_an_old_window_shows_both_and_changes_nothing(writes, sheet):
    key = uuid.uuid4()
    autosave(writes, sheet, "85", entries=[(key, "strength", "Theirs", [])])
    answer = autosave(writes, sheet, "15", entries=[(key, "strength", "Mine", [])])

    told = answer.json()
    assert answer.status_code == 409
    assert told["version"] == 1
    assert "Theirs" in told["html"]
    assert "Mine" in told["html"]
    assert told["stored"]["entries"] == [{"key": str(key), "kind": "strength", "text": "Theirs", "evidence": []}]
    assert NodeScore.objects.get().version == 1


def test_autosave_whose_answer_was_lost_may_be_sent_again(writes, sheet):
    entry = text_of()
    autosave(writes, sheet, "85", entries=[entry])
    assert autosave(writes, sheet, "85", entries=[entry]).json()["version"] == 1
    assert Entry.objects.count() == 1


def test_a_text_too_long_stays_in_the_browser_and_deletes_nothing(writes, sheet):
    key = uuid.uuid4()
    autosave(writes, sheet, "85", entries=[(key, "strength", "Short", [])])
    answer = autosave(writes, sheet, "85", version=1, entries=[(key, "strength", "x" * 5001, [])])

    assert answer.status_code == 422
    assert Entry.objects.get().text == "Short"


@pytest.mark.parametrize("body", ["", "[]", "{", '{"version": "x"}', '{"version": 0, "entries": 5}', '{"marks": [1]}'])
def test_a_broken_message_is_refused_with_a_sentence(writes, sheet, body):
    answer = writes.post(address(sheet, "sheet-save"), body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["said"]


# --- Handing in ------------------------------------------------------------------------------------------------------


def test_the_seal_names_what_becomes_fixed_what_is_blank_and_who_sees(writes, sheet):
    save(sheet, NODE, 60)
    seal = writes.get(address(sheet, "sheet")).context["seal"]

    blanks = [node.identifier for node in sheet.member.assessment.edition.tree().scored if node.identifier != NODE]
    assert seal.fixed[0] == "1 score"
    assert ", ".join(blanks) in seal.fixed[-1]
    assert str(len(blanks)) in seal.confirm
    assert "nobody" in seal.seen[0]


def test_handing_in_asks_once_and_is_final(writes, sheet):
    save(sheet, NODE, 60)
    refused = writes.post(address(sheet, "sheet-hand-in"))
    assert "Tick the box" in refused.content.decode()
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.OPEN

    assert writes.post(address(sheet, "sheet-hand-in"), {"confirmed": "1"}).status_code == 302
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.HANDED_IN
    assert writes.get(address(sheet, "sheet")).context["seal"] is None
    read = writes.get(address(sheet)).content.decode()
    assert "<textarea" not in read
    assert "You handed the sheet in" in read


def test_writing_after_handing_in_is_refused_and_what_was_typed_stays_in_sight(writes, sheet):
    fill(sheet, 60)
    answer = writes.post(address(sheet), page(sheet, 90, 90, 90, 90, version=1, entries=[text_of(text="Too late")]))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The sheet is handed in." in shown
    assert "Too late" in shown
    assert set(NodeScore.objects.get(sheet=sheet, node=NODE).marks.values()) == {60}
    saved = autosave(writes, sheet, "90", version=1)
    assert saved.status_code == 422
    assert "handed in" in saved.json()["said"]


def test_the_chair_opens_a_sheet_again_with_a_reason_that_stays(client, sheet, clara, boris):
    fill(sheet, 60)
    client.force_login(clara)
    reopen = address(sheet, "sheet-reopen")
    assert "60" not in client.get(reopen).context["head"].title
    assert client.post(reopen, {"reason": " "}).status_code == 200
    assert client.post(reopen, {"reason": "A page was missing."}).status_code == 302

    client.force_login(boris)
    assert "page was missing." in client.get(address(sheet)).content.decode()
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.REOPENED


def test_only_the_chair_opens_a_sheet_again(client, sheet, boris, eva, lena, dora):
    fill(sheet, 60)
    for person, status in ((boris, 403), (eva, 403), (lena, 403), (dora, 404)):
        client.force_login(person)
        assert client.post(address(sheet, "sheet-reopen"), {"reason": "x"}).status_code == status
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.HANDED_IN


# --- Offline ---------------------------------------------------------------------------------------------------------


def test_the_offline_sheet_goes_out_and_comes_back_the_same(writes, sheet, office, boris):
    piece = services.add_evidence(office, kind="note", title="Strategy", note="p. 12", by=boris)
    key = uuid.uuid4()
    draft = services.EntryDraft("strength", "Kept with its evidence", key, (piece.pk,))
    save(sheet, NODE, 60, entries=(draft,))
    content = writes.get(address(sheet, "sheet-xlsx")).content
    answer = writes.post(address(sheet, "sheet-import"), {"file": _upload("sheet.xlsx", content)})

    assert answer.status_code == 302
    entry = Entry.objects.get()
    assert (entry.key, list(entry.evidence.all())) == (key, [piece])
    assert set(NodeScore.objects.get().marks.values()) == {60}


def test_a_wrong_offline_sheet_changes_nothing_and_names_its_fault(writes, sheet):
    heads = ",".join(["node", *dimensions(sheet), "unknown", "rationale", "strengths"])
    file = _upload("sheet.csv", f"{heads}\n{NODE},85,101,45,40,,,Good\n".encode())
    answer = writes.post(address(sheet, "sheet-import"), {"file": file})

    assert "101" in answer.content.decode()
    assert not NodeScore.objects.exists()
    answer = writes.post(address(sheet, "sheet-import"), {"file": _upload("sheet.xlsx", b"MZ not a sheet")})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def _upload(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  only here

    return SimpleUploadedFile(name, content)


def test_the_blank_sheet_shows_no_answers(writes, sheet):
    save(sheet, NODE, 60, rationale="My secret reason")
    assert "My secret reason" in writes.get(address(sheet, "sheet-print")).content.decode()
    assert "My secret reason" not in writes.get(address(sheet, "sheet-print") + "?blank=1").content.decode()


# --- Queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sheet", "sheet-node"])
def test_a_page_asks_as_often_with_one_text_as_with_three(
    writes, sheet, office, boris, name, django_assert_max_num_queries
):
    counted = []
    for many in (1, 3):
        pieces = [services.add_evidence(office, kind="note", title=f"N{i}", note="x", by=boris) for i in range(many)]
        drafts = [
            services.EntryDraft("strength", f"Text {i}", evidence=tuple(p.pk for p in pieces)) for i in range(many)
        ]
        save(sheet, NODE, 60 + many, entries=tuple(drafts))
        writes.get(address(sheet, name))
        with django_assert_max_num_queries(20) as queries:
            assert writes.get(address(sheet, name)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- Any framework ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "panel", "marks", "said", "total"),
    [
        ("caf-2020", "classical", [45], "", 45),
        ("caf-2020", "fine-tuned", [85, 65, 45, 40], "(85 + 65 + 45 + 40) / 4 = 58.75", 59),
        ("efqm-2020", "radar", [30, 80, 80, 80], "(30 + 80 + 80 + 80) / 4 = 67.5; at most 30 (", 30),
        ("pes-benchlearning", "maturity", [1, 2, 2, 2], "(1 + 2 + 2 + 2) / 4 = 1.75", 2),
    ],
)
def test_dimensions_bands_and_rules_come_from_the_framework(
    writes, office, request, edition, panel, marks, said, total
):
    lena, clara, boris = (request.getfixturevalue(name) for name in ("lena", "clara", "boris"))
    assessment = make_started(office, by=lena, people=[clara, boris], edition=edition, panel=panel)
    own, framework = sheet_of(assessment, boris), assessment.edition.tree()
    node = framework.scored[0].identifier
    codes = [each.code for each in framework.scale(panel, node).dimensions]
    save(own, node, dict(zip(codes, marks, strict=True)))
    answer = writes.get(address(own, "sheet-node", node))

    shown = answer.context["marks"]
    assert shown.formula.startswith(said)
    assert shown.sum_shown == str(total)
    assert [row.value for row in shown.rows] == [str(mark) for mark in marks]
    assert len(shown.bands) == len(framework.bands)
    assert f"of {framework.highest}" in answer.content.decode() or len(codes) == 1
    wrong = writes.post(address(own, "sheet-node", node), {"version": 1, f"mark-{codes[0]}": "107"})
    assert "107" in wrong.content.decode()
    assert wrong.context["errors"].items
