"""The example pages: home, standard pages, news and the questionnaire, in every language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from qms.assessments.models.questionnaire import QuestionnairePage
from qms.demo.domain import material
from qms.frameworks.models import Edition
from qms.portal.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from qms.portal.services import show_home

Say = Callable[[str], None]
MAIN = "pl"
EDITION = "caf-2020"
IN_MENU = {"help", "how-we-compute"}
STANDARD = ("about", "help", "how-we-compute", "accessibility", "data-protection")
HELP = ("help-member", "help-chair", "help-lead", "help-director", "help-coordinator")


@transaction.atomic
def build_pages(*, at: dt.datetime, say: Say) -> None:
    """Every example page that is not here yet; what editors have changed stays."""
    languages = [MAIN, *(code for code, _ in settings.LANGUAGES if code != MAIN)]
    homes = {language: _home(language) for language in languages}
    show_home(homes[MAIN])
    for language in languages:
        _below(homes[language], language, at)
    say(f"pages: {Page.objects.filter(depth__gt=1).count()}")


def _home(language: str) -> HomePage:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    if already := HomePage.objects.filter(locale=locale).first():
        return already
    text = material.read(f"pages/{language}")["home"]
    root = Page.objects.get(depth=1)
    home = HomePage(
        title=text["title"],
        slug=language,
        lead=text["lead"],
        body=_stream(text["body"]),
        locale=locale,
        translation_key=_key("home"),
    )
    root.add_child(instance=home)
    return home


def _below(home: HomePage, language: str, at: dt.datetime) -> None:
    texts = material.read(f"pages/{language}")
    made: dict[str, Page] = {}
    for key in STANDARD:
        made[key] = _child(home, key, key, StandardPage, texts[key], show_in_menus=key in IN_MENU)
        if key == "help":
            for below in HELP:
                slug = below.removeprefix("help-")
                made[below] = _child(made["help"], below, slug, StandardPage, texts[below])
    edition = Edition.objects.published().get(code=EDITION)
    _questionnaire(home, texts["questionnaire"], edition)
    news = _child(home, "news", "news", NewsIndexPage, {**texts["news"], "body": None}, show_in_menus=True)
    today = timezone.localtime(at).date()
    for item in texts["news-items"]:
        day = today + dt.timedelta(days=item["days"])
        _child(news, f"news-{item['slug']}", item["slug"], NewsPage, item, day=day)
    if not home.doors:
        home.doors = _doors(texts["home"]["doors"], made, language)
        home.save_revision().publish()


def _child(parent: Page, key: str, slug: str, model: type[Page], text: Mapping[str, Any], **fields: Any) -> Page:
    if already := parent.get_children().filter(slug=slug).first():
        return already.specific
    if text["body"] is not None:
        fields["body"] = _stream(text["body"])
    page = model(
        title=text["title"],
        slug=slug,
        lead=text["lead"],
        locale=parent.locale,
        translation_key=_key(key),
        **fields,
    )
    parent.add_child(instance=page)
    return page


def _questionnaire(home: Page, text: Mapping[str, Any], edition: Edition) -> None:
    if home.get_children().filter(slug=EDITION).exists():
        return
    page = QuestionnairePage(
        title=text["title"],
        slug=EDITION,
        lead=text["lead"],
        introduction=_stream(text["body"]),
        contact=f"<p>{text['contact']}</p>",
        edition=edition,
        locale=home.locale,
        translation_key=_key("questionnaire"),
    )
    home.add_child(instance=page)


def _key(name: str) -> str:
    """The same key in every language makes pages translations of one another."""
    return str(uuid5(NAMESPACE_URL, f"qms-demonstration:{name}"))


def _doors(doors: list[Mapping[str, Any]], pages: Mapping[str, Page], language: str) -> str:
    return json.dumps(
        [
            {
                "type": "door",
                "value": {
                    "title": door["title"],
                    "text": door["text"],
                    "links": _items(
                        {
                            "label": link["label"],
                            "page": pages[link["page"]].pk if "page" in link else None,
                            "address": f"/{language}/{link['address']}" if "address" in link else "",
                        }
                        for link in door["links"]
                    ),
                },
            }
            for door in doors
        ]
    )


def _stream(blocks: list[Mapping[str, Any]]) -> str:
    return json.dumps([_block(kind, value) for block in blocks for kind, value in block.items()])


def _block(kind: str, value: Any) -> dict[str, Any]:
    if kind == "h":
        return {"type": "heading", "value": value}
    if kind == "p":
        return {"type": "paragraph", "value": value}
    if kind == "steps":
        steps = ({"title": step["title"], "text": f"<p>{step['text']}</p>"} for step in value)
        return {"type": "steps", "value": {"steps": _items(steps)}}
    if kind == "table":
        return {"type": "table", "value": _table(value)}
    return {"type": "note", "value": {"kind": "", "title": value["title"], "text": value["text"]}}


def _items(values: Iterator[Mapping[str, Any]]) -> list[dict[str, Any]]:
    # Without an id Wagtail takes the whole item for the value.
    return [{"type": "item", "value": dict(value), "id": _key(f"item {place}")} for place, value in enumerate(values)]


def _table(rows: list[list[str]]) -> dict[str, Any]:
    return {
        "data": rows,
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "",
    }
