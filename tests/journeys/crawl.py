"""A reader of every page: follows links as one person and says what should not be there."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from script.portal import catalogues

MOST = 300  # pages for one person; the demo has fewer kinds of them
ALIKE = 2  # pages of one kind, such as one dossier
SPOKEN = ("aria-label", "title", "placeholder", "alt")
SILENT = {"script", "style", "template", "code"}
ENGLISH = re.compile(
    r"\b(the|and|of|for|with|from|this|your|have|has|was|were|are|been|not|none|true|false|null"
    r"|undefined|save|edit|delete|search|home|unit|units|name|date|page|file)\b",
    re.IGNORECASE,
)
OUR_WORDS = re.compile(
    r"[\w.-]+\.(pdf|zip|xlsx|docx|yaml|png|jpg)\b|\S+@\S+|Big data", re.IGNORECASE
)
# what Vietnamese can be without its marks: English words of two syllables, or with other ends, cannot
SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)
PLAIN_WORD = re.compile(r"(?<![\w./@_-])[A-Za-z]{2,}(?![\w@_/-])(?!\.\w)")
# names of programs, keys and units; the other language in its own name; sign-ins of the demo
BORROWED = re.compile(
    r"Word|Excel|Blockchain|Internet|IoT|nano|email|kB|Ctrl|Enter|Shift|Tab|English|canbo|thutruong|thuongtruc|thamdinh"
    r"|truongphong|thukyhoidong|hoidong|chutich|lanhdao|quantri|thanhtra|https?|localhost"
)
CODES = re.compile(
    r"\b(draft|unit_review|submitted|aggregated|appraising|appraised|returned|council|passed"
    r"|proposed|awarded|not_approved|withdrawn|queued|running|parked|issued|cancelled|pending"
    r"|valid|revoked|collective|individual|household|enterprise|direct|manager|unit_staff)\b"
)

# Nobody's rows: one's own second factor, what the public checks, calendars that a secret opens,
# and jobs that the portal asked for itself, which every administrator sees.
EVERYBODYS = re.compile(r"/(accounts/#fa|kiem-tra|phong-trao/lich|cong-viec)/")


class Reader(HTMLParser):
    """Texts, links and ids of a page."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.texts, self.links, self.ids, self.silent = [], [], Counter(), []
        self.numbers, self.dashes = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in SILENT:
            self.silent.append(tag)
        self.texts += [attrs[name] for name in SPOKEN if attrs.get(name)]
        if tag == "input" and attrs.get("type") in {"submit", "button"}:
            self.texts.append(attrs.get("value") or "")
        if attrs.get("id") and "template" not in self.silent:
            self.ids[attrs["id"]] += 1
        if tag == "input" and attrs.get("type") == "number":
            self.numbers.append(attrs.get("name"))
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        self.dashes += data.strip() == "---------"
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def untranslated():
    """Every msgid that is said otherwise in Vietnamese, without those that hold a value."""
    return {
        word
        for message in catalogues.merged()
        if message.id
        for word, said in zip(
            *(
                each if isinstance(each, tuple) else (each,)
                for each in (message.id, message.string)
            ),
            strict=False,
        )
        if word != said and "%" not in word
    }


def walk(request, start, *, english, most=MOST, turned=None):
    """Follow links from `start` with a signed-in requester; answers with sentences of faults.

    `turned` keeps the kinds of filtered, sorted and turned pages that somebody has seen already.
    """
    faults, seen, kinds = [], set(), Counter()
    waiting = deque([(start, "")])
    while waiting and len(seen) < most:
        address, source = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] >= ALIKE or kind in (turned or ()):
            continue
        seen.add(address)
        kinds[kind] += 1
        if kind[1] and turned is not None:
            turned.add(kind)
        answer = request.get(address)
        if answer.status >= 400:
            faults.append(f"{address}: {answer.status}, linked on {source}")
        elif "text/html" in answer.headers.get("content-type", ""):
            page = Reader(answer.text())
            faults += [f"{address}: {text!r}" for text in foreign(page.texts, english)]
            faults += [f"{address}: {words}" for words in astray(page)]
            waiting += [(link, address) for link in inside(page.links, address)]
    return faults, seen


def open_to(request, addresses, knocked):
    """Pages of single rows that a stranger finds, among the kinds at which nobody has `knocked`."""
    faults = []
    for address in sorted(addresses):
        path, _query = kind = kind_of(address)
        if "#" not in path or kind in knocked or EVERYBODYS.match(path):
            continue
        knocked.add(kind)
        if (status := request.get(address, max_redirects=0).status) != 404:
            faults.append(f"{address}: {status} for somebody of another province")
    return faults


def astray(page):
    """What leads a person, or a reader of screens, to the wrong place, and fields that lose words."""
    for name in page.numbers:
        yield f"{name} is a number field: what is no number is sent as nothing"
    if page.dashes:
        yield "a choice is called “---------”"
    for name, times in page.ids.items():
        if times > 1:
            yield f"the id {name} stands {times} times"
    for link in page.links:
        if link.startswith("#") and len(link) > 1 and link[1:] not in page.ids:
            yield f"{link} leads to nothing on the page"


def inside(links, address):
    """Addresses of the portal, without those that sign out or lead into the page itself."""
    for link in links:
        whole = urldefrag(urljoin(address, link)).url
        same = urlsplit(whole)[:2] == urlsplit(address)[:2]
        if same and "/logout/" not in whole and urldefrag(whole).url != address:
            yield whole


def kind_of(address):
    """The address without its numbers: pages of one kind are alike."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{26}|\d+", "#", parts.path)
    return path, tuple(sorted(re.findall(r"(?:^|&)(\w+)=", parts.query)))


def foreign(texts, english):
    """Texts that are English, or a code that is not meant for people."""
    for text in dict.fromkeys(texts):
        plain = OUR_WORDS.sub("", text)
        if text in english or ENGLISH.search(plain) or CODES.search(plain) or strange(plain):
            yield text


def strange(text):
    """Words without marks that no Vietnamese syllable could be; capitals alone are a shortening."""
    return [
        word
        for word in PLAIN_WORD.findall(text)
        if not (word.isupper() or BORROWED.fullmatch(word) or SYLLABLE.fullmatch(word))
    ]
