"""Keeps other web sites out of the page, and what strangers wrote from running in it."""

from __future__ import annotations

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from bot.page import words

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE = frozenset({"GET", "HEAD"})
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with none at all, a form's own Origin would be "null"
    "X-Content-Type-Options": "nosniff",
}
FILES = ("/bot/files/", "/web/")
"""What is the same for everybody: a browser may keep it, and asks whether it changed."""


def objection(request: web.Request, address: str) -> str | None:
    """Why a request is refused before anybody looks at it; `address` is where the page is.

    A foreign name in `Host` is DNS rebinding, a foreign `Origin` is another site's form:
    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
    """
    if _host(request) not in LOCAL | {urlsplit(address).hostname}:
        return words.OTHER_HOST
    origin = request.headers.get("Origin")
    if request.method not in SAFE and origin not in {None, f"http://{request.host}", address}:
        return words.OTHER_SITE
    return None


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing but its own files, and have nobody keep a copy of what it shows."""
    for name, value in PROTECTION.items():
        response.headers.setdefault(name, value)
    kept = "no-cache" if request.path.startswith(FILES) else "no-store"
    response.headers.setdefault("Cache-Control", kept)


def token_for(secret: str) -> str:
    """What every form of a visit carries, so that no other site can send one."""
    return hmac.new(secret.encode(), b"form", sha256).hexdigest()


def is_ours(secret: str, token: object) -> bool:
    """Whether a form is one that we drew for this visit."""
    return isinstance(token, str) and hmac.compare_digest(token_for(secret), token)


def _host(request: web.Request) -> str | None:
    try:
        return request.url.host
    except ValueError:
        return None
