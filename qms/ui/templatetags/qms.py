"""`{% load qms %}`: numbers, days and components in templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import PrefixNode
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from qms.ui import numbers, words
from qms.ui.components import Band, ErrorSummary, Field, FormFields

register = template.Library()


@register.filter
def figure(value: object, digits: int = 0) -> str:
    """A localized number; a dash where there is none."""
    return numbers.figure(value, int(digits))


@register.filter
def signed(value: object, digits: int = 0) -> str:
    """A change with its sign."""
    return numbers.signed(value, int(digits))


@register.filter
def share(value: object, digits: int = 0) -> str:
    """A share of a hundred with its sign."""
    return numbers.share(value, int(digits))


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day in words, readable by machines too."""
    return _time(value, numbers.day)


@register.filter
def short_day(value: date | None) -> SafeString | str:
    """A day for a narrow column."""
    return _time(value, numbers.short_day)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A day and an hour."""
    return _time(value, numbers.moment)


@register.filter
def hour(value: datetime | None) -> SafeString | str:
    """The hour of a moment."""
    return _time(value, numbers.hour)


def _time(value: Any, say: Any) -> SafeString | str:
    if not value:
        return say(None)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), say(value))


@register.filter
def left(until: date | None) -> str:
    """How long there is still time."""
    if not until:
        return ""
    if isinstance(until, datetime):
        until = timezone.localtime(until).date()
    return numbers.time_left(until, timezone.localdate())


@register.filter
def bind(text: object) -> str:
    """The same text without lone one-letter words at line ends."""
    return words.bind(text)


@register.filter
def drawing(svg: str) -> SafeString:
    """A drawing of qms.charts, set into the page: the one place that trusts it."""
    return mark_safe(svg)


@register.simple_tag(takes_context=True)
def show(context: template.Context, thing: object) -> SafeString:
    """A component rendered, or a text escaped."""
    if hasattr(thing, "render_html"):
        return thing.render_html(context)
    return conditional_escape("" if thing is None else words.bind(thing))


@register.simple_tag
def band(index: int, title: str = "", span: str = "") -> SafeString:
    """The quarter dial of a band with its name."""
    return Band(index, title, span).render_html()


@register.simple_tag
def asset(path: str) -> str:
    """A static file's address, even when the manifest does not know it (error pages)."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return PrefixNode.handle_simple("STATIC_URL") + path


@register.simple_tag(takes_context=True)
def fields_of(context: template.Context, form: Any, *, summed: bool = True) -> SafeString:
    """A form's error summary, unless it stands higher on the page, and its fields."""
    fields = FormFields(form).render_html(context)
    return ErrorSummary(form).render_html(context) + fields if summed else fields


@register.simple_tag(takes_context=True)
def errors_of(context: template.Context, form: Any) -> SafeString:
    """What is wrong in a form, for the top of a page on which the form stands further down."""
    return ErrorSummary(form or None).render_html(context)


@register.simple_tag(takes_context=True)
def field_of(context: template.Context, bound: Any, *, short: bool = False) -> SafeString:
    """One field in our look."""
    return Field(bound, short=short).render_html(context)
