"""Every test, part by part; a part that fails does not hide the next one.

python bin/test.py                all parts
python bin/test.py sqlite broker  only these
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from postgres import cluster

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
QUICK = ["-m", "not browser and not broker", "-n", "2"]


def pytest(*arguments: str, **environment: str) -> bool:
    """Whether all passed."""
    return (
        subprocess.run([*PYTEST, *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False).returncode == 0
    )


def sqlite() -> bool:
    return pytest(*QUICK)


def postgresql() -> bool:
    with cluster() as address:
        quiet = [f"--ignore=tests/{name}" for name in ("stats", "charts", "races")]
        outcomes = [
            pytest(*QUICK, *quiet, DATABASE_URL=address),
            pytest("-n", "0", "tests/races", DATABASE_URL=address),
        ]
        return all(outcomes)


def broker() -> bool:
    """Workers of their own, a broker of their own, one of them killed."""
    return pytest("-m", "broker", "-n", "0", "tests/broker")


def browser() -> bool:
    return pytest("-m", "browser", "-n", "0", "tests/journeys")


def browser_postgresql() -> bool:
    """The main road once more, as a country would run it."""
    with cluster() as address:
        return pytest("-m", "browser", "-n", "0", "tests/journeys/test_self_assessment.py", DATABASE_URL=address)


PARTS: dict[str, Callable[[], bool]] = {
    "sqlite": sqlite,
    "postgresql": postgresql,
    "broker": broker,
    "browser": browser,
    "browser-postgresql": browser_postgresql,
}


def main(names: list[str]) -> int:
    outcomes: dict[str, tuple[bool, float]] = {}
    for name in names or PARTS:
        print(f"\n=== {name} ===", flush=True)
        began = time.monotonic()
        outcomes[name] = (PARTS[name](), time.monotonic() - began)
    print("\nTests, part by part")
    for name, (passed, seconds) in outcomes.items():
        print(f"  {'passed' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    failed = sum(not passed for passed, _ in outcomes.values())
    print(f"parts: {len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
