"""Sign-in by e-mail and password for people who were given an account; nobody signs up, nobody resets by mail."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from schools.models import User


class StaffOnly(DefaultAccountAdapter):
    """Accounts are opened by an administrator's act and by nothing else."""

    def is_open_for_signup(self, request) -> bool:
        return False


class ByEmail(AuthenticationBackend):
    """Sign-in by e-mail; at each request the account is read together with the person and the school whose it is."""

    def get_user(self, user_id):
        """The account of a session, or None when it is gone or closed."""
        user = User.objects.select_related("person__school", "person__trust").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
