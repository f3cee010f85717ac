"""Sealing and wrapping with standard primitives; knows nothing of records or of Django."""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


class Unreadable(Exception):
    """The sealed bytes were changed, moved from where they belong, or opened with the wrong key."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def seal(key: bytes, content: bytes, *, bound_to: bytes) -> bytes:
    """Encrypt content so that it opens only with this key and only in the place it is bound to.

    key: 32 bytes. content: any bytes. bound_to: what names the place (record, model, field, row).
    AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D).
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unseal(key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Decrypt what `seal` made.

    Raises Unreadable when a single bit, the key or the place differs.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this text does not open here") from error


def wrap(outer: bytes, key: bytes) -> bytes:
    """Wrap a 32-byte key under another (AES key wrap, RFC 3394), 40 bytes."""
    return keywrap.aes_key_wrap(outer, key)


def unwrap(outer: bytes, wrapped: bytes) -> bytes:
    """Give back a wrapped key; raises Unreadable with the wrong outer key."""
    try:
        return keywrap.aes_key_unwrap(outer, bytes(wrapped))
    except keywrap.InvalidUnwrap as error:
        raise Unreadable("this key does not open with the root key in use") from error


def derive(key: bytes, purpose: str) -> bytes:
    """A second key for one named purpose, from which the first cannot be worked out (HKDF, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def token(key: bytes, word: str, *, size: int = 8) -> str:
    """A keyed stand-in for a word: equal words give equal tokens, and nobody without the key can tell which."""
    digest = hmac.new(key, word.encode(), hashlib.sha256).digest()[:size]
    return base64.b32encode(digest).decode().rstrip("=").lower()
