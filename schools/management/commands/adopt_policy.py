"""adopt_policy: adopt a policy file for a trust, by the set-up or by someone who may."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from schools import clock
from schools.acts import Denied, Refused
from schools.models import Trust, User
from schools.workflow import policies


class Command(BaseCommand):
    help = "Adopt a policy file for a trust; records that exist keep theirs."

    def add_arguments(self, parser):
        parser.add_argument("path", help="the policy file (TOML)")
        parser.add_argument("--trust", required=True, help="the trust's word in addresses")
        parser.add_argument("--by", help="the e-mail address of the account that adopts it")

    def handle(self, *, path, trust, by=None, **options):
        found = Trust.objects.filter(slug=trust).first()
        if found is None:
            raise CommandError(f"There is no trust “{trust}”.", returncode=2)
        account = User.objects.filter(email__iexact=by).first() if by else None
        if by and account is None:
            raise CommandError(f"There is no account “{by}”.", returncode=2)
        try:
            text = Path(path).read_text("utf-8")
            adopted = self._adopt(found, account, text)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read as a text file in UTF-8.", returncode=2) from error
        except (Denied, Refused) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(f"{found} has adopted {adopted}.")

    def _adopt(self, trust, account, text):
        if account is not None:
            return policies.adopt_policy(trust, by=account, at=clock.now(), text=text)
        with transaction.atomic():
            return policies.adopt(trust, by=None, at=clock.now(), text=text)
