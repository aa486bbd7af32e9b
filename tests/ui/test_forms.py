"""Forms tell what is wrong, where, and keep what was typed."""

from __future__ import annotations

from django import forms
from django.forms import formset_factory

from qms.ui.components import ErrorSummary, Fault, Field, FormFields
from qms.ui.forms import DayField, Form


class OfficeForm(Form):
    name = forms.CharField(label="Name", help_text="As in the statute.")
    kind = forms.ChoiceField(label="Kind", choices=[("pup", "PUP"), ("um", "UM")], widget=forms.RadioSelect)
    opened_on = DayField(label="Opened on", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, object]:
        if self.data.get("name") == "Twice":
            raise forms.ValidationError("This office exists already.")
        return self.cleaned_data


def test_error_summary_leads_to_each_field() -> None:
    summary = ErrorSummary(OfficeForm({"name": "", "opened_on": "yesterday"}))

    assert [(fault.text, fault.target) for fault in summary.items] == [
        ("Name: This field is required.", "id_name"),
        ("Kind: This field is required.", "id_kind_0"),
        ("Opened on: Enter a valid date.", "id_opened_on"),
    ]
    html = summary.render_html()
    assert '<a href="#id_kind_0">Kind: This field is required.</a>' in html
    assert 'role="alert" tabindex="-1"' in html


def test_targets_of_the_summary_exist_on_the_page() -> None:
    form = OfficeForm({})
    html = FormFields(form).render_html()

    assert all(f'id="{fault.target}"' in html for fault in ErrorSummary(form).items)


class QuestionForm(Form):
    owes = forms.ChoiceField(label="Does the office owe taxes?", choices=[("yes", "Yes"), ("no", "No")])
    agreed = forms.BooleanField(label="We agree.", help_text="Once for the whole application.")


def test_label_that_ends_a_sentence_keeps_its_own_mark_in_the_summary() -> None:
    assert [fault.text for fault in ErrorSummary(QuestionForm({})).items] == [
        "Does the office owe taxes? This field is required.",
        "We agree. This field is required.",
    ]


def test_help_of_a_box_stands_below_its_label() -> None:
    html = Field(QuestionForm()["agreed"]).render_html()

    assert html.index("We agree.") < html.index("Once for the whole application.")
    assert 'aria-describedby="id_agreed_helptext"' in html


def test_error_of_the_whole_form_is_told_without_a_link() -> None:
    summary = ErrorSummary(OfficeForm({"name": "Twice", "kind": "pup"}))

    assert summary.items == [Fault("This office exists already.")]


def test_summary_of_an_untouched_form_is_empty() -> None:
    assert ErrorSummary(OfficeForm()).render_html().strip() == ""


def test_summary_gathers_formsets_too() -> None:
    formset = formset_factory(OfficeForm)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "x"})

    assert [fault.target for fault in ErrorSummary(formset).items] == ["id_form-0-kind_0"]


def test_field_is_described_by_its_help_and_its_error() -> None:
    html = Field(OfficeForm({})["name"]).render_html()

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'class="form-control is-invalid"' in html


def test_group_of_boxes_has_a_legend_and_its_error() -> None:
    html = Field(OfficeForm({})["kind"]).render_html()

    assert '<fieldset class="field wrong" aria-describedby="id_kind_error">' in html
    assert '<legend class="form-label">Kind</legend>' in html


def test_what_was_typed_is_kept() -> None:
    form = OfficeForm({"name": "PUP <Gołdap>", "kind": "um"})
    html = FormFields(form).render_html()

    assert 'value="PUP &lt;Gołdap&gt;"' in html
    assert html.count(" checked") == 1


def test_day_is_offered_to_the_browser_in_its_own_format() -> None:
    html = Field(OfficeForm(initial={"opened_on": "2026-11-18"})["opened_on"]).render_html()

    assert 'type="date"' in html
    assert "(optional)" in html


def test_form_draws_itself_in_our_look() -> None:
    html = str(OfficeForm({"token": "t"}))

    assert 'class="errors"' in html
    assert '<input type="hidden" name="token" value="t" id="id_token">' in html
