"""Numbers as people type them into addresses."""

# Beyond this many digits, no row has the number.
_MOST_DIGITS = 18


def whole_number(text, default=None):
    """The number that these digits (a text, or None) write, or the default: addresses are typed and shortened."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else default
