"""Links that cannot lie: a safe label before a visible domain, or the address itself."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

from bot.platforms.discord.escape import clean, escape, is_plain
from bot.platforms.discord.limits import LINK

_KEPT = "%/:?#[]@!$&'*+,;="
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_SHOWN = ("http://", "https://", "mailto:")
_UNFURLS = frozenset({"discord.gg", "discord.gift", "discord.new"})
_CARD_HOSTS = re.compile(r"(?:[\w-]+\.)*discord(?:app)?\.com")
_CARD_PATHS = re.compile(r"/+(?:api/)?(?:invite|gifts|template|events|oauth2)\b")


def target(link: str | None) -> str | None:
    """The address that Discord may make live, percent-encoded; nothing for any other.

    Only http and https without a user name, no invite and no gift, at most `LINK` code points.
    """
    parts = _parts(link or "")
    if parts is None or _is_card(parts):
        return None
    address = quote(parts.geturl(), safe=_KEPT)
    return address if len(address) <= LINK else None


def join(label: str, drawn: str, address: str) -> str:
    """A link as Discord draws it: `label` is its words, `drawn` the same words styled."""
    host = _host(address)
    if clean(label) in {address, address.removesuffix("/")}:
        return f"<{address}>"
    if not is_plain(label) or _names_another(label, host):
        return f"{drawn} (<{address}>)"
    shown = "" if host in label.casefold() else f" ({escape(host)})"
    return f"[{drawn}]({address}){shown}"


def beside(label: str, link: str) -> str:
    """What stands after words whose link may not be live: the address as inert text, or nothing."""
    words = clean(link).removeprefix("mailto:")
    if words in label:
        return ""
    return f" ({escape(words)})" if len(words) <= LINK else f" ({escape(words[: LINK - 1])}…)"


def is_drawn(link: str | None) -> bool:
    """Whether anything is drawn of a link, live or not."""
    return link is not None and link.casefold().startswith(_SHOWN)


def _parts(link: str) -> SplitResult | None:
    """The address in pieces, its host in ASCII, so that no foreign letter poses as a Latin one."""
    try:
        parts = urlsplit(clean(link).strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _is_host(host):
        return None
    return parts._replace(netloc=(f"[{host}]" if ":" in host else host) + port)


def _is_host(host: str) -> bool:
    return re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host) is not None


def _is_card(parts: SplitResult) -> bool:
    """Whether Discord would draw a card for it: an invite, a gift, a template."""
    host = parts.hostname or ""
    if host.removeprefix("www.") in _UNFURLS:
        return True
    return bool(_CARD_HOSTS.fullmatch(host) and _CARD_PATHS.match(parts.path))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _names_another(label: str, host: str) -> bool:
    """Whether the label looks like the address of some other site."""
    names = (found[0].removeprefix("www.") for found in _DOMAIN.finditer(label.casefold()))
    return any(name != host for name in names)
