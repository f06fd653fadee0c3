"""What happens to a document: each mutation gives its bytes and whether a cell may be touched."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from lxml import etree


class Mutant(NamedTuple):
    """The bytes of a damaged document; `touched` unless all its cells say and stand as before."""

    content: bytes
    touched: bool


Mutation = Callable[[bytes, Random], Mutant]

_HOSTILE = (
    *("0", "-1", "1e9", "65536", "99999999999999999999", "2147483648", "NaN", "", "%s", "\x00"),
    *(
        "'\"<>&",
        "中" * 50,
        "A" * 5000,
        "../../etc/passwd",
        "javascript:0",
        "utf-7",
        "utf-16",
        "1.5",
    ),
)
_BYTES_ALONE = 0.1  # share of damage to prose that breaks the encoding
_MOST_BYTES = 40  # that one mutation changes, deletes or doubles


# Any file


def _flipped(content: bytes, rng: Random) -> Mutant:
    data = bytearray(content)
    for _ in range(rng.randint(1, _MOST_BYTES)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return Mutant(bytes(data), True)


def _deleted(content: bytes, rng: Random) -> Mutant:
    at, much = rng.randrange(len(content)), rng.randint(1, _MOST_BYTES)
    return Mutant(content[:at] + content[at + much :], True)


def _doubled(content: bytes, rng: Random) -> Mutant:
    at, much = rng.randrange(len(content)), rng.randint(1, len(content) // 4 + 1)
    return Mutant(content[: at + much] + content[at:], True)


def _truncated(content: bytes, rng: Random) -> Mutant:
    return Mutant(content[: rng.randrange(len(content))], True)


def _moved(content: bytes, rng: Random) -> Mutant:
    a, b, c = sorted(rng.sample(range(len(content) + 1), 3))
    return Mutant(content[:a] + content[b:c] + content[a:b] + content[c:], True)


_ANY: tuple[Mutation, ...] = (_flipped, _deleted, _doubled, _truncated, _moved)


# Web pages

_TAG = re.compile(rb"<[^<>]*>")
_TABLE = re.compile(rb"<table.*?</table>", re.DOTALL)
_PROSE = re.compile(rb"(?<=<p>)[^<>&]{20,}(?=</p>)")
_OPTIONAL_ENDS = (b"</p>", b"</td>", b"</tr>", b"</tbody>")


def _tag_removed(content: bytes, rng: Random) -> Mutant:
    tag = rng.choice(list(_TAG.finditer(content)))
    return Mutant(content[: tag.start()] + content[tag.end() :], tag[0] not in _OPTIONAL_ENDS)


def _tag_doubled(content: bytes, rng: Random) -> Mutant:
    tag = rng.choice(list(_TAG.finditer(content)))
    return Mutant(content[: tag.end()] + tag[0] + content[tag.end() :], True)


def _tags_swapped(content: bytes, rng: Random) -> Mutant:
    one, other = sorted(rng.sample(list(_TAG.finditer(content)), 2), key=lambda tag: tag.start())
    pieces = (
        content[: one.start()] + other[0] + content[one.end() : other.start()],
        one[0] + content[other.end() :],
    )
    return Mutant(b"".join(pieces), one[0] != other[0])


def _attribute_added(content: bytes, rng: Random) -> Mutant:
    """Spans and styles touch a cell; a name, a handler or a measure does not."""
    tag = rng.choice([tag for tag in _TAG.finditer(content) if tag[0][1:2].isalpha()])
    harmless = ("data-x", "id", "onclick", "title", "lang", "width", "align", "headers", "abbr")
    telling = ("colspan", "rowspan", "style", "class", "charset", "hidden", "dir", "content")
    touched = rng.random() < 0.5
    name, value = rng.choice(telling if touched else harmless), rng.choice(_HOSTILE)
    quoted = value.replace("&", "&amp;").replace('"', "&quot;")
    added = tag[0][:-1] + f' {name}="{quoted}">'.encode()
    return Mutant(content[: tag.start()] + added + content[tag.end() :], touched)


def _attribute_doubled(content: bytes, rng: Random) -> Mutant:
    """Of two attributes of one name browsers take the first."""
    spans = list(re.finditer(rb' (colspan|rowspan)="\d+"', content))
    if not spans:
        return _attribute_added(content, rng)
    span = rng.choice(spans)
    again = b' %s="%d"' % (span[1], rng.randrange(100))
    return Mutant(content[: span.end()] + again + content[span.end() :], False)


def _attribute_removed(content: bytes, rng: Random) -> Mutant:
    found = list(re.finditer(rb' [a-z]+="[^"]*"', content))
    gone = rng.choice(found)
    return Mutant(content[: gone.start()] + content[gone.end() :], True)


def _comment_put_in(content: bytes, rng: Random) -> Mutant:
    tag = rng.choice([tag for tag in _TAG.finditer(content) if b"title" not in tag[0]])
    comment = rng.choice((b"<!-- a > b -->", b"<!---->", b"<!--[if IE]><td>9</td><![endif]-->"))
    first = content.find(b"<title")
    within = first <= tag.start() < content.find(b"</title", first)
    return Mutant(content[: tag.start()] + comment + content[tag.start() :], within)


def _part_of_table(content: bytes, rng: Random) -> Mutant:
    """A cell or a row is removed, doubled or put elsewhere."""
    name = rng.choice((b"td", b"tr", b"table"))
    parts = list(re.finditer(rb"<%s[ >].*?</%s>" % (name, name), content, re.DOTALL))
    if not parts:
        return _tag_removed(content, rng)
    part, place = rng.choice(parts), rng.choice(parts)
    kept = content if rng.random() < 0.5 else content[: part.start()] + content[part.end() :]
    return Mutant(kept[: place.start()] + part[0] * rng.randrange(3) + kept[place.start() :], True)


def _prose_damaged(content: bytes, rng: Random) -> Mutant:
    found = list(_PROSE.finditer(_TABLE.sub(lambda t: b"\x01" * len(t[0]), content)))
    if not found:
        return _comment_put_in(content, rng)
    prose = rng.choice(found)
    return Mutant(_noise_in(content, prose.start(), prose.end(), rng), False)


def _noise_in(content: bytes, start: int, end: int, rng: Random) -> bytes:
    """Some characters, or bytes, of a stretch made others that neither are markup nor end a line."""
    if rng.random() < _BYTES_ALONE:
        data = bytearray(content)
        data[rng.randrange(start, end)] = rng.randrange(0x80, 0x100)
        return bytes(data)
    encoding = _encoding(content)
    text = list(content[start:end].decode(encoding, "replace"))
    for _ in range(rng.randint(1, _MOST_BYTES)):
        text[rng.randrange(len(text))] = rng.choice("abcXYZ 0189.,;:()%年月日件条万元无上（）。，")
    return content[:start] + "".join(text).encode(encoding) + content[end:]


def _encoding(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _characters_changed(content: bytes, rng: Random) -> Mutant:
    """Characters of any place changed, removed, doubled or exchanged, the encoding left whole."""
    encoding = _encoding(content)
    text = list(content.decode(encoding, "replace"))
    for _ in range(rng.randint(1, _MOST_BYTES)):
        at, other = rng.randrange(len(text)), rng.randrange(len(text))
        text[at] = rng.choice((text[other], "", text[at] * 2, "9", " ", "（", "\t", "<", '"', "年"))
    return Mutant("".join(text).encode(encoding, "replace"), True)


_HTML = (
    *(_tag_removed, _tag_doubled, _tags_swapped, _attribute_added, _attribute_doubled),
    *(_attribute_removed, _comment_put_in, _part_of_table, _prose_damaged),
    _characters_changed,
)


# Text


def _line_damaged(content: bytes, rng: Random) -> Mutant:
    """A line is removed, doubled or put elsewhere."""
    lines = content.splitlines(keepends=True)
    line = lines.pop(rng.randrange(len(lines)))
    for _ in range(rng.randrange(3)):
        lines.insert(rng.randrange(len(lines) + 1), line)
    return Mutant(b"".join(lines), True)


def _line_of_prose_damaged(content: bytes, rng: Random) -> Mutant:
    found = list(re.finditer(rb"^[^\t|\n]{60,}$", content, re.MULTILINE))
    if not found:
        return _line_damaged(content, rng)
    prose = rng.choice(found)
    touched = b"\xe3\x80\x82" not in prose[0]  # a sentence, and no label
    return Mutant(_noise_in(content, prose.start(), prose.end(), rng), touched)


def _character_put_in(content: bytes, rng: Random) -> Mutant:
    at = rng.randrange(len(content) + 1)
    odd = rng.choice(("\t", "\n", "\x00", "|", "\u202e", "\ufffc", "\u2028", "\r", "```", "#", "<"))
    return Mutant(content[:at] + odd.encode() * rng.choice((1, 1, 2, 500)) + content[at:], True)


_TEXT = (_line_damaged, _line_of_prose_damaged, _character_put_in, _characters_changed)


# Word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _in_table(element: etree._Element) -> bool:
    name = f"{_W}tbl"
    within = element.tag == name or any(above.tag == name for above in element.iterancestors())
    return within or next(element.iter(name), None) is not None


def _element_damaged(content: bytes, rng: Random) -> Mutant:
    """An element of the text is removed, doubled or put elsewhere."""
    members = _members(content)
    root = etree.fromstring(members[_DOCUMENT])
    elements = [each for each in root.iter() if each.getparent() not in (None, root)]
    element = rng.choice(elements)
    touched = _in_table(element) and element.tag not in (f"{_W}pPr", f"{_W}jc", f"{_W}spacing")
    parent = element.getparent()
    verb = rng.choice(("removed", "doubled", "moved"))
    if verb != "removed":
        place = parent if rng.random() < 0.5 else rng.choice(elements)
        touched = touched or _in_table(place)
        inside = {id(each) for each in element.iter()}
        if id(place) not in inside:
            again = etree.fromstring(etree.tostring(element))
            place.insert(rng.randint(0, len(place)), again)
    if verb != "doubled":
        parent.remove(element)
    members[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Mutant(_zipped(members), touched)


def _value_damaged(content: bytes, rng: Random) -> Mutant:
    members = _members(content)
    root = etree.fromstring(members[_DOCUMENT])
    element = rng.choice([each for each in root.iter() if each.attrib])
    value = rng.choice(_HOSTILE).replace("\x00", "")
    element.set(rng.choice(list(element.attrib)), value)
    members[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Mutant(_zipped(members), _in_table(element))


def _member_replaced(content: bytes, rng: Random) -> Mutant:
    """A part of the file is emptied, removed, damaged or takes the place of another."""
    members = _members(content)
    name = rng.choice(list(members))
    verb = rng.choice(("emptied", "removed", "damaged", "another", "no markup"))
    if verb == "removed":
        del members[name]
    elif verb == "damaged" and members[name]:
        members[name] = rng.choice(_ANY)(members[name], rng).content
    elif verb == "another":
        members[name] = members[rng.choice(list(members))]
    else:
        members[name] = b"" if verb == "emptied" else b"<" + rng.randbytes(200)
    return Mutant(_zipped(members), name == _DOCUMENT)


def _packed_anew(content: bytes, rng: Random) -> Mutant:
    """The same parts in another order, with parts beside them that no document has."""
    members = list(_members(content).items())
    rng.shuffle(members)
    extra = {f"word/{rng.randrange(9)}.xml": rng.randbytes(99), "../up": b"x", "/": b"x"}
    return Mutant(_zipped({**dict(members), **extra}), False)


_DOCX = (_element_damaged, _element_damaged, _value_damaged, _member_replaced, _packed_anew)


# PDF

_STREAM = re.compile(rb"/Length (\d+)(.{0,200}?)stream\r?\n", re.DOTALL)


def _operators_damaged(content: bytes, rng: Random) -> Mutant:
    """In a content stream operators or their numbers are removed, doubled, swapped or replaced."""
    streams = [s for s in _STREAM.finditer(content) if b"/FlateDecode" in s[0]]
    rng.shuffle(streams)
    for found in streams:
        body = content[found.end() : found.end() + int(found[1])]
        try:
            plain = zlib.decompress(body)
        except zlib.error:
            continue
        tokens = re.split(rb"(\s+)", plain)
        if b"Tj" not in plain and b"TJ" not in plain and rng.random() < 0.7:
            continue
        for _ in range(rng.randint(1, 8)):
            at, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
            verb = rng.choice(("swap", "drop", "double", "value", "operator"))
            if verb == "swap":
                tokens[at], tokens[other] = tokens[other], tokens[at]
            elif verb == "value":
                tokens[at] = rng.choice((b"0", b"-1", b"1e9", b"99999999999", b"()", b"<<", b"/X"))
            elif verb == "operator":
                tokens[at] = rng.choice((b"q", b"Q", b"BT", b"ET", b"W", b"cm", b"Do", b"Tr", b"f"))
            else:
                tokens[at] = b"" if verb == "drop" else tokens[at] * 2
        packed = zlib.compress(b"".join(tokens))
        head = content[: found.start()] + b"/Length %d" % len(packed) + found[2] + b"stream\n"
        return Mutant(head + packed + content[found.end() + int(found[1]) :], True)
    return _object_damaged(content, rng)


def _object_damaged(content: bytes, rng: Random) -> Mutant:
    """A name or a number of an object's dictionary becomes another."""
    tokens = list(re.finditer(rb"/[A-Za-z][A-Za-z0-9]*|(?<=[ \[])-?\d+(?:\.\d+)?", content))
    token, other = rng.choice(tokens), rng.choice(tokens)
    value = rng.choice((other[0], b"0", b"-1", b"99999999999", b"null", b"[]", b"/Kids", b"1 0 R"))
    return Mutant(content[: token.start()] + value + content[token.end() :], True)


def _object_moved(content: bytes, rng: Random) -> Mutant:
    objects = list(re.finditer(rb"\d+ 0 obj.*?endobj", content, re.DOTALL))
    if len(objects) < 2:
        return _object_damaged(content, rng)
    one, other = rng.sample(objects, 2)
    kept = content[: one.start()] + other[0] * rng.randrange(2) + content[one.end() :]
    return Mutant(kept, True)


def _wrapped(content: bytes, rng: Random) -> Mutant:
    """Something stands before the file, as in a mail, or behind it."""
    before = b"Content-Type: application/pdf\r\n\r\n" if rng.random() < 0.5 else b""
    return Mutant(before + content + b"\n" + rng.randbytes(rng.randrange(200)), False)


_PDF = (_operators_damaged, _operators_damaged, _object_damaged, _object_moved, _wrapped)

MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "html": (*_ANY, *_HTML, *_HTML),
    "txt": (*_ANY, *_TEXT, *_TEXT),
    "md": (*_ANY, *_TEXT, *_TEXT),
    "docx": (*_ANY, *_DOCX, *_DOCX),
    "pdf": (*_ANY, *_PDF, *_PDF),
}
