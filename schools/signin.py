"""Sign-in by e-mail and password for people who were given an account; nobody signs up, nobody resets by mail."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffOnly(DefaultAccountAdapter):
    """Accounts are opened by an administrator's act and by nothing else."""

    def is_open_for_signup(self, request) -> bool:
        return False
