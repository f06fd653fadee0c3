"""What is told above and before a sentence: headings, a total whose list is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from pipeline.narrative.checks import CATEGORY, RECEIVED
from pipeline.narrative.hits import Hit, as_doubtful
from pipeline.narrative.lists import list_items, may_have_list
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import rules


class Listing(NamedTuple):
    """A total whose items stand in paragraphs of their own, and what of it is left for them."""

    total: Hit
    left: Decimal


@dataclass
class Told:
    """What is above and before a sentence: headings, an announcement, a list that is open."""

    chapter: str = ""
    heading: str = ""
    lead: str = ""
    listing: Listing | None = None
    asked: Hit | None = None  # the requests that the last sentence counts

    @property
    def headings(self) -> str:
        return f"{self.chapter},{self.heading}"

    def go_on(self, passage: Passage, hits: Sequence[Hit], *, listed: bool) -> None:
        """Go on behind a sentence with these figures; `listed` where they are a list's items."""
        if hits:
            self.listing = still_open(passage, hits, self.listing if listed else None)
            self.asked = next((hit for hit in hits if hit.concept == RECEIVED), None)
        else:
            self.listing = self.asked = None

    def below(self, passage: Passage) -> None:
        """Go on below a heading."""
        if passage.opens_a_chapter:
            self.chapter, self.heading = passage.text, ""
        else:
            self.heading = passage.text


def items_of_a_paragraph(passage: Passage, listing: Listing) -> list[Hit]:
    """The items that a paragraph is, all of it, as far as the total holds them."""
    items = list(list_items(passage, 0, "continued"))
    whole = bool(items) and len(passage.text) - items[-1].stop <= 1
    if not whole or sum(item.value for item in items) > listing.left:
        return []
    return [as_doubtful(item, listing.total) for item in items]


def still_open(passage: Passage, hits: Sequence[Hit], listing: Listing | None) -> Listing | None:
    """The list that goes on in the next paragraph: behind 其中: or 政策文件8条;, or `listing`'s."""
    if listing:
        left = listing.left - sum(hit.value for hit in hits)
        return Listing(listing.total, left) if left and not passage.text.endswith("。") else None
    if not passage.text.endswith((":", ";", "、", ",")):
        return None
    items = list(takewhile(lambda hit: hit.concept == CATEGORY, reversed(hits)))
    total = hits[-1 - len(items)] if len(items) < len(hits) else None
    if not total or not may_have_list(total):
        return None
    if not items and not rules().words["intro"].fullmatch(passage.text, total.stop):
        return None
    return Listing(total, total.value - sum(item.value for item in items))
