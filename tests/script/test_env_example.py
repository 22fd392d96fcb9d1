""".env.example names every variable that the settings read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_env_example_names_what_the_settings_read():
    settings = (ROOT / "config" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == set(
        re.findall(r"\benv\.\w+\(\s*[\"']([A-Z_]+)[\"']", settings)
    )
