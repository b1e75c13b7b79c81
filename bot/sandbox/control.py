"""The control API: how the page and the tests play the people, plan faults and read the log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.sandbox.faults import Fault
from bot.sandbox.listeners import Listeners
from bot.sandbox.orders import (
    Choose,
    Command,
    Complete,
    Delete,
    Dismiss,
    Edit,
    Plan,
    Press,
    React,
    Say,
    Submit,
    complaint,
)
from bot.sandbox.side import Answering, Json, Pressing, Side, Signing, Unlikely

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Order = TypeVar("Order", bound=BaseModel)


class Control:
    """The control API over the sides."""

    def __init__(self, sides: Iterable[Side]) -> None:
        self._sides = {side.name: side for side in sides}
        self._listeners = Listeners()
        for side in self._sides.values():
            side.watch(self._listeners.telling(side.name))

    def add_routes(self, app: web.Application) -> None:
        """Mount the API under `/control`."""
        app.router.add_get("/control/state", self._state)
        app.router.add_get("/control/events", self._listeners.listen)
        app.router.add_get("/control/{platform}/log", _plainly(self._log))
        app.router.add_delete("/control/{platform}/fault", _plainly(self._forgive))
        for name, carry_out in (
            ("command", _order(Command, _command)),
            ("press", _order(Press, _press)),
            ("say", _order(Say, _say)),
            ("edit", _order(Edit, _edit)),
            ("delete", _order(Delete, _delete)),
            ("react", _order(React, _react)),
            ("shortcut", _order(Choose, _choose)),
            ("submit", _order(Submit, _submit)),
            ("dismiss", _order(Dismiss, _dismiss)),
            ("complete", _order(Complete, _complete)),
            ("fault", _order(Plan, _plan)),
        ):
            app.router.add_post(f"/control/{{platform}}/{name}", self._carrying_out(carry_out))

    def close(self) -> None:
        """Let every listener go."""
        self._listeners.close()

    def _carrying_out(self, carry_out: Callable[[Side, str], Awaitable[Json]]) -> Answer:
        async def answer(request: web.Request) -> web.Response:
            return web.json_response(await carry_out(self._side(request), await request.text()))

        return _plainly(answer)

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response({name: side.state() for name, side in self._sides.items()})

    async def _log(self, request: web.Request) -> web.Response:
        return web.json_response({"requests": self._side(request).journal.as_json()})

    async def _forgive(self, request: web.Request) -> web.Response:
        self._side(request).faults.clear()
        return web.json_response({})

    def _side(self, request: web.Request) -> Side:
        name = request.match_info["platform"]
        if name not in self._sides:
            raise Unlikely(f"There is no platform {name}: take {' or '.join(self._sides)}.")
        return self._sides[name]


def _plainly(answer: Answer) -> Answer:
    """The same with its errors in one sentence."""

    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request)
        except Unlikely as unlikely:
            return web.json_response({"error": str(unlikely)}, status=404)
        except ValidationError as wrong:
            return web.json_response({"error": complaint(wrong)}, status=400)

    return answered


def _order(
    form: type[Order], obey: Callable[[Side, Order], Awaitable[Json]]
) -> Callable[[Side, str], Awaitable[Json]]:
    async def carry_out(side: Side, text: str) -> Json:
        return await obey(side, form.model_validate_json(text))

    return carry_out


async def _command(side: Side, order: Command) -> Json:
    return await side.command(order.channel, order.person, order.text)


async def _press(side: Side, order: Press) -> Json:
    pressing = Pressing(order.channel, order.message, order.action, order.person, order.values)
    return await side.press(pressing)


async def _say(side: Side, order: Say) -> Json:
    if not order.to:
        return await side.say(order.channel, order.person, order.text, order.thread)
    if not isinstance(side, Answering):
        raise Unlikely(f"On {side.name} nobody answers one message of a thread: leave out `to`.")
    return await side.reply(order.thread or order.channel, order.person, order.text, order.to)


async def _edit(side: Side, order: Edit) -> Json:
    return await side.edit(order.channel, order.message, order.person, order.text)


async def _delete(side: Side, order: Delete) -> Json:
    return await side.delete(order.channel, order.message, order.person)


async def _react(side: Side, order: React) -> Json:
    return await side.react(Signing(**order.model_dump()))


async def _choose(side: Side, order: Choose) -> Json:
    return await side.choose(order.person, order.name, order.channel, order.message)


async def _submit(side: Side, order: Submit) -> Json:
    return await side.submit(order.person, order.dialog, order.values)


async def _dismiss(side: Side, order: Dismiss) -> Json:
    return await side.dismiss(order.person, order.dialog)


async def _complete(side: Side, order: Complete) -> Json:
    return {"choices": list(await side.complete(order.channel, order.person, order.text))}


async def _plan(side: Side, order: Plan) -> Json:
    side.faults.plan(Fault(**order.model_dump()))
    return {}
