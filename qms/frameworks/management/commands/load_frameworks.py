"""Import and publish the shipped frameworks; may run at every start."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from qms.frameworks import services

SAID = {
    "new": "{code}: imported and published",
    "unchanged": "{code}: already here",
    "kept": "{code}: already published; the shipped file differs and was not taken over",
}


class Command(BaseCommand):
    """`manage.py load_frameworks`."""

    help = "Imports and publishes the framework files that come with the platform."

    def handle(self, *args: Any, **options: Any) -> None:
        for loaded in services.load_library(by=None, at=timezone.now()):
            if options["verbosity"] > 0:
                self.stdout.write(SAID[loaded.outcome].format(code=loaded.code))
