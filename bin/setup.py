"""Make ready what a command needs: quiet and quick when nothing is to do.

python3 bin/setup.py run     environment, pinned dependencies, libraries for typesetting
python3 bin/setup.py test    beside these: what tests and checks need (Chromium, PostgreSQL, gettext)
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"

# What is looked for -> the Debian package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
TEST_PROGRAMS = {
    "chromium": "chromium",
    "xgettext": "gettext",
}


def main(purpose: str) -> None:
    install_system_packages(purpose)
    install_requirements("dev" if purpose == "test" else "demo")


def missing_packages(purpose: str) -> list[str]:
    """Debian packages whose library or program is not found on this machine."""
    wanted = [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if purpose == "test":
        wanted += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
        if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            wanted.append("postgresql")
    return wanted


def install_system_packages(purpose: str) -> None:
    wanted = missing_packages(purpose)
    if not wanted:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(wanted)}"
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    may_install = shutil.which("apt-get") and (not prefix or _succeeds([*prefix, "true"]))
    if not may_install:
        sys.exit(f"These system packages are missing. Please install them and try again:\n\n    sudo {line}\n")
    say(f"System packages: {', '.join(wanted)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=True, stdout=subprocess.DEVNULL, env=environment)
    subprocess.run([*prefix, *line.split()], check=True, stdout=subprocess.DEVNULL, env=environment)


def install_requirements(name: str) -> None:
    """Install the pinned list when it differs from what was installed last."""
    if name == "demo" and (VENV / "installed-dev").exists():
        name = "dev"  # the larger list holds the smaller one
    pinned = [ROOT / "requirements" / f"{part}.txt" for part in (["base", "demo"] if name == "demo" else [name])]
    fingerprint = hashlib.sha256(b"".join(path.read_bytes() for path in pinned)).hexdigest()
    stamp = VENV / f"installed-{name}"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    if not (VENV / "bin" / "python").exists():
        say("Virtual environment")
        venv.create(VENV, with_pip=True)
    say(f"Python packages ({name}); the first time this takes a minute or two")
    pip = [
        str(VENV / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    for path in pinned:
        pip += ["-r", str(path)]
    subprocess.run(pip, check=True)
    stamp.write_text(fingerprint)


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def say(text: str) -> None:
    print(f"  {text} …", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
