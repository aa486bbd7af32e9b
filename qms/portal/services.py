"""Founding the site: a home page in every language, where Wagtail would say welcome to itself."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Site

from qms.goodpractices.services.founding import found_library
from qms.portal.models import HomePage, NewsIndexPage

HOMES = str(uuid5(NAMESPACE_URL, "qms:home"))
NEWS = str(uuid5(NAMESPACE_URL, "qms:news"))


@transaction.atomic
def found_site(*, hostname: str, port: int = 443, name: str = "QMS") -> HomePage:
    """A home page and a list of news in every language, and the site that shows them; what is there already stays."""
    homes = [_home(language) for language, _name in settings.LANGUAGES]
    main = next(home for home in homes if home.locale.language_code == settings.LANGUAGE_CODE)
    site = show_home(main)
    site.hostname, site.port, site.site_name = hostname, port, name
    site.save()
    found_library()
    return main


def show_home(home: HomePage) -> Site:
    """Make this home the site's first page; Wagtail's own welcome page goes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id == home.pk:
        return site
    earlier = site.root_page if site.pk else None
    site.root_page, site.site_name = home, site.site_name or "QMS"
    site.save()
    if earlier and earlier.specific_class is Page and not earlier.get_children().exists():
        earlier.delete()
    return site


def _home(language: str) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=language)
    if already := HomePage.objects.filter(locale=locale).first():
        return already
    with override(language):
        home = HomePage(
            title=gettext("Public offices ask, improve and learn from one another"),
            lead=gettext(
                "QMS is the platform on which public offices measure the quality of their work and improve it."
            ),
            slug=language,
            locale=locale,
            translation_key=HOMES,
        )
        news = NewsIndexPage(
            title=gettext("News"), slug="news", locale=locale, translation_key=NEWS, show_in_menus=True
        )
    Page.objects.get(depth=1).add_child(instance=home)
    home.add_child(instance=news)
    return home
