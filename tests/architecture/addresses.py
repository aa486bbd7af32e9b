"""With what each address is asked for: one line per case, by app.

A case names the kind of request and the object whose address it is; the object is taken once from our side and once
from the foreign one. An address that names nothing has one case without an object.
"""

from __future__ import annotations

from tests.architecture import awarding, exchanging, honouring, improving, judging, sharing
from tests.architecture.cases import (
    STAGES,
    Case,
    Pick,
    at,
    member,
    nobodys,
    node,
    of,
    office,
    plain,
    sheet,
    thing,
)

OPEN = {"assessor's_open_sheet": sheet("scoring", "assessor")}
SHEETS = {**OPEN, "assessor's_sheet_that_is_in": sheet("consensus", "assessor")}
NODES = {name: {"pk": pick, "node": node} for name, pick in SHEETS.items()}
MEMBERS = {"member_in_draft": member("draft", "assessor"), "member_in_scoring": member("scoring", "assessor")}
KINDS = {f"list_of_{kind}": {"kind": (lambda _w, _s, kind=kind: kind)} for kind in ("offices", "people")}
TEMPLATES = {name: {**picks, "ending": lambda _w, _s: "csv"} for name, picks in KINDS.items()}
INVITATIONS = {name.replace(" ", "_"): {"token": nobodys(name)} for name in ("invitation", "late invitation")}
LETTERS = {"letter": thing("letter"), "letter_that_lets_one_in": thing("personal letter")}
TEXTS = {"letter_in_English": {"kind": lambda _w, _s: "core.job_done", "language": lambda _w, _s: "en"}}
JOBS = {"job": thing("job"), "job_of_the_employee": thing("job of employee")}
EVIDENCE = {"evidence": thing("note")}
EDITIONS = {"published_edition": nobodys("edition"), "draft_edition": nobodys("draft edition")}
EDITION_NODES = {name: {"pk": pick, "node": node} for name, pick in EDITIONS.items()}


def rendering_of(name: str) -> dict[str, Pick]:
    return {"pk": lambda _world, side: side.approved.pk, "rendering": thing(name)}


