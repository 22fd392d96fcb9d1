"""What a PDF says, as pdftotext of the machine reads it."""

import subprocess


def text_of(pdf):
    """The words of a PDF, on one line."""
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(read.stdout.decode().split())
