"""Sessions in the database that know a cookie only by its hash: whoever reads the table cannot sign in with it."""

import base64
import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from schools import crypto

LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
# That somebody is still there is written down once a minute and not with every page.
NOTED_EVERY = timedelta(minutes=1)
# When somebody signed in, in seconds of the machine's clock.
BEGAN = "began"
KEPT_CHARACTERS = 40  # 160 bits: the width of the framework's own column

# Words typed that stand in no address, each under a key that does; the oldest go first.
WORDS = "words"
MOST_WORDS = 20


def mark(cookie: str) -> str:
    """What the table keeps of a cookie."""
    return hashlib.sha256(f"daybook-session|{cookie}".encode()).hexdigest()[:KEPT_CHARACTERS]


def _seconds() -> int:
    return int(timezone.now().timestamp())


class SessionStore(db.SessionStore):
    """The framework's own store with a hash where the cookie would be; used by the threaded web server only."""

    def load(self):
        content = super().load()
        if SESSION_KEY in content and _seconds() - content.get(BEGAN, 0) >= settings.SESSION_LONGEST_SECONDS:
            self.delete()
            self._session_key, content = None, {}
        return content

    def _get_session_from_db(self):
        live = self.model.objects.filter(session_key=mark(self.session_key), expire_date__gt=timezone.now()).first()
        if live is None:
            self._session_key = None
        elif live.expire_date < timezone.now() + LIFE - NOTED_EVERY:
            self.model.objects.filter(pk=live.pk).update(expire_date=timezone.now() + LIFE)
        return live

    def exists(self, session_key):
        return super().exists(mark(session_key))

    def create_model_instance(self, data):
        if SESSION_KEY in data:
            data.setdefault(BEGAN, _seconds())
        made = super().create_model_instance(data)
        made.session_key = mark(made.session_key)
        return made

    def delete(self, session_key=None):
        cookie = session_key or self.session_key
        if cookie:
            super().delete(mark(cookie))


def keep_words(session, words: str) -> str:
    """Keep words until their writer signs out, sealed by the cookie that the table does not hold.

    Returns the key that stands for them in an address.
    """
    key = secrets.token_urlsafe(12)
    sealed = crypto.seal(_key_of(session), words.encode(), bound_to=key.encode())
    kept = session.get(WORDS, [])[1 - MOST_WORDS :]
    session[WORDS] = [*kept, [key, base64.b64encode(sealed).decode()]]
    return key


def words_of(session, key: str) -> str | None:
    """The words for which a key stands; None for a key of nothing, or of a cookie that was renewed since."""
    sealed = dict(session.get(WORDS, [])).get(key, "")
    try:
        return crypto.unseal(_key_of(session), base64.b64decode(sealed), bound_to=key.encode()).decode()
    except crypto.Unreadable:
        return None


def _key_of(session) -> bytes:
    return crypto.derive(session.session_key.encode(), "words typed")


def sweep(at) -> int:
    """Remove sessions whose time has run out by the machine's clock; `at` is any chore's and does not matter here."""
    return db.SessionStore.get_model_class().objects.filter(expire_date__lt=timezone.now()).delete()[0]
