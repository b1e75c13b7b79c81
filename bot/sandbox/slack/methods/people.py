"""Who is who: `auth.test`, `users.*`, `team.info`, `bots.info`."""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method
from bot.sandbox.slack.methods.pages import page
from bot.sandbox.slack.outlook import show_bot, show_person
from bot.sandbox.slack.rates import OFTEN, TIERS
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Person, Workspace


def auth_test(slack: Slack, _: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test"""
    app, team = slack.workspace.app, slack.workspace.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": app.name,
        "team_id": team.id,
        "user_id": app.user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def users_info(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.info"""
    for person in _everybody(slack.workspace):
        if person.id == args.text("user"):
            told: Json = {"locale": person.locale} if args.flag("include_locale") else {}
            return {"user": show_person(slack.workspace, person) | told}
    raise Refused("user_not_found")


def users_list(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.list"""
    some, more = page(_everybody(slack.workspace), args, 1000, 1000)
    shown = [show_person(slack.workspace, each) for each in some]
    return {"members": shown, "cache_ts": int(slack.workspace.clock()), **more}


def team_info(slack: Slack, _: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/team.info"""
    team = slack.workspace.team
    shown = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    return {"team": {**shown, "url": f"https://{team.domain}.slack.com/", "icon": {}}}


def bots_info(slack: Slack, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/bots.info"""
    if args.text("bot") != slack.workspace.app.bot_id:
        raise Refused("bot_not_found")
    return {"bot": show_bot(slack.workspace)}


def _everybody(workspace: Workspace) -> list[Person]:
    return [*workspace.people.values(), Person(workspace.app.user, workspace.app.name)]


METHODS = {
    "auth.test": Method(auth_test, OFTEN),
    "users.info": Method(users_info, TIERS[4]),
    "users.list": Method(users_list, TIERS[2]),
    "team.info": Method(team_info, TIERS[3]),
    "bots.info": Method(bots_info, TIERS[3]),
}
