"""The links of an RSS or Atom feed. Dates and texts of feeds are not read: the page has better ones."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from include.crawl.documents import MalformedDocumentError
from include.crawl.xml_documents import absolute_link, child_text, local_name, parse_xml


def feed_links(body: bytes, url: str) -> list[str]:
    """Absolute links of the feed's entries, in its order; an empty feed gives none.

    Raises MalformedDocumentError where the document is not a feed.
    """
    root = parse_xml(body)
    if local_name(root) == "html":
        raise MalformedDocumentError("html_instead_of_xml")
    if local_name(root) not in ("rss", "rdf", "feed"):
        raise MalformedDocumentError("not_a_feed", f"the root is {local_name(root)}")
    links = []
    for entry in root.iter():
        if local_name(entry) in ("item", "entry"):
            link = _link_of(entry)
            target = absolute_link(url, link) if link else None
            if target:
                links.append(target)
    return links


def _link_of(entry: Element) -> str | None:
    for child in entry:
        if local_name(child) != "link":
            continue
        if child.text and child.text.strip():
            return child.text.strip()
        if child.get("href") and child.get("rel", "alternate") == "alternate":
            return child.get("href")
    guid = child_text(entry, "guid")
    return guid if guid and guid.startswith(("http://", "https://")) else None
