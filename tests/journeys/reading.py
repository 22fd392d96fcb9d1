"""What a PDF says, as pdftotext of the machine reads it."""

import re
import subprocess
from io import BytesIO

from PIL import Image


def text_of(pdf):
    """The words of a PDF, on one line."""
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(read.stdout.decode().split())


def first_page(pdf):
    """The words of its first page, on one line, in the order in which they were drawn."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(read.stdout.decode().split())


def words_beyond(pdf, margin=42):
    """Words that reach into the right margin, `margin` points wide, or over the sheet's edge."""
    read = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    beyond, edge = [], 0.0
    for width, right, word in re.findall(
        r'<page width="([\d.]+)"|<word .*?xMax="([\d.]+)".*?>(.*?)</word>', read.stdout.decode()
    ):
        if width:
            edge = float(width) - margin
        elif float(right) > edge:
            beyond.append(word)
    return beyond


def pixels_of(pdf, colour, *, page=1):
    """How many pixels of that page, at 72 to the inch, have exactly this (red, green, blue)."""
    words = ["pdftoppm", "-r", "72", "-f", str(page), "-l", str(page), "-png", "-"]
    drawn = subprocess.run(words, input=pdf, capture_output=True, check=True).stdout
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    return sum(number for number, found in picture.getcolors(1 << 24) if found == colour)
