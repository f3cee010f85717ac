"""References that people read out on the telephone: random, so that nothing can be counted from them; pure."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
RANDOM_LENGTH = 7
MISREAD = str.maketrans("ILO", "110")

LETTERS = {
    "concern": "C",
    "case": "K",
    "safeguarding": "S",
    "conduct": "D",
    "support": "W",
    "low_level_concern": "M",
    "data_breach": "B",
    "complaint": "P",
    "legal_advice": "L",
    "working_notes": "N",
    "register": "R",
    "takedown": "T",
    "evidence": "E",
    "paper": "F",
}


def check_character(body: str) -> str:
    """Luhn's check character in base 32: catches every single wrong character and nearly every swap of two."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def new(kind: str) -> str:
    """A new reference such as C-7K4M-9TX2 for one kind of thing."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    body += check_character(body)
    return f"{LETTERS[kind]}-{body[:4]}-{body[4:]}"


def tidy(typed: str) -> str | None:
    """The reference as we write it, or None when what was typed cannot be one."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    kind, body = letters[:1], letters[1:].translate(MISREAD)
    if len(body) != RANDOM_LENGTH + 1 or any(character not in ALPHABET for character in body):
        return None
    if kind not in LETTERS.values() or check_character(body[:-1]) != body[-1]:
        return None
    return f"{kind}-{body[:4]}-{body[4:]}"
