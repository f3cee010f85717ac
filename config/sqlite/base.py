"""Django's SQLite backend without the one check that `trusted_schema=OFF` forbids."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Leaves out JSON_VALID in table definitions: older SQLite calls it unsafe in a schema it does not trust."""

    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }
