"""Texts for translation: collect them into locale/, compile what is translated.

python bin/messages.py           collect and compile
python bin/messages.py --check   change nothing; fail when a text has no translation or a catalogue is stale
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "ru")  # English stands in the code itself


def collect(tree: Path) -> None:
    """Run Django's makemessages over a tree."""
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "-v", "0", "--no-wrap", "--add-location=never"]
    for language in LANGUAGES:
        command += ["-l", language]
    command += ["--ignore", "var/*", "--ignore", ".venv/*", "--ignore", "tests/*", "--ignore", "benchmarks/*"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tree, env=environment, check=True)


def catalogue(tree: Path, language: str) -> Path:
    return tree / "locale" / language / "LC_MESSAGES" / "django.po"


def gaps(path: Path) -> list[str]:
    """Texts that have no translation, or one that a person should look at."""
    po = polib.pofile(str(path))
    return [entry.msgid for entry in po if not entry.obsolete and (not entry.translated() or entry.fuzzy)]


def compile_all() -> None:
    for language in LANGUAGES:
        path = catalogue(ROOT, language)
        po = polib.pofile(str(path), wrapwidth=0)
        # No dates and no names: the catalogue changes when a text changes.
        po.header = "QMS: texts of the platform."
        po.metadata_is_fuzzy = False
        po.metadata = {
            "Project-Id-Version": "QMS",
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": po.metadata["Plural-Forms"],
        }
        po.save()
        po.save_as_mofile(str(path.with_suffix(".mo")))


def check() -> int:
    """Collect in a copy; compare with what is committed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in ("qms", "templates", "config", "locale"):
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "static", "*.woff2"))
        collect(tree)
        missing = {language: gaps(catalogue(tree, language)) for language in LANGUAGES}
    stale = [language for language in LANGUAGES if is_stale(catalogue(ROOT, language))]
    for language, texts in missing.items():
        for text in texts:
            print(f"{language}: no translation for {text[:100]!r}")
    for language in stale:
        print(f"{language}: the compiled catalogue is older than its source; run `make messages`.")
    return 1 if stale or any(missing.values()) else 0


def is_stale(path: Path) -> bool:
    """Whether the committed .mo says something else than its .po."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return True
    source = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.pofile(str(path)) if e.translated()}
    return source != {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(str(compiled))}


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(check())
    collect(ROOT)
    compile_all()
