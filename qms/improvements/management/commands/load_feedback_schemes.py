"""Take over the shipped questionnaires of external feedback; may run at every start."""

from typing import Any

from django.core.management.base import BaseCommand

from qms.improvements.services.schemes import load_library

SAID = {
    "new": "{code}: taken over",
    "unchanged": "{code}: already here",
    "kept": "{code}: already here; the shipped file differs and was not taken over",
}


class Command(BaseCommand):
    """`manage.py load_feedback_schemes`."""

    help = "Takes over the questionnaires of CAF external feedback that come with the platform."

    def handle(self, *args: Any, **options: Any) -> None:
        for code, outcome in load_library(by=None):
            if options["verbosity"] > 0:
                self.stdout.write(SAID[outcome].format(code=code))
