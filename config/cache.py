"""What the shared cache holds, written as JSON: whoever can write to it can make nothing run here."""

import json


class AsJson:
    """Writes plain values for the cache and reads them back; a number stays one, so that the cache can count it on."""

    def dumps(self, value) -> int | bytes:
        """A plain value as the cache keeps it. Raises TypeError for anything that is not plain."""
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, kept: bytes):
        """The value that the cache kept."""
        return json.loads(kept)
