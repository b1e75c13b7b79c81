"""The names and descriptions of the commands in the languages that Discord's people use.

Those that the bot speaks are in its catalogues; in some more the commands alone are described.

https://discord.com/developers/docs/interactions/application-commands#localization
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.tongues import languages, tongue_for
from briefings.tongue import mark, say, speaking

_LOCALES = {"es": ("es-ES", "es-419"), "zh": ("zh-CN", "zh-TW")}
"""What Discord calls a language, where it is not its tag."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        mark("Find a briefing about this"): {
            "fr": "Trouver un briefing à ce sujet",
            "es": "Buscar un briefing sobre esto",
            "ja": "関連するブリーフィングを探す",
        },
        mark("about"): {"fr": "sujet", "es": "tema", "ja": "話題"},
        mark("Today's briefing, or the one you look for"): {
            "fr": "Le briefing du jour, ou celui que vous cherchez",
            "es": "El briefing de hoy, o el que buscas",
            "ja": "今日のブリーフィング、またはお探しのもの",
        },
        mark("A few words about it; typing mistakes are fine"): {
            "fr": "Quelques mots à son sujet ; les fautes de frappe ne gênent pas",
            "es": "Unas palabras sobre el tema; las erratas no importan",
            "ja": "内容を表す数語。入力ミスがあっても構いません",
        },
        mark("When and what is posted in this channel"): {
            "fr": "Quand et quoi est publié dans ce salon",
            "es": "Cuándo y qué se publica en este canal",
            "ja": "このチャンネルに何をいつ投稿するか",
        },
    }
)
"""By the English words. `/briefing` and `/briefings` keep their names: every text names them so."""


def localized(command: Mapping[str, Any]) -> dict[str, Any]:
    """A command or an option in Discord's JSON, with its translations and those of its options."""
    told = dict(command)
    for key in ("name", "description"):
        if words := translations(str(command.get(key, ""))):
            told[f"{key}_localizations"] = words
    if "options" in command:
        told["options"] = [localized(option) for option in command["options"]]
    return told


def translations(words: str) -> dict[str, str]:
    """The words by Discord's locales; nothing where there is no translation.

    https://discord.com/developers/docs/reference#locales
    """
    known = dict(WORDS.get(words, {}))
    for language in languages() if known else ():
        with speaking(tongue_for(language)):
            if (told := say(words)) != words:
                known[language] = told
    return {
        locale: text
        for language, text in known.items()
        for locale in _LOCALES.get(language, (language,))
    }