CASES: dict[str, list[Case]] = {
    # --- portal
    "portal:tasks": plain("GET"),
    "portal:search": plain("GET"),
    # --- assessments
    "assessments:assessment-list": plain("GET"),
    "assessments:assessment-start": plain("GET", "POST"),
    "assessments:assessment-detail": at("GET", *STAGES),
    "assessments:assessment-settings": at("GET POST", "draft", "scoring", "approved"),
    "assessments:assessment-group": at("GET POST", "draft", "scoring", "approved"),
    "assessments:assessment-begin": at("POST", "draft", "approved"),
    "assessments:assessment-remind": at("POST", "scoring", "approved"),
    "assessments:member-chair": of("POST", **MEMBERS),
    "assessments:member-invite": of("POST", **MEMBERS),
    "assessments:member-remove": of("POST", **MEMBERS),
    "assessments:consensus-begin": at("GET POST", "draft", "scoring", "approved"),
    "assessments:consensus-close-ones": at("POST", "scoring", "consensus", "approved"),
    "assessments:consensus-print": at("GET", *STAGES),
    "assessments:consensus": at("GET", *STAGES),
    "assessments:consensus-node": at("GET POST", "scoring", "consensus", "approval", "approved", node=node),
    "assessments:sheet": of("GET", **SHEETS),
    "assessments:sheet-hand-in": of("POST", **SHEETS),
    "assessments:sheet-reopen": of("GET POST", **OPEN, **{"chair's_sheet_that_is_in": sheet("scoring", "chair")}),
    "assessments:sheet-print": of("GET", **SHEETS),
    "assessments:sheet-xlsx": of("GET", **SHEETS),
    "assessments:sheet-import": of("GET POST", **SHEETS),
    "assessments:sheet-node": of("GET POST", **NODES),
    "assessments:sheet-save": of("POST", **NODES),
    "assessments:evidence-list": at("GET", "draft", "scoring", "approved"),
    "assessments:evidence-add": at("GET POST", "draft", "scoring", "approved"),
    "assessments:evidence-detail": of("GET", **EVIDENCE),
    "assessments:evidence-edit": of("GET POST", **EVIDENCE),
    "assessments:evidence-withdraw": of("POST", **EVIDENCE),
    "assessments:evidence-file": of("GET", evidence=thing("file")),
    "assessments:results": at("GET", *STAGES),
    "assessments:results-send": at("POST", "scoring", "consensus", "approved"),
    "assessments:approve": at("POST", "consensus", "approval", "approved"),
    "assessments:return": at("POST", "consensus", "approval", "approved"),
    "assessments:report-order": at("POST", "approval", "approved"),
    "assessments:report": of("GET", report=rendering_of("rendering")),
    "assessments:results-csv": at("GET", *STAGES[1:]),
    "assessments:results-xlsx": at("GET", *STAGES[1:]),
    "assessments:cycles": at("GET", *STAGES[1:]),
    # --- awards
    **awarding.CASES,
    **judging.CASES,
    **honouring.CASES,
    # --- exchange
    **exchanging.CASES,
    # --- improvements
    **improving.CASES,
    # --- goodpractices
    **sharing.CASES,
    # --- frameworks
    "frameworks:edition-list": plain("GET"),
    "frameworks:edition-import": plain("GET", "POST"),
    "frameworks:schema": plain("GET"),
    "frameworks:edition-detail": of("GET", belongs=False, **EDITIONS),
    "frameworks:edition-file": of("GET", belongs=False, **EDITIONS),
    "frameworks:edition-template": plain("GET"),
    "frameworks:edition-edit": of("GET POST", belongs=False, **EDITIONS),
    "frameworks:edition-weights": of("GET POST", belongs=False, **EDITIONS),
    "frameworks:edition-renew": of("GET POST", belongs=False, **EDITIONS),
    "frameworks:node-edit": of("GET POST", belongs=False, **EDITION_NODES),
    "frameworks:edition-publish": of("POST", belongs=False, **EDITIONS),
    # --- offices
    "offices:office-list": plain("GET"),
    "offices:office-new": plain("GET", "POST"),
    "offices:choose": [Case("POST", "office", body=lambda _world, side: f"office={side.office.pk}")],
    "offices:regions": plain("GET"),
    "offices:region-new": plain("GET", "POST"),
    "offices:region-edit": of("GET POST", belongs=False, region=nobodys("region")),
    "offices:everyone": plain("GET", "POST"),
    "offices:jurors": plain("GET", "POST"),
    "offices:juror-withdraw": of("POST", invitation=thing("invitation of a juror")),
    "offices:person": of("GET", employee=lambda _world, side: side.people["employee"].pk),
    "offices:membership": of("GET", employee=thing("membership"), director=thing("directorship")),
    "offices:membership-change": of("POST", employee=thing("membership"), director=thing("directorship")),
    "offices:membership-end": of("POST", employee=thing("membership"), director=thing("directorship")),
    "offices:membership-remind": of("POST", who_has_not_come=thing("waiting membership")),
    "offices:import-preview": of("GET", list_of_the_lead=thing("import")),
    "offices:import-confirm": of("POST", list_of_the_lead=thing("import")),
    "offices:import": of("GET POST", belongs=False, **KINDS),
    "offices:import-template": of("GET", belongs=False, **TEMPLATES),
    "offices:office-edit": of("GET POST", office=office),
    "offices:people": of("GET POST", office=office),
    "offices:office-detail": of("GET", office={"slug": lambda _world, side: side.office.slug}),
    # --- accounts
    "accounts:profile": plain("GET", "POST"),
    "accounts:invitation": of("GET POST", belongs=False, **INVITATIONS),
    "accounts:invitation-renew": of("POST", belongs=False, **INVITATIONS),
    # --- pdf
    "pdf:rendering": of("GET", report=thing("rendering"), report_of_the_employee=thing("rendering of employee")),
    "pdf:sample": plain("GET", query="?as=html"),
    # --- ui
    "ui:gallery": plain("GET"),
    # --- core
    "core:jobs": plain("GET"),
    "core:job": of("GET", **JOBS),
    "core:job-retry": of("POST", **JOBS),
    "core:outbox": plain("GET"),
    "core:letter": of("GET", **LETTERS),
    "core:letter-html": of("GET", **LETTERS),
    "core:letter-resend": of("POST", **LETTERS),
    "core:letter-texts": plain("GET"),
    "core:letter-text": of("GET POST", belongs=False, **TEXTS),
    "core:letter-text-restore": of("POST", belongs=False, **TEXTS),
    "core:history": plain("GET"),
    # --- demo
    "demo:door": plain("GET"),
    "demo:enter": of("POST", employee=lambda _world, side: side.people["employee"].pk),
}

