"""`explain`: ask a rule; facts come in as JSON, one object a line, and one answer a line goes out."""

import csv
import json
import sys
from collections.abc import Iterable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.rules.explaining import KINDS, NOT_YET, Setting, answered
from schools import policy
from schools.calendar import Calendar

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Ask a rule without a database: one JSON object of facts a line on standard input, one JSON answer a line on "
        "standard output. A line that cannot be answered gives its reason in its place, and the command ends with 2."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[*KINDS, *NOT_YET], help="what to ask")
        parser.add_argument("--trust", metavar="SLUG", help="whose policy, such as allsaints or allsaints-2022")
        parser.add_argument("--json", action="store_true", help="print the answers as one JSON document")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of question and answer")

    def handle(self, *args, kind, trust, schema, **options):
        if kind in NOT_YET:
            raise CommandError(f"“{kind}” cannot be explained: not yet.", returncode=BAD_INPUT)
        if schema:
            self.stdout.write(json.dumps(KINDS[kind].schema(), ensure_ascii=False, indent=1))
            return
        setting = Setting(pack=_pack(trust), calendars=_calendars())
        answers = (answered(KINDS[kind], line, setting) for line in sys.stdin.buffer if line.strip())
        refused = self._said(answers, as_json=options["json"])
        if refused:
            lines = "1 line" if refused == 1 else f"{refused} lines"
            raise CommandError(f"{lines} could not be answered; each says why in its place.", returncode=BAD_INPUT)

    def _said(self, answers: Iterable[dict], *, as_json: bool) -> int:
        """Print each answer as it comes, or all of them as one document; how many were refused."""
        kept, refused = [], 0
        for answer in answers:
            refused += "error" in answer
            if as_json:
                kept.append(answer)
            else:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
                self.stdout.flush()
        if as_json:
            self.stdout.write(json.dumps(kept, ensure_ascii=False, indent=1))
        return refused


def _pack(trust: str | None) -> policy.Policy | None:
    """The policy to go by; without one the law and our suggestions answer alone."""
    shipped = policy.shipped()
    if trust is None:
        return None
    named = [name for name in shipped if trust == name or name.startswith(f"{trust}-")]
    if not named:
        known = ", ".join(sorted(shipped))
        raise CommandError(f"There is no policy of “{trust}”; there are {known}.", returncode=BAD_INPUT)
    return shipped[max(named)]


def _calendars() -> dict[str, Calendar]:
    """The calendars of the demonstration schools by their keys; none where the demonstration data are not there."""
    path = settings.BASE_DIR / "demo" / "calendar.csv"
    if not path.exists():
        return {}
    rows: dict[str, list[dict]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["org_key"], []).append(row)
    return {school: Calendar.from_rows(its_rows) for school, its_rows in rows.items()}
