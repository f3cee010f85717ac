"""The arithmetic of the history: commitments, links and roots; pure."""

import hashlib
import hmac
from collections.abc import Iterable

import rfc8785

FIRST = "0" * 64
SALT_BYTES = 32
FORMAT = b"daybook-ledger/1"


def canonical(value) -> bytes:
    """The one way of writing a value as bytes (JSON Canonicalization Scheme, RFC 8785)."""
    return rfc8785.dumps(value)


def commitment(salt: bytes, payload: bytes) -> str:
    """A promise of the payload that tells nothing about it once the salt is gone."""
    return hmac.new(salt, payload, hashlib.sha256).hexdigest()


def link(*, record: str, seq: int, verb: str, at: str, written_at: str, by: str, commitment: str, previous: str) -> str:
    """The hash of one line of history, which covers the line before it."""
    line = canonical([record, seq, verb, at, written_at, by, commitment, previous])
    return hashlib.sha256(FORMAT + line).hexdigest()


def leaf(*, ref: str, seq: int, head: str) -> bytes:
    return hashlib.sha256(b"\x00" + canonical([ref, seq, head])).digest()


def root(leaves: Iterable[bytes]) -> str:
    """The Merkle root over all leaves in sorted order (tree hash of RFC 6962)."""
    level = sorted(leaves)
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()
