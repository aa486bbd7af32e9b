"""Give a new installation its home pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qms.portal.services import found_site


class Command(BaseCommand):
    help = "Make the home page and the list of news in every language; running it again changes only the host name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hostname", help="the name under which people reach the platform, for example qms.example")
        parser.add_argument("--port", type=int, default=443)
        parser.add_argument("--name", default="QMS", help="the site's name")

    def handle(self, *args: Any, **options: Any) -> None:
        home = found_site(hostname=options["hostname"], port=options["port"], name=options["name"])
        self.stdout.write(f"{home.title}: {home.full_url}")
