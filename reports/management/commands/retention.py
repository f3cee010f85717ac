"""retention: what may be destroyed on a day, under which rule, and why not yet."""

import json

from django.core.management.base import BaseCommand, CommandError

from casework import keeping
from casework.models import Part
from schools import clock
from schools.typed_dates import read_iso_day


class Command(BaseCommand):
    help = "List until when each part of each case is kept, under which rule, and what is due on a day."

    def add_arguments(self, parser):
        parser.add_argument("--on", help="the day, as 2032-03-05; today when left out")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *, on=None, **options):
        try:
            day = read_iso_day(on) if on else clock.day_of(clock.now())
        except ValueError as error:
            raise CommandError(f"“{on}” is not a day: write it as 2032-03-05.", returncode=2) from error
        parts = Part.objects.filter(record__destroyed_at__isnull=True).select_related("case", "about", "school")
        lines = [self._line(part, day) for part in parts.order_by("case__opened_at", "opened_at")]
        if options["json"]:
            self.stdout.write(json.dumps(lines))
            return
        for line in lines:
            self.stdout.write(f"{line['part']}: {line['why']}{' Due now.' if line['is_due'] else ''}")

    def _line(self, part, day) -> dict:
        found = keeping.fate(part, today=day)
        due_on = found.fate.due_on
        is_due = part.status == Part.CLOSED and due_on is not None and due_on <= day and not found.blocked_by
        return found.answer() | {"case": part.case.ref, "why": found.fate.why, "is_due": is_due}
