"""Everything a person can reach, as bytes: by links, by every address with every reference, by API and by search."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from reports import printed_acts
from tests.access.browsing import send, sought

# What may differ between two answers that say the same: the mark against forged forms, and when a cookie ends.
MASKED = [
    re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(rb"(?<=expires=)[^;]+"),
    re.compile(rb"(?<=daybook-csrf=)[^;]+"),
]


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src", "action"} and value]


@dataclass
class Crawl:
    """One walk through everything: the status, headers and body of each answer, by what was asked."""

    client: Client
    answers: dict[str, tuple] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        response = self.client.get(path)
        self.answers[f"GET {path}"] = kept(response)
        return body_of(response) if response["Content-Type"].startswith("text/html") else b""

    def search(self, typed: str) -> bytes:
        """What a search finds; its address is drawn by lot and tells nothing."""
        response = self.client.get(sought(self.client, typed))
        self.answers[f"search {typed}"] = kept(response)
        return body_of(response)

    def post(self, path: str, payload) -> None:
        key = re.sub(r"\W", "-", path)[-60:].ljust(8, "-")
        self.answers[f"POST {path}"] = kept(send(self.client, path, payload, key=key))

    def everywhere(self, *starts: str) -> "Crawl":
        """Follow every link of our own from these pages."""
        waiting, seen = list(starts), set()
        while waiting:
            path = waiting.pop(0)
            if path in seen or path.startswith(("/static/", "/accounts/logout/")):
                continue
            seen.add(path)
            links = Links()
            links.feed(self.get(path).decode())
            ours = (link.split("#")[0] for link in links.found)
            waiting += sorted({link for link in ours if link.startswith("/")} - seen)
        return self


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def kept(response) -> tuple[int, tuple, bytes]:
    """What a browser gets, with what may differ masked."""
    headers = tuple(sorted((name, mask(value.encode())) for name, value in response.items() if name != "Date"))
    # That somebody is still there is noted once a minute, by the machine's time.
    sent = [cookie for name, cookie in response.cookies.items() if name != settings.SESSION_COOKIE_NAME]
    cookies = tuple(mask(cookie.OutputString().encode()) for cookie in sent)
    return response.status_code, headers + cookies, mask(body_of(response))


def mask(text: bytes) -> bytes:
    for what in MASKED:
        text = what.sub(b"-", text)
    return text


def every_page(refs: dict[str, set[str]]) -> list[str]:
    """Every address that takes a reference, with every reference, and every act on what has that reference.

    refs: by the word of the address under which things of that kind stand.
    """
    plain = [path for path, _ in printed_acts.views() if "<" in path and "<slug:slug>" not in path]
    together = sorted(set().union(*refs.values()))
    return [filled(path, ref) for path in plain for ref in together] + acts_on(refs)


def acts_on(refs: dict[str, set[str]]) -> list[str]:
    """The page of every act on what has these references."""
    offered = [(subject.plural, act.slug) for subject, act in printed_acts.offered()]
    return [f"/{plural}/{ref}/{slug}/" for plural, slug in offered for ref in sorted(refs.get(plural, ()))]


def filled(path: str, ref: str) -> str:
    return re.sub(r"<int:\w+>", "3", re.sub(r"<(?:str|slug):\w+>|<ref>", ref, path))


def every_list() -> list[str]:
    """Every address that takes no reference, and the lists with their filters, sorts and pages."""
    list(get_resolver().url_patterns)
    plain = [path for path, _ in printed_acts.views() if "<" not in path and "/accounts/" not in path]
    asked = ["?page=2", "?sort=status", "?sort=asked", "?status=triaged", "?status=open", "?school=oakfield"]
    lists = ["concerns", "takedowns", "cases", "proceedings", "papers", "people", "my-reports"]
    lists = [*(f"/{name}/" for name in lists), "/api/v1/concerns/", "/api/v1/parts/"]
    return plain + [path + question for path in lists for question in asked]
