"""What the page says that is not in its templates."""

from __future__ import annotations

from bot.store.releasing import Verdict
from briefings.intents import Verdict as Decided

ROOMS = {"Today": "/bot/today", "Library": "/bot/library", "Discussions": "/bot/discussions"}

STARTING = "The bot is still starting: this page comes by itself in a moment."
NOT_HERE = "There is no such page: choose one above."
NO_BRIEFING = "There is no briefing of this name in the library."
NOT_YOURS = "This post is not there, or not in a channel that you may manage."
OTHER_HOST = "The page answers to its own address alone: use the one that the bot printed or sent."
OTHER_SITE = "The page takes nothing from other web sites: use its own buttons."
OLD_FORM = "This form is of an earlier visit: load the page again, then press once more."
NOT_IN = "You are not signed in: write /briefings page in a channel that you manage."
LEFT = "You are signed out: /briefings page lets you in again."
USED_UP = "This link was used, or is older than ten minutes: write /briefings page for a new one."
UNFOUND = "Choose one of: post it, it is there, skip."

RELEASED = {
    Verdict.POST: "Released: it is posted within seconds.",
    Verdict.THERE: "Noted that it is there: what is left of it follows within seconds.",
    Verdict.SKIP: "Skipped: it will not be posted.",
}

DECIDED = {Decided.APPROVE: "approved", Decided.HOLD: "held"}
