"""The addresses of self-assessment, by area."""

from django.urls import path

from qms.assessments.views import (
    approval,
    consensus,
    evidence,
    exports,
    groups,
    lists,
    offline,
    opening,
    results,
    sheets,
)

app_name = "assessments"

urlpatterns = [
    # --- Opening, groups, the page of one assessment
    path("", lists.assessment_list, name="assessment-list"),
    path("start/", opening.start, name="assessment-start"),
    path("<int:pk>/", lists.assessment_detail, name="assessment-detail"),
    path("<int:pk>/settings/", opening.settings, name="assessment-settings"),
    path("<int:pk>/group/", groups.group, name="assessment-group"),
    path("<int:pk>/begin/", opening.begin, name="assessment-begin"),
    path("<int:pk>/remind/", opening.remind, name="assessment-remind"),
    path("members/<int:pk>/chair/", groups.chair, name="member-chair"),
    path("members/<int:pk>/invite/", groups.invite, name="member-invite"),
    path("members/<int:pk>/remove/", groups.remove, name="member-remove"),
    # --- Consensus
    path("<int:pk>/consensus/begin/", consensus.consensus_begin, name="consensus-begin"),
    path("<int:pk>/consensus/close/", consensus.consensus_close_ones, name="consensus-close-ones"),
    path("<int:pk>/consensus/print/", consensus.consensus_print, name="consensus-print"),
    path("<int:pk>/consensus/", consensus.consensus, name="consensus"),
    path("<int:pk>/consensus/<str:node>/", consensus.consensus_node, name="consensus-node"),
    # --- The individual sheet and evidence
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/hand-in/", sheets.sheet_hand_in, name="sheet-hand-in"),
    path("sheets/<int:pk>/reopen/", sheets.sheet_reopen, name="sheet-reopen"),
    path("sheets/<int:pk>/print/", offline.sheet_print, name="sheet-print"),
    path("sheets/<int:pk>/offline.xlsx", offline.sheet_xlsx, name="sheet-xlsx"),
    path("sheets/<int:pk>/import/", offline.sheet_import, name="sheet-import"),
    path("sheets/<int:pk>/<str:node>/", sheets.sheet_node, name="sheet-node"),
    path("sheets/<int:pk>/<str:node>/save/", sheets.sheet_save, name="sheet-save"),
    path("<int:pk>/evidence/", evidence.evidence_list, name="evidence-list"),
    path("<int:pk>/evidence/add/", evidence.evidence_add, name="evidence-add"),
    path("evidence/<int:pk>/", evidence.evidence_detail, name="evidence-detail"),
    path("evidence/<int:pk>/edit/", evidence.evidence_edit, name="evidence-edit"),
    path("evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("evidence/<int:pk>/file/", evidence.evidence_file, name="evidence-file"),
    # --- Results, approval, report, exports
    path("<int:pk>/results/", results.results, name="results"),
    path("<int:pk>/results/send/", approval.results_send, name="results-send"),
    path("<int:pk>/results/approve/", approval.approve, name="approve"),
    path("<int:pk>/results/return/", approval.return_results, name="return"),
    path("<int:pk>/report/", approval.report_order, name="report-order"),
    path("<int:pk>/report/<int:rendering>/", results.report, name="report"),
    path("<int:pk>/results.csv", exports.results_csv, name="results-csv"),
    path("<int:pk>/results.xlsx", exports.results_xlsx, name="results-xlsx"),
    path("<int:pk>/cycles/", results.cycles, name="cycles"),
]
