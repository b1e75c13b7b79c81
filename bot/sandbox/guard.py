"""Keeps other computers, and other web sites in this computer's browser, out of the sandbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

LOCAL = frozenset({"127.0.0.1", "localhost"})
OURS = ("/page/", "/web/", "/control/")
SAFE = frozenset({"GET", "HEAD"})
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a request that another name or another site sent here.

    A foreign name in `Host` is DNS rebinding, a foreign `Origin` is another site's script, and a
    form can send every content type but JSON without asking first:
    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
    """
    sentence = _objection(request)
    if sentence:
        return web.json_response({"error": sentence}, status=403)
    return await handler(request)


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing but its own files, and have no browser keep an old one."""
    if request.path == "/" or request.path.startswith(OURS):
        response.headers.update(PROTECTION)
        response.headers.setdefault("Cache-Control", "no-cache")


def _objection(request: web.Request) -> str | None:
    if _name(request) not in LOCAL:
        return "The sandbox answers to 127.0.0.1 and localhost alone: use the address it printed."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return "The sandbox takes nothing from other web sites: use its own page."
    if _is_order(request) and request.content_type != "application/json":
        return "The control API takes JSON alone: send Content-Type: application/json."
    return None


def _is_order(request: web.Request) -> bool:
    return request.path.startswith("/control/") and request.method not in SAFE


def _name(request: web.Request) -> str | None:
    try:
        return request.url.host
    except ValueError:
        return None