SIGN_IN: dict[str, list[Case]] = {
    "account_login": plain("GET", "POST"),
    "account_logout": plain("GET", "POST"),
    "account_inactive": plain("GET"),
    "account_signup": plain("GET", "POST"),
    "account_reauthenticate": plain("GET", "POST"),
    "account_email": plain("GET", "POST"),
    "account_email_verification_sent": plain("GET"),
    "account_change_password": plain("GET", "POST"),
    "account_set_password": plain("GET", "POST"),
    "account_reset_password": plain("GET", "POST"),
    "account_confirm_login_code": plain("GET", "POST"),
    "account_confirm_email": of("GET POST", belongs=False, made_up_key={"key": lambda _w, _s: "made-up"}),
    "account_reset_password_from_key_done": plain("GET"),
    "account_reset_password_from_key": of(
        "GET POST", belongs=False, made_up_key={"uidb36": lambda _w, _s: "1", "key": lambda _w, _s: "made-up"}
    ),
    "account_reset_password_done": plain("GET"),
    "mfa_index": plain("GET"),
    "mfa_authenticate": plain("GET", "POST"),
    "mfa_reauthenticate": plain("GET", "POST"),
    "mfa_activate_totp": plain("GET", "POST"),
    "mfa_deactivate_totp": plain("GET", "POST"),
    "mfa_view_recovery_codes": plain("GET"),
    "mfa_generate_recovery_codes": plain("GET", "POST"),
    "mfa_download_recovery_codes": plain("GET"),
}


def page(name: str) -> Pick:
    return lambda world, _side: world.things[name].url


def address(url: str) -> Pick:
    return lambda _world, _side: url


def by_path(of: str, path: Pick, *methods: str, belongs: bool = False) -> list[Case]:
    return [Case(method, of, belongs=belongs, path=path) for method in methods or ("GET",)]


# Addresses of the machine, of the editors and of what they publish, as people type them.
PAGES: dict[str, list[Case]] = {
    "health": by_path("", address("/health/")),
    # Wagtail's door for closed pages would ask for a password alone: everyone comes in by ours.
    "wagtailcore_login": by_path("", address("/en/_util/login/"), "GET", "POST"),
    "media": by_path("evidence of an office", lambda _world, side: f"/media/evidence/{side.office.pk}/plan.pdf"),
    "wagtail_serve": [
        *by_path("home", page("home")),
        *by_path("published page", page("published page")),
        *by_path("unpublished page", page("unpublished page")),
        *by_path("page for the signed-in", page("closed page")),
    ],
    "wagtaildocs_serve": [
        *by_path("document", page("document")),
        *by_path("document for the signed-in", page("closed document")),
    ],
}
CMS: dict[str, list[Case]] = {
    name: by_path("", address(f"/cms/{path}"))
    for name, path in {
        "wagtailadmin_home": "",
        "wagtailadmin_login": "login/",
        "wagtailadmin_account": "account/",
        "wagtailadmin_explore_root": "pages/",
        "wagtailimages:index": "images/",
        "wagtaildocs:index": "documents/",
        "wagtailadmin_api:pages:listing": "api/main/pages/",
        "wagtailadmin_collections:index": "collections/",
        "wagtailadmin_reports:site_history": "reports/site-history/",
        "wagtailadmin_workflows:index": "workflows/list/",
        "wagtailsites:index": "sites/",
        "wagtaillocales:index": "locales/",
        "wagtailredirects:index": "redirects/",
        "wagtailusers_users:index": "users/",
        "wagtailusers_groups:index": "groups/",
    }.items()
}
