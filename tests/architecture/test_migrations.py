"""The tables are what the models say, and their story begins once."""

from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).parent.parent.parent / "qms"
OWN = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("qms."))
STORIES = {label: sorted(path.stem for path in (ROOT / label / "migrations").glob("0*.py")) for label in OWN}


def test_no_migration_is_missing(db):
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(f"The models say more than the migrations: name one by hand.\n{told.getvalue()}")


@pytest.mark.parametrize("label", [label for label in OWN if STORIES[label]])
def test_each_story_begins_once(label):
    modules = {name: import_module(f"qms.{label}.migrations.{name}") for name in STORIES[label]}

    assert [name for name, each in modules.items() if getattr(each.Migration, "initial", False)] == ["0001_initial"]


@pytest.mark.parametrize("label", [label for label in OWN if STORIES[label]])
def test_migrations_are_named_by_hand_and_stand_in_one_row(label):
    names = STORIES[label]

    assert [name for name in names if "_auto_" in name or name.endswith("_more")] == []
    assert [int(name.partition("_")[0]) for name in names] == list(range(1, len(names) + 1))


def test_apps_with_models_have_migrations():
    assert [label for label in OWN if list(apps.get_app_config(label).get_models()) and not STORIES[label]] == []
