"""set_up_code: the one-time code for the first set-up, as long as nobody has used it."""

from django.core.management.base import BaseCommand

from schools import clock, codes
from schools.workflow import first_run


class Command(BaseCommand):
    help = "Print a fresh one-time code for the first set-up; nothing once the installation is set up."

    def handle(self, **options):
        if first_run.is_needed():
            self.stdout.write(f"Set-up code: {codes.new(at=clock.now())}")
