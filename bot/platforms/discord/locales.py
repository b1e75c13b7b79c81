"""The names and descriptions of the commands in the languages that Discord's people use.

https://discord.com/developers/docs/interactions/application-commands#localization
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

_SPANISH = ("es-ES", "es-419")

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Find a briefing about this": {
            "de": "Briefing dazu finden",
            "fr": "Trouver un briefing à ce sujet",
            "es": "Buscar un briefing sobre esto",
            "ja": "関連するブリーフィングを探す",
        },
        "about": {"de": "thema", "fr": "sujet", "es": "tema", "ja": "話題"},
        "Today's briefing, or the one you look for": {
            "de": "Das heutige Briefing, oder das gesuchte",
            "fr": "Le briefing du jour, ou celui que vous cherchez",
            "es": "El briefing de hoy, o el que buscas",
            "ja": "今日のブリーフィング、またはお探しのもの",
        },
        "A few words about it; typing mistakes are fine": {
            "de": "Ein paar Wörter dazu; Tippfehler schaden nicht",
            "fr": "Quelques mots à son sujet ; les fautes de frappe ne gênent pas",
            "es": "Unas palabras sobre el tema; las erratas no importan",
            "ja": "内容を表す数語。入力ミスがあっても構いません",
        },
        "When and what is posted in this channel": {
            "de": "Wann und was in diesem Kanal gepostet wird",
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
    """The words by Discord's locales; nothing where there is no translation."""
    known = WORDS.get(words, {})
    return {
        locale: text
        for language, text in known.items()
        for locale in (_SPANISH if language == "es" else (language,))
    }
