"""What a file is called: a key that no two files share, and a name for people.

A name is bytes to Linux: a zip made on Chinese Windows unpacks there to names in GBK, and a name
may hold an escape sequence. As a key it is text in UTF-8 without anything unseen: `%D0` stands for
a byte that is no UTF-8, `%E2%80%AE` for a mark that nobody sees.
"""

from __future__ import annotations

import os
import re

# Controls of terminals, of the direction of writing and of joining, fillers, selectors, tags, and
# halves of a character: they move a cursor, run a command, turn digits round or show nothing.
_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN_IN_TEXT = re.compile(f"[{_UNSEEN}]")
_UNSEEN_IN_A_NAME = re.compile(rf"[{_UNSEEN}\t\n]")
_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")


def visible(text: str) -> str:
    """The text as a screen may be sent it: U+FFFD for what is unseen but for tabs and line ends."""
    return _UNSEEN_IN_TEXT.sub("\ufffd", text)


def unseen(text: str) -> bool:
    """Whether the text holds a mark that nobody sees, a tab or the end of a line."""
    return bool(_UNSEEN_IN_A_NAME.search(text))


def key(name: str) -> str:
    """The name, or path, of a file as a key: the same in every locale, another for every file.

    An escape that stands in the name itself stays where it cannot be taken for one of ours.
    """
    text = _bytes(name).decode("utf-8", "surrogateescape")
    text = _ESCAPES.sub(lambda run: run[0] if _means_itself(run[0]) else _doubled(run[0]), text)
    return _UNSEEN_IN_A_NAME.sub(lambda mark: _escaped(mark[0]), text)


def name_of(key: str) -> str:
    """The name, or path, that has this key, as the system takes it."""
    data = _ESCAPES.sub(lambda run: _read(run[0]), key).encode("utf-8", "surrogateescape")
    return os.fsdecode(data)


def shown(key: str) -> str:
    """A key, or a name as the system gives it, for people: names in GBK are read as such."""
    data = _bytes(_ESCAPES.sub(lambda run: _read(run[0]), key))
    text = "/".join(map(_decoded, data.split(b"/")))
    return _UNSEEN_IN_A_NAME.sub(lambda mark: _escaped(mark[0]), text)


def _bytes(name: str) -> bytes:
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # Windows has names with halves of characters
        return name.encode("utf-8", "surrogatepass")


def _decoded(part: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return part.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.decode("utf-8", "surrogateescape")


def _means_itself(escapes: str) -> bool:
    """Whether they spell what a key never escapes: text that is seen, and no percent sign."""
    text = bytes.fromhex(escapes.replace("%", "")).decode("utf-8", "surrogateescape")
    return "%" not in text and not _UNSEEN_IN_A_NAME.search(text)


def _doubled(escapes: str) -> str:
    return escapes.replace("%", "%25")


def _escaped(mark: str) -> str:
    return "".join(f"%{byte:02X}" for byte in _bytes(mark))


def _read(escapes: str) -> str:
    """What a run of escapes in a key stands for; those that mean themselves stay."""
    data, read, at = bytes.fromhex(escapes.replace("%", "")), "", 0
    for char in data.decode("utf-8", "surrogateescape"):
        end = at + len("%00") * len(_bytes(char))
        ours = char == "%" or _UNSEEN_IN_A_NAME.search(char)
        read += char if ours else escapes[at:end]
        at = end
    return read
