"""The last minute of a call: 340 offices save their applications over and over until the clock says no.

Every thought that was answered as saved stands in the database afterwards; none that was refused as late does.
`python benchmarks/run.py last-minute`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import requests

from benchmarks import loopback
from benchmarks.measure import Figure
from qms.awards.domain.writing import Read

OFFICES = 340
THREADS = 8
TWO_WINDOWS = 20  # so many offices write one paragraph in two windows
WANTED = 2000
MINUTE = 60
LEAD = 15
TRIES = 9
THOUGHT = re.compile(r"[AB]\d+, thought \d+: what clients told us in spring\.")

CLOSING = f"""
from datetime import timedelta
from django.utils import timezone
from qms.awards.models import Round
award = Round.objects.get(slug="last")
award.closes_at = timezone.now() + timedelta(seconds={LEAD + MINUTE})
award.save()
print(award.closes_at.isoformat())
"""

STORED = """
import json
from qms.awards.models import Paragraph, Round, SectionVersion
award = Round.objects.get(slug="last")
mine = Paragraph.objects.filter(application__category__round=award)
late = SectionVersion.objects.filter(application__category__round=award, saved_at__gte=award.closes_at)
print(json.dumps({"texts": {str(one.key): one.text for one in mine}, "late": late.count()}))
"""


def _plain(page: str) -> str:
    """What one reads: the marks between two versions cut through words."""
    return re.sub(r"<[^>]+>", "", page)


@dataclass
class Window:
    """One page that is open in a browser, with one paragraph that grows by a thought before each save."""

    platform: Any
    prepared: dict[str, Any]
    application: int
    session: str
    name: str
    key: str
    text: str = ""
    read: str = field(default_factory=lambda: str(Read()))
    kept: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    conflicts: int = 0
    odd: list[str] = field(default_factory=list)

    def save(self, line: requests.Session) -> None:
        """One thought more, sent by the script of the page; where that cannot save it, by the button."""
        thought = f"{self.name}, thought {len(self.kept) + 1}: what clients told us in spring."
        self.text = f"{self.text}\n{thought}".strip()
        answer = self._post(line, "save/")
        reads = answer.json()["reads"] if answer.status_code == 200 else {}
        if self.key in reads:
            self.kept.append(thought)
            self.read = reads[self.key]
        else:
            self._press(line, thought)

    def _press(self, line: requests.Session, thought: str) -> None:
        """The button "Save": after a conflict both texts stand on the page, and both are saved."""
        for _ in range(TRIES):
            answer = self._post(line)
            if answer.status_code == 302:
                self.kept.append(thought)
                self.read = str(Read.of(int(self.read.partition(":")[0]) + 1, self.text))
                return
            if answer.status_code != 409 or thought not in _plain(answer.text):
                break
            if 'class="clash"' not in answer.text:
                self.late.append(thought)
                return
            self._merge(answer.text)
        self.odd.append(f"answered {answer.status_code}")

    def _merge(self, page: str) -> None:
        """Both texts, as somebody would put them together who sees both on the page."""
        self.conflicts += 1
        self.read = re.findall(rf'name="{self.key}-read" value="([^"]*)"', page)[0]
        self.text = "\n".join(dict.fromkeys([*self.text.split("\n"), *THOUGHT.findall(_plain(page))]))

    def _post(self, line: requests.Session, end: str = "") -> requests.Response:
        known = self.prepared
        data = {"do": "save", "csrfmiddlewaretoken": loopback.TOKEN, "piece": f"{known['question']}:{self.key}"}
        return line.post(
            f"{self.platform.address}/pl/awards/applications/{self.application}/sections/{known['section']}/{end}",
            data=data | {f"{self.key}-text": self.text, f"{self.key}-read": self.read},
            headers={
                "Referer": self.platform.address,
                "Cookie": f"{known['cookie']}={self.session}; {known['csrf']}={loopback.TOKEN}",
            },
            allow_redirects=False,
            timeout=120,
        )


def last_minute() -> Iterator[Figure]:
    """How much is saved in the minute before the closing, and what got lost of it: nothing."""
    with loopback.platform() as platform:
        yield from measured(platform)


def measured(platform: Any) -> Iterator[Figure]:
    """The same on a platform that runs already."""
    prepared = json.loads(platform.python(loopback.prepared("last", OFFICES)))
    windows = _windows(platform, prepared)
    closes = datetime.fromisoformat(platform.python(CLOSING)).timestamp()
    moments: list[float] = []
    threads = [
        threading.Thread(target=_walk, args=(windows[number::THREADS], closes, moments), daemon=True)
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LEAD + MINUTE + 120)
    stored = json.loads(platform.python(STORED))
    yield from _figures(windows, stored, [moment for moment in moments if closes - MINUTE <= moment < closes])


def _windows(platform: Any, prepared: dict[str, Any]) -> list[Window]:
    """One for each office; some offices have a second on the same paragraph, which another thread saves."""
    keys = [str(uuid4()) for _ in prepared["rows"]]
    windows = [
        Window(platform, prepared, *row, name=f"A{number}", key=keys[number])
        for number, row in enumerate(prepared["rows"])
    ]
    twins = [
        Window(platform, prepared, *prepared["rows"][number], name=f"B{number}", key=keys[number])
        for number in range(TWO_WINDOWS)
    ]
    return [*windows[:THREADS], twins[0], *windows[THREADS:], *twins[1:]]


def _walk(windows: list[Window], closes: float, moments: list[float]) -> None:
    """Save window after window, until each was told that it is too late."""
    open_ones = list(windows)
    with requests.Session() as line:
        while open_ones and time.time() < closes + MINUTE:
            for window in tuple(open_ones):
                before = len(window.kept)
                window.save(line)
                if len(window.kept) > before:
                    moments.append(time.time())
                if window.late or window.odd:
                    open_ones.remove(window)


def _figures(windows: list[Window], stored: dict[str, Any], moments: list[float]) -> Iterator[Figure]:
    name = f"last minute of {OFFICES} offices"
    written = {key: Counter(text.split("\n")) for key, text in stored["texts"].items()}
    kept = [(window.key, thought) for window in windows for thought in window.kept]
    lost = [thought for key, thought in kept if not written[key][thought]]
    twice = [thought for key, thought in set(kept) if written[key][thought] > 1]
    late = [thought for window in windows for thought in window.late if written[window.key][thought]]
    odd = Counter(one for window in windows for one in window.odd)
    yield Figure(f"{name}, saves kept in the minute", len(moments), "saves", limit=WANTED, holds=len(moments) >= WANTED)
    yield Figure(f"{name}, saves kept in all", len(kept), "saves")
    yield Figure(f"{name}, texts lost", len(lost), "texts", limit=0, holds=not lost)
    yield Figure(f"{name}, texts written twice", len(twice), "texts", limit=0, holds=not twice)
    told = sum(bool(window.late) for window in windows)
    yield Figure(f"{name}, windows told that it is too late", told, "windows", holds=told == len(windows))
    yield Figure(f"{name}, late texts written", len(late) + stored["late"], "texts", limit=0, holds=not late)
    conflicts = sum(window.conflicts for window in windows)
    yield Figure(f"{name}, conflicts shown and merged", conflicts, "conflicts", holds=conflicts > 0)
    yield Figure(f"{name}, other answers {dict(odd) or ''}".strip(), odd.total(), "", limit=0, holds=not odd)
