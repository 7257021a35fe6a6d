"""One portal of the registry, as validated."""

from __future__ import annotations

import difflib
import re
import ssl
import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import SplitResult, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from include.portals.family_names import KNOWN_FAMILIES
from include.portals.hosts import is_own_url, is_private_by_name
from include.portals.provinces import resolve_province

# A portal's id names files, so it holds nothing that means something to a file system.
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
# Two seconds between requests reads a portal of some hundred new stories in minutes, and is what a
# brisk reader does; robots.txt may ask for more.
POLITE_DELAY_S: Final = 2.0

_Links = Annotated[tuple[str, ...], Field(default=())]


class FormerFamily(BaseModel):
    """The CMS that a portal ran until a day, that day included."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    family: str
    until: date

    @field_validator("family")
    @classmethod
    def _check_family(cls, value: str) -> str:
        return _known_family(value)


class Portal(BaseModel):
    """What the crawler knows of one portal.

    province_id: default province of its articles (written as `province`), null for a national
    outlet. family: CMS family today, null to have it detected; former_families: those before it.
    other_hosts: hosts that are the portal's besides base_url's, such as the one it moved to. feeds,
    sitemaps, listings, urls: absolute URLs, resolved against base_url. allow_private: loopback and
    private addresses may be read. ca_file: certificates (PEM) trusted besides the usual roots, relative
    to the registry's folder; tls: `legacy` accepts small keys, SHA-1 and TLS 1.0 and 1.1; certificates
    are verified whatever these say. crawl_delay_s: seconds between two requests to the host, at least.
    max_pages: pages read of one listing; max_sitemap_urls: newest entries taken from one portal's
    sitemaps in a run. guessed: keys of the entry whose values nobody has seen confirmed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str
    name: str
    province_id: str | None = Field(default=None, alias="province")
    base_url: str
    other_hosts: _Links
    family: str | None = None
    former_families: Annotated[tuple[FormerFamily, ...], Field(default=())]
    feeds: _Links
    sitemaps: _Links
    listings: _Links
    urls: _Links
    allow_private: bool = False
    ca_file: Path | None = None
    tls: Literal["modern", "legacy"] = "modern"
    crawl_delay_s: float = Field(default=POLITE_DELAY_S, ge=0, le=3600, allow_inf_nan=False)
    max_pages: int = Field(default=5, ge=1, le=500)
    max_sitemap_urls: int = Field(default=1000, ge=1, le=50_000)
    guessed: _Links

    @property
    def host(self) -> str:
        """Lower-case host name of the portal, without the port."""
        return urlsplit(self.base_url).hostname or ""

    def family_on(self, day: date) -> str | None:
        """The CMS family of a page captured on `day`; null to have it detected."""
        former = sorted(self.former_families, key=lambda one: one.until)
        return next((one.family for one in former if day <= one.until), self.family)

    def owns(self, url: str) -> bool:
        """Whether `url` belongs to the portal: to the site of base_url or of one of its other hosts."""
        return _is_owned(url, self.base_url, self.other_hosts)

    @field_validator("id")
    @classmethod
    def _check_id(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise ValueError("use lower-case letters, digits, - and _ only, at most 63 of them")
        return value

    @field_validator("name")
    @classmethod
    def _check_name(cls, value: str) -> str:
        if not value:
            raise ValueError("write the name that readers know the portal by")
        return unicodedata.normalize("NFC", value)

    @field_validator("province_id")
    @classmethod
    def _resolve_province(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None or info.context is None:
            return value
        return resolve_province(value, info.context["provinces"])

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        parts = _split_url(value)
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError(f"write scheme and host only: {parts.scheme}://{parts.netloc}")
        return f"{parts.scheme}://{parts.netloc}".lower()

    @field_validator("family")
    @classmethod
    def _check_family(cls, value: str | None) -> str | None:
        return None if value is None else _known_family(value)

    @field_validator("other_hosts")
    @classmethod
    def _check_other_hosts(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if _split_url(f"https://{value}").netloc != value or is_private_by_name(value.partition(":")[0]):
                raise ValueError(f"{value!r}: write a public host alone, such as tin.baoxyz.vn")
        return tuple(value.lower() for value in values)

    @field_validator("feeds", "sitemaps", "listings", "urls", "other_hosts", "guessed", mode="before")
    @classmethod
    def _check_is_list(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise ValueError(f"write a list: [{value}]")  # noqa: TRY004 - pydantic collects ValueErrors
        return () if value is None else value

    @field_validator("feeds", "sitemaps", "listings", "urls")
    @classmethod
    def _resolve_links(cls, values: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        base = info.data.get("base_url")
        others = info.data.get("other_hosts", ())
        return tuple(_resolve_link(value, base, others) for value in values) if base else values

    @field_validator("ca_file")
    @classmethod
    def _check_ca_file(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is None:
            return None
        path = (info.context or {}).get("folder", Path()) / value
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(cafile=str(path))
        except (OSError, ValueError) as error:
            raise ValueError(_no_certificates(path, str(error))) from None
        if not context.cert_store_stats()["x509"]:
            raise ValueError(_no_certificates(path, "it has other PEM blocks only"))
        return Path(path)

    @model_validator(mode="after")
    def _check_whole(self) -> Portal:
        if not (self.feeds or self.sitemaps or self.listings or self.urls):
            raise ValueError("nothing leads to its articles; give feeds, sitemaps, listings or urls")
        if is_private_by_name(self.host) and not self.allow_private:
            raise ValueError(
                f"base_url {self.base_url} is a private or loopback address; "
                "write the public address, or `allow_private: true` if it is meant"
            )
        return self

    @model_validator(mode="after")
    def _check_guessed(self) -> Portal:
        fields = type(self).model_fields
        written = [fields[name].alias or name for name in fields if name in self.model_fields_set]
        for key in self.guessed:
            if key not in written or key == "guessed":
                keys = ", ".join(name for name in written if name != "guessed")
                raise ValueError(f"guessed: the entry has no key {key!r}; name some of: {keys}")
        return self


def _no_certificates(path: Path, why: str) -> str:
    return (
        f"{path} holds no certificates that can be read ({why}); name a PEM file, from the registry's"
        " folder on"
    )


def _known_family(value: str) -> str:
    if value in KNOWN_FAMILIES:
        return value
    close = difflib.get_close_matches(value, KNOWN_FAMILIES, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise ValueError(
        f"unknown family {value!r}; {hint}Known: {', '.join(KNOWN_FAMILIES)}; leave it out to detect it"
    )


def _split_url(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"{value!r} is not a URL ({error}); write https://host") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
        raise ValueError(f"{value!r} is not a web address; write http://host or https://host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("take user name and password out of the URL")
    return parts


def _is_owned(url: str, base_url: str, other_hosts: tuple[str, ...]) -> bool:
    return any(is_own_url(url, base) for base in (base_url, *(f"//{host}" for host in other_hosts)))


def _resolve_link(value: str, base_url: str, other_hosts: tuple[str, ...]) -> str:
    if value.startswith("/") and not value.startswith("//") and not re.search(r"\s", value):
        return urljoin(base_url, value)
    if "://" not in value:
        raise ValueError(f"{value!r}: write a path from the root (/{value.lstrip('/')}) or a whole URL")
    _split_url(value)
    if not _is_owned(value, base_url, other_hosts):
        raise ValueError(
            f"{value!r} is on another host than {base_url}; make it a portal of its own, or name its host in"
            " other_hosts where it is the same portal's"
        )
    return value
