"""second_person_code: a one-time code with which a proposed appointment is confirmed where nobody else could."""

from django.core.management.base import BaseCommand

from schools import clock, codes
from schools.workflow import first_run


class Command(BaseCommand):
    help = "Print a one-time code: whoever keeps the machine is then the second person who confirms an appointment."

    def handle(self, **options):
        if not first_run.is_needed():
            self.stdout.write(f"Code for one confirmation: {codes.new(at=clock.now())}")
