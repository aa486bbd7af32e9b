"""Load the demonstration network; a second time changes nothing."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from qms.demo.domain import material
from qms.demo.services import build_network

SHOWN = ("director", "lead", "chair", "m6")


class Command(BaseCommand):
    help = "Load the demonstration network: offices, role accounts, self-assessments, pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="Only print the addresses and the password.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.QMS_DEMO:
            raise CommandError("Example data are loaded only where QMS_DEMO is set: this is not a demonstration.")
        if options["logins"]:
            self.print_logins()
            return
        began = time.monotonic()
        build_network(at=timezone.now(), say=lambda line: self.say(line, time.monotonic() - began))

    def say(self, line: str, seconds: float) -> None:
        self.stdout.write(f"    {seconds:5.1f} s  {line}")
        self.stdout.flush()

    def print_logins(self) -> None:
        self.stdout.write(f"  Password of every role account: {material.password()}")
        for person in material.people():
            if not person.office or (person.office in material.MAIN_OFFICES and person.key in SHOWN):
                self.stdout.write(f"    {person.email:<52}  {person.first_name}, {person.last_name}")
