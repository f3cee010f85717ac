"""The key ring: wrapped keys, in a database of their own with a short backup life."""

import uuid

from django.db import models

from schools.models.record import Fate

KEYRING = "keyring"


class RootCheck(models.Model):
    """Proof, without the root key in it, that the root key in use is the one this key ring was made with."""

    fate = Fate.KEPT
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.CharField(max_length=64)


class RecordKey(models.Model):
    """The key of one record or draft, wrapped by the root key."""

    fate = Fate.ERASED
    record_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class ItemKey(models.Model):
    """The age identity of one file, wrapped by the key of its record (or by the root key while it is unclaimed)."""

    fate = Fate.ERASED
    item_id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    record_id = models.UUIDField(null=True, db_index=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class SystemKey(models.Model):
    """A key of the installation itself: search, look-up, checkpoint signature."""

    fate = Fate.KEPT
    name = models.CharField(primary_key=True, max_length=80)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class KeyRingRouter:
    """Sends keys to the key ring and everything else to the main database."""

    NAMES = frozenset({"rootcheck", "recordkey", "itemkey", "systemkey"})

    def _home(self, model):
        ours = model._meta.app_label == "schools" and model._meta.model_name in self.NAMES
        return KEYRING if ours else "default"

    def db_for_read(self, model, **hints):
        return self._home(model)

    def db_for_write(self, model, **hints):
        return self._home(model)

    def allow_relation(self, first, second, **hints):
        return self._home(first) == self._home(second)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        on_the_ring = app_label == "schools" and model_name in self.NAMES
        return on_the_ring if db == KEYRING else not on_the_ring
