"""Sign-in by e-mail and password, or for a program by a token; nobody signs up, nobody resets by mail."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated

from schools import clock
from schools.errors import CHOOSE_YOUR_OWN, InOurWords
from schools.models import Token, TokenUse, User, token_hash

TOO_MANY_ANYWHERE = (
    "Too many wrong passwords were tried for this account from other places. Sign in from where you usually do, or "
    "wait until tomorrow. If it is urgent, ring whoever is on duty."
)


class StaffOnly(DefaultAccountAdapter):
    """Accounts are opened by an administrator's act and by nothing else."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Attempts are counted by account and address together, so that nobody locks somebody else out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request, **credentials) -> None:
        """Refuse where too many passwords were tried: here for this account, from here, or for it from everywhere.

        The last holds only where nobody has signed in to the account before, and one address adds little to it, so that
        a pupil with a telephone does not shut a teacher out.
        """
        super().pre_authenticate(request, **credentials)
        from_one, anywhere = (f"login_failed_{which}" for which in ("from_one", "anywhere"))
        here = self._get_login_attempts_cache_key(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        counts = ratelimit.consume(request, app="allauth.account", action=from_one, key=here)
        self._anywhere = ratelimit.consume(
            request, app="allauth.account", action=anywhere, key=account, dry_run=not counts
        )
        if not self._anywhere and not cache.get(self._known_here(request, **credentials)):
            raise ValidationError(TOO_MANY_ANYWHERE)

    def authenticate(self, request, **credentials):
        """The account whose e-mail address and password these are; that it was opened from here is remembered."""
        user = super().authenticate(request, **credentials)
        if user:
            if self._anywhere:
                self._anywhere.rollback()
            cache.set(self._known_here(request, **credentials), True, settings.SIGN_IN_ADDRESS_KNOWN_SECONDS)
        return user

    def _known_here(self, request, **credentials) -> str:
        here = f"{credentials.get('email', '').lower()}|{ratelimit.truncate_ip(ratelimit.get_ip(request))}"
        return f"signed-in-from-{salted_hmac('daybook-signed-in-from', here, algorithm='sha256').hexdigest()}"

    def add_message(self, request, *args, **words) -> None:
        """Says nothing: whoever signs in sees their own page, and a banner would stand above what is urgent."""


class ByEmail(AuthenticationBackend):
    """Sign-in by e-mail; at each request the account is read together with the person and the school whose it is."""

    def get_user(self, user_id):
        """The account of a session, or None when it is gone or closed."""
        user = accounts().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class OwnPassword(IsAuthenticated):
    """Over the API: whoever is signed in, with a password that nobody else knows."""

    def has_permission(self, request, view):
        if not super().has_permission(request, view):
            return False
        if request.user.has_first_password:
            raise InOurWords(CHOOSE_YOUR_OWN, 403)
        return True


class ByToken(BaseAuthentication):
    """Sign-in of a program over the API, with a token that a person made: it may what that person may, and no more."""

    def authenticate(self, request):
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = Token.objects.live(clock.now()).filter(secret_hash=token_hash(secret.strip())).first()
        user = token and accounts().filter(pk=token.account_id, is_active=True).first()
        if not user:
            raise AuthenticationFailed
        TokenUse.objects.update_or_create(token=token, defaults={"used_at": clock.now()})
        return user, token

    def authenticate_header(self, request) -> str:
        return 'Bearer realm="Daybook"'


def accounts():
    """Accounts, each read together with the person and the school whose it is."""
    return User.objects.select_related("person__school", "person__trust")


def stay(request, school) -> None:
    """Keep whoever has just changed their password signed in here; every other session of theirs has ended."""
    update_session_auth_hash(request, User.objects.get(pk=request.user.pk))


def show_once(request, token) -> None:
    """Show a new token to whoever made it; what is kept here cannot be turned back into it."""
    messages.info(request, f"Your token, shown this once and never again: {token.secret}")
