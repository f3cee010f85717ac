"""Django's SQLite backend without the one check that `trusted_schema=OFF` forbids, and with a queue for writers."""

import fcntl

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Leaves out JSON_VALID in table definitions: older SQLite calls it unsafe in a schema it does not trust."""

    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }

    def _start_transaction_under_autocommit(self):
        # SQLite's own waiting is a sleep and another look: among many writers one may look in vain for too long.
        # Here only the first in the queue looks, and all others are woken as soon as it has its turn.
        with open(f"{self.settings_dict['NAME']}-queue", "ab") as queue:
            fcntl.flock(queue, fcntl.LOCK_EX)
            super()._start_transaction_under_autocommit()
