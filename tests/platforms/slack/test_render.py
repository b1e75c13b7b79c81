"""How messages are drawn for Slack: complete, and with notifications that say what matters."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.platforms.port import Address
from bot.platforms.slack.render import (
    draw,
    editing,
    posting,
    posting_bytes,
    requests,
    without_images,
)
from briefings.blocks import Code, Heading, List, Paragraph, Quote, Span, Table, plain
from briefings.message import Actions, Message, Note
from tests.platforms.samples import LEAD, POST, SAMPLES, paragraph
from tests.platforms.slack.drawn import elements, kinds, said, shown


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_drawn_as_ever(name: str, snapshot: SnapshotAssertion) -> None:
    pages = snapshot.use_extension(JSONSnapshotExtension)
    for number, payload in enumerate(draw(SAMPLES[name]), start=1):
        assert payload == pages(name=f"{name}-{number}")


def test_a_post_is_one_card_in_the_channel_and_the_rest_under_it(
    snapshot: SnapshotAssertion,
) -> None:
    calls = requests(POST, "C0DAILY01")
    assert [call.body.get("thread_ts") for call in calls] == [None, *["{card}"] * 4]
    assert {(call.method, call.path) for call in calls} == {("POST", "/chat.postMessage")}
    assert calls[0].body == snapshot.use_extension(JSONSnapshotExtension)


def test_two_tables_take_two_messages() -> None:
    table = Table((plain("a"),), ((plain("b"),),))
    payloads = draw(Message("T", (table, table)))
    assert ["".join(kinds(payload)).count("table") for payload in payloads] == [1, 1]


@pytest.mark.parametrize(
    ("label", "link", "beside"),
    [
        ("good.example", "https://good.example/", ""),
        ("www.good.example/path", "https://good.example/path", ""),
        ("https://good.example/path", "https://good.example/path?q", ""),
        ("https://good.example", "https://evil.example", " (evil.example)"),
        ("good.example.evil", "https://good.example", " (good.example)"),
        ("Read", "https://www.good.example/path", " (good.example)"),
        ("аррӏе.com", "https://аррӏе.com/", " (xn--80ak6aa92e.com)"),
        ("desk@good.example", "mailto:desk@good.example", ""),
        ("write", "mailto:desk@good.example", " (desk@good.example)"),
        ("login", "https://good.example@evil.example/", " (evil.example)"),
    ],
)
def test_a_link_shows_where_it_leads(label: str, link: str, beside: str) -> None:
    (payload,) = draw(Message("T", (Paragraph((Span(label, link=link),)),)))
    (drawn,) = elements(payload, "link")
    assert drawn["url"] == link
    assert "".join(said(payload["blocks"])) == "T" + label + beside


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://evil.example\\@good.example",
        "https://[broken",
        "https://",
        "https://e.example/\u2028",
        "https://" + "u" * 3_000,
        "https://..xn--\u0378/",
    ],
)
def test_an_address_that_is_none_is_no_link(link: str) -> None:
    (payload,) = draw(Message("T", (Paragraph((Span("label", link=link),)),)))
    assert list(elements(payload, "link")) == []
    assert shown([payload]) == "label"


def test_letters_are_never_turned_around() -> None:
    turned = "\u202emoc.live\u202d"
    link = Span(turned, link="https://evil.example")
    nothing = (Span("\u202e"), Span("\u202e", link="https://evil.example"))
    blocks = (Note((link,)), Paragraph((link, *nothing)), Note(nothing), Table(((link,),), ()))
    (payload,) = draw(Message(turned, blocks))
    assert "\u202e" not in str(payload)
    assert "moc.live (evil.example)" in "".join(said(payload["blocks"]))
    assert not [
        each for kind in ("text", "link") for each in elements(payload, kind) if not each["text"]
    ]


@pytest.mark.parametrize("label", ["a *b*", "x:smile:", "a|b", "_u_", "two\nlines"])
def test_small_print_that_mrkdwn_would_style_is_rich_text(label: str) -> None:
    (payload,) = draw(Message("T", (Note((Span(label, link="https://e.example"),)),)))
    assert kinds(payload) == ["header", "rich_text"]


def test_the_notification_carries_title_lead_and_headlines() -> None:
    (payload,) = draw(SAMPLES["card"])
    assert str(payload["text"]).splitlines() == [
        "The 2025 Chery International User Summit",
        LEAD,
        "Why It's Important?",
        "What's Next?",
    ]


def test_a_message_without_a_title_is_announced_by_its_lead() -> None:
    (payload,) = draw(Message("", (paragraph("The lead."),)))
    assert payload["text"] == "The lead."
    assert kinds(payload) == ["rich_text"]


def test_pictures_that_slack_cannot_fetch_become_links() -> None:
    (payload,) = draw(SAMPLES["image"])
    plainer = without_images(payload)
    assert kinds(plainer) == ["header", "rich_text"]
    assert shown([plainer]) == ("Guestsinfrontofthefactorygatehttps://example.org/summit.png")
    assert without_images({"text": "no blocks"}) == {"text": "no blocks"}


def test_blocks_that_say_nothing_are_not_drawn() -> None:
    silent = (
        paragraph(""),
        Heading(()),
        Code(""),
        List(()),
        Quote(()),
        Note(plain(" ")),
        Actions(()),
        Table((), ()),
    )
    (payload,) = draw(Message("T", silent))
    assert kinds(payload) == ["header"]


@pytest.mark.parametrize("thread", [None, "1515449000.000001"])
def test_the_bytes_of_a_post_say_what_its_body_says(thread: str | None) -> None:
    to = Address("C0DAILY01", thread)
    for payload in draw(POST.card):
        told = json.loads(posting_bytes(to, json.dumps(payload), "marker"))
        assert told == posting(to, payload, "marker")


def test_an_edit_names_its_message_and_makes_no_link_of_words() -> None:
    [payload] = draw(Message("Chery", (paragraph("Cars."),)))
    body = editing(Address("C0DAILY01", "1.1"), "1.2", {**payload, "unfurl_links": False}, "m")
    assert (body["channel"], body["ts"], body["parse"]) == ("C0DAILY01", "1.2", "none")
    assert (body["text"], body["blocks"]) == (payload["text"], payload["blocks"])
    assert body["metadata"] == posting(Address("C0DAILY01"), payload, "m")["metadata"]
    assert not {"unfurl_links", "unfurl_media", "thread_ts"} & set(body)
