"""Nothing in the repository leads out of it: no machine's path, no registry, no address fetched from a page."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WRITTEN = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".txt",
    ".in",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".md",
    ".svg",
    ".po",
    ".sh",
    "",
}
VENDORED = ("/vendor/", "/fonts/")

# Written in pieces, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.])/(?:ho" r"me|ro" r"ot|wo" r"rk|Us" r"ers)/\w")
REGISTRY = re.compile(
    r"(?:--(?:extra-)?index-url\s+\S|files\.python" r"hosted|pypi\.or" r"g/simple|registry\.npm" r"js|\"resolved\":)"
)
LEFT_UNDONE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
# What makes a browser or the engine fetch: an attribute of a tag, url() and @import of a style, import of a script.
FETCHED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data|action)\s*=\s*["']?|<(?:link|use|image)\b[^>]*?href\s*=\s*["']?"""
    r"""|url\(\s*["']?|@import\s+["']|\bfrom\s+["']|\bimport\(?\s*["']|\bfetch\(\s*["'`])(?:https?:)?//""",
    re.IGNORECASE,
)


def files() -> list[Path]:
    """What the repository holds and somebody wrote."""
    git = shutil.which("git")
    listed = (
        subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False) if git else None
    )
    if listed is None or listed.returncode:
        pytest.skip("This is no clone: there is no list of what the repository holds.")
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in names if Path(name).suffix in WRITTEN and (ROOT / name).is_file()]


def found(pattern: re.Pattern[str], *, only: tuple[str, ...] = ("",), but: tuple[str, ...] = ()) -> list[str]:
    """Where the pattern stands, in files whose name begins with one of these and has none of those in it."""
    places = []
    for path in files():
        name = f"/{path.relative_to(ROOT)}"
        if not name.startswith(tuple(f"/{each}" for each in only)) or any(each in name for each in but):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if pattern.search(line):
                places.append(f"{name[1:]}:{number}: {line.strip()[:100]}")
    return places


def test_no_path_of_a_machine():
    assert found(MACHINE, but=VENDORED) == []


def test_no_host_of_a_registry():
    assert found(REGISTRY) == []


def test_pages_and_styles_fetch_only_what_is_ours():
    assert found(FETCHED, only=("templates/", "qms/"), but=VENDORED) == []


def test_nothing_is_left_undone():
    assert found(LEFT_UNDONE, but=VENDORED) == []
