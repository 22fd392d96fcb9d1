"""What tests of files share."""

import subprocess

import pytest


@pytest.fixture
def small_disk(settings, tmp_path):
    """A disk of one megabyte that really fills up."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only an administrator can make a small disk")
    settings.MEDIA_ROOT = place
    yield place
    subprocess.run(["umount", place], check=True)
