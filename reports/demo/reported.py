"""Takes the concerns of the demonstration in, each as its reporter typed it and at the time they did."""

from itertools import zip_longest

from incidents.models import Concern
from incidents.workflow import reporting
from reports.demo import source
from reports.demo.institution import Institution
from schools import uploads


def report(institution: Institution, row: dict[str, str]) -> Concern:
    """Report one concern of the data, by the account that typed it, with its files.

    Raises Refused when files are given with something of which none may be kept.
    """
    by = institution.account(row["typed_by"] or row["reported_by"])
    reporter = institution.people[row["reported_by"]]
    return reporting.report(
        institution.schools[row["school"]],
        by=by,
        at=source.moment(row["reported_at"]),
        what=row["what"],
        narrative=row["narrative"],
        at_risk=row["immediate_risk"],
        is_threat=row["is_threat"],
        how_seen=row["how_seen"],
        people=_people(institution, row),
        links=_links(row),
        files=[_received(by, name) for name in source.items(row["evidence_files"])],
        seen_at=source.moment(row["seen_at"]),
        posted_when=source.in_words(row["posted_at"]),
        conduct_on=source.day(row["posted_at"]),
        channel=row["channel"],
        on_behalf_of=None if reporter == by.person else reporter,
    )


def _people(institution, row) -> list[dict]:
    """Everyone involved but the reporter, by name as somebody types it: the directory finds them."""
    listed = []
    for entry in source.items(row["people_involved"]):
        key, _, part = entry.partition(":")
        person = institution.people[key]
        if part != "reporter":
            listed.append({"name": institution.names[key], "kind": person.kind, "part": part})
    return listed


def _links(row) -> list[dict]:
    """One place for each platform and each address; an account stands beside the platform named in the same place."""
    platforms, handles = source.items(row["platforms"]), source.items(row["account_handles"])
    places = []
    for platform, handle in zip_longest(platforms, handles, fillvalue=""):
        addresses = [url for url in source.items(row["urls"]) if platform and f"{platform.lower()}." in url.lower()]
        for url in addresses or [""]:
            places.append({"platform": platform, "url": url, "handle": handle})
    return places


def _received(user, name: str):
    with (source.FOLDER / "evidence" / name).open("rb") as file:
        return uploads.take(user, name, file)
