"""Headings and furniture that many documents share, and what counts as the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = str.maketrans("“”„‟«»？：", '""""""?:', "'‘’ʼʹ′´`*")
_LONGEST = 300
_ENDS = re.compile(r"^[\W_]*?(?=[\w'\"(\[{])|[\s?:.…]+$")


def words(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


HEADINGS = """
what's happening | what is happening | what happened | why it's important | why it is important
why it matters | why this matters | why you should care | what's next | what is next
what comes next | what happens next | beyond the headlines | the big picture | the bottom line
driving the news | between the lines | go deeper | yes, but | by the numbers | zoom in | zoom out
what they're saying | what they are saying | state of play | catch up quick | how it works
the intrigue | of note | flashback | what to watch | what we're watching | the other side
reality check | worth noting | the latest | the backstory | context | the details | be smart
what to know | what you need to know | what we know | what we don't know | key takeaways | takeaways
key points | key findings | highlights | key dates | key figures | facts and figures
summary | executive summary | overview | introduction | background | abstract | at a glance
in brief | in short | in depth | news in brief | top stories | top story | headlines | opinion
impact | severity | root cause | root causes | contributing factors | timeline | resolution
detection | mitigation | lessons learned | action items | next steps | follow-up | follow up
corrective actions | what went well | what went wrong | recommendations | recommendation
conclusion | conclusions | outlook | analysis | discussion | methodology | results | findings
risks | opportunities | decisions | questions | discussion questions | open questions
sources | source | references | further reading | read more | related | notes | footnotes | credits
contact | contacts | appendix | acknowledgements | affected versions | affected products
who is affected | solution | workaround | workarounds | description | details | terminology
what are the needs | how are we helping | watches and warnings | synopsis | agenda | attendees
was passiert | was ist passiert | warum es wichtig ist | warum das wichtig ist | wie es weitergeht
que se passe-t-il | pourquoi c'est important | et maintenant | la suite
qué está pasando | qué pasó | por qué es importante | por qué importa | qué sigue | qué viene ahora
zusammenfassung | hintergrund | ausblick | fazit | quellen | résumé | contexte | sources
resumen | contexto | fuentes | sommario | fonti
"""
FURNITURE = frozenset(
    {
        "what is the story about",
        "ai generated content",
        "do you find this article useful",
        "did you find this article useful",
        "was this article helpful",
    }
)
"""Lines of the page around an article; the questions among them are shaped like headings."""
GENERIC = frozenset({"bulletin", "urgent", "press release", "for immediate release", "newsletter"})
"""What a document is, in the line above its title."""
SOURCES = words(
    """
    sources source references quellen fuentes fonti bibliography 出典 来源 参考资料 参考文献
    출처 المصادر источники
    """
)
QUESTIONS = frozenset(
    {"questions", "discussion questions", "questions to discuss", "questions for discussion"}
)


def key(text: str) -> str:
    """The words of a heading for comparison: case, apostrophes and closing marks aside.

    A text too long for a heading stands for itself.
    """
    if len(text) > _LONGEST:
        return text
    return _ENDS.sub("", " ".join(text.translate(_MARKS).split())).casefold()


def keys(texts: Iterable[str]) -> frozenset[str]:
    """The keys of several headings."""
    return frozenset(key(text) for text in texts)


KNOWN = keys(HEADINGS.replace("\n", "|").split("|")) - {""}
LABELS = words(
    """
    author authors by byline category categories channel classification contact cc copyright
    created date day department edition editor email file filename filed for from generated id
    issue issued language layout license location modified number original original-published
    period permalink posted prepared project published publisher reference release released
    reporter reviewed revised revision slug source status subject subtitle tag tags time title
    to topic topics type updated url version via website week weekday window data-note
    last-updated
    """
)
"""Labels in bold that say something about a document and open no section of it."""
GLUED = re.compile(
    r"(?:^|(?<=[.!?…\"”’)]\s))"
    r"(What[’']s Happening\?|Why It[’']s Important\?|What[’']s Next\?|Beyond the Headlines)"
    r"(?=\s+[\w\"“‘'(]|\s*$)"
)
"""The headings of the digest family where a line break beside them was lost."""
