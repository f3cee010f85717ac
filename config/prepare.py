"""Makes the keys of a new installation, and brings the databases of any up to date."""

import os
import secrets

from config import settings as given


def make_secret_key():
    """Makes the key that signs cookies and forms, readable by its owner only; keeps one that is there or is set."""
    if given.SECRET_KEY:
        return
    given.SECRET_KEY = secrets.token_urlsafe(48)
    with os.fdopen(os.open(given.SECRET_KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as out:
        out.write(given.SECRET_KEY)


def prepare():
    """Makes everything that serving needs and that is not there; safe to repeat.

    Ends with plain sentences when a setting is unsafe: asked here, before a server that would ask again and again.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    given.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    given.STATIC_ROOT.mkdir(exist_ok=True)
    make_secret_key()

    import django
    from django.core.management import call_command

    django.setup()

    from config.guard import refuse_unsafe
    from schools import keyring

    keyring.make_root_key()
    call_command("migrate", verbosity=0)
    # Every table of the key ring is of this app; to go through all the others' migrations would take as long again.
    call_command("migrate", "schools", database="keyring", verbosity=0)
    refuse_unsafe()


if __name__ == "__main__":
    prepare()
