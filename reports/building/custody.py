"""Where each file of the evidence has been since somebody captured it, as the history and the log of downloads tell."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Evidence
from reports.building.directory import Directory
from reports.building.frozen import Frozen
from reports.models import Paper
from reports.told import Custody
from schools.models import Looked, User

PRINTED = "paper.ready"
FETCHED = "paper.fetched"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Knows what was done with the files of one case file, up to the moment at which the copy was asked for.

    downloads: when each file was handed out and to whom, by its reference. papers: earlier copies, by reference.
    """

    frozen: Frozen
    directory: Directory
    asked_at: datetime
    downloads: dict[str, list[tuple[datetime, str]]]
    papers: dict[str, Paper]

    def of(self, row: Evidence, *, shown: bool) -> tuple[Custody, ...]:
        """Everything that was done with one file, in order. shown: whether paper shows it as a picture."""
        told = [*self._captured(row), *self._in_history(row), *self._handed_out(row)]
        told += self._printed(row) if shown else []
        return tuple(sorted(told, key=lambda one: one.at))

    def _captured(self, row: Evidence) -> list[Custody]:
        by = self.directory.within(self.directory.full(row.captured_by_id))
        return [Custody(at=row.captured_at, what=f"Captured by {by}.")] if by and row.captured_at else []

    def _in_history(self, row: Evidence) -> list[Custody]:
        """Received first; every later line that saved it is about its description."""
        lines = [line for line in self.frozen.lines if row.pk in {one.pk for one in line.all(Evidence)}]
        who = self._account
        received = f"Received from {who(lines[0].by)}; fingerprinted and put away encrypted."
        described = [Custody(at=line.at, what=f"Described in words by {who(line.by)}.") for line in lines[1:]]
        return [Custody(at=lines[0].at, what=received), *described]

    def _handed_out(self, row: Evidence) -> list[Custody]:
        opened = self.downloads.get(row.ref, [])
        return [Custody(at=at, what=f"A copy was handed to {name}; the file itself stayed.") for at, name in opened]

    def _printed(self, row: Evidence) -> list[Custody]:
        told = [Custody(at=self.asked_at, what="Drawn again for this copy.")]
        for line in self.frozen.lines:
            paper = self.papers.get(line.facts.get("paper"))
            if paper is None or line.record.pk != row.record_id or paper.asked_at < row.received_at:
                continue
            if line.verb == PRINTED:
                told.append(Custody(at=line.at, what=f"Drawn again for copy {paper.ref}."))
            elif line.verb == FETCHED:
                told.append(Custody(at=line.at, what=f"Copy {paper.ref} was fetched by {self._who(line)}."))
        return told

    def _who(self, line) -> str:
        return self._account(line.by)

    def _account(self, account) -> str:
        return self.directory.within(self.directory.account(account))


def chain(frozen: Frozen, directory: Directory, rows: list[Evidence], *, asked_at: datetime, copies: bool) -> Chain:
    """What is known of some files.

    copies: whether earlier copies are told of. For whom and why one was made may be a confidence.
    """
    refs = {line.facts["paper"] for line in frozen.lines if line.verb == PRINTED} if copies and rows else set()
    papers = {paper.ref: paper for paper in Paper.objects.filter(ref__in=refs) if paper.shows_pictures}
    downloads = _downloads(rows, asked_at)
    return Chain(frozen=frozen, directory=directory, asked_at=asked_at, downloads=downloads, papers=papers)


def _downloads(rows: list[Evidence], asked_at: datetime) -> dict[str, list[tuple[datetime, str]]]:
    if not rows:
        return {}
    of_basis = {f"download of {row.ref}": row.ref for row in rows}
    since = (rows[0].received_at, asked_at)
    looked = Looked.objects.filter(page="evidence", basis__in=of_basis, at__range=since).order_by("at", "pk")
    names = dict(User.objects.filter(pk__in={one.user_id for one in looked}).values_list("pk", "person__name"))
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for one in looked:
        found[of_basis[one.basis]].append((one.at, names.get(one.user_id, "")))
    return found
