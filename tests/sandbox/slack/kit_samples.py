"""One good block of every kind, with all that it may hold."""

from __future__ import annotations

from typing import Any

from tests.sandbox.slack.served import button


def plain(text: str = "Text") -> Any:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Text*") -> Any:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str = "a") -> Any:
    return {"text": plain(value), "value": value, "description": plain("More")}


def confirm() -> Any:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn(),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        "style": "danger",
    }


def image() -> Any:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A car"}


STYLE = {"bold": True, "italic": True, "strike": True, "code": True, "underline": True}
PARTS: list[Any] = [
    {"type": "text", "text": "Text", "style": STYLE},
    {"type": "link", "url": "https://example.com", "text": "example.com", "style": {"bold": True}},
    {"type": "emoji", "name": "wave", "unicode": "1f44b"},
    {"type": "user", "user_id": "U0ALICE001"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "channel", "channel_id": "C0DAILY01"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#fff000"},
    {"type": "date", "timestamp": 1795000000, "format": "{date}", "fallback": "today"},
]
SECTION = {"type": "rich_text_section", "elements": PARTS}
RICH: dict[str, Any] = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        SECTION,
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [SECTION]},
        {"type": "rich_text_quote", "elements": PARTS, "border": 1},
        {"type": "rich_text_preformatted", "elements": PARTS[:2], "border": 0},
    ],
}
CELL = {"type": "rich_text", "elements": [SECTION]}
CARD: dict[str, Any] = {
    "type": "card",
    "title": mrkdwn(),
    "subtitle": mrkdwn(),
    "body": mrkdwn(),
    "hero_image": image(),
    "icon": image(),
    "actions": button()["elements"],
}
PICKING = {"placeholder": plain("Pick"), "confirm": confirm()}
MENUS: list[Any] = [
    {
        "type": "static_select",
        "action_id": "m1",
        "options": [option()],
        "initial_option": option(),
        **PICKING,
    },
    {
        "type": "external_select",
        "action_id": "m2",
        "min_query_length": 1,
        "placeholder": plain("Pick"),
    },
    {
        "type": "users_select",
        "action_id": "m3",
        "initial_user": "U0ALICE001",
        "placeholder": plain("Pick"),
    },
    {"type": "channels_select", "action_id": "m4", "placeholder": plain("Pick")},
    {
        "type": "conversations_select",
        "action_id": "m5",
        "filter": {"include": ["public"], "exclude_bot_users": True},
        "placeholder": plain("Pick"),
    },
    {
        "type": "multi_static_select",
        "action_id": "m6",
        "option_groups": [{"label": plain("Group"), "options": [option()]}],
        "initial_options": [option()],
        "max_selected_items": 2,
        "placeholder": plain("Pick"),
    },
    {
        "type": "multi_users_select",
        "action_id": "m7",
        "initial_users": ["U1"],
        "placeholder": plain("Pick"),
    },
    {"type": "overflow", "action_id": "m8", "options": [option()], "confirm": confirm()},
    {"type": "checkboxes", "action_id": "m9", "options": [option(), option("b")]},
    {"type": "radio_buttons", "action_id": "m10", "options": [option()]},
    {
        "type": "datepicker",
        "action_id": "m11",
        "initial_date": "2026-11-22",
        "placeholder": plain("Pick"),
    },
    {
        "type": "timepicker",
        "action_id": "m12",
        "initial_time": "09:00",
        "placeholder": plain("Pick"),
    },
    {"type": "datetimepicker", "action_id": "m13", "initial_date_time": 1795000000},
    {
        "type": "button",
        "action_id": "m14",
        "text": plain("Go"),
        "style": "primary",
        "url": "https://example.com",
        "value": "go",
        "accessibility_label": "Go there",
        "confirm": confirm(),
    },
    {
        "type": "workflow_button",
        "action_id": "m15",
        "text": plain("Run"),
        "workflow": {"trigger": {"url": "https://example.com"}},
    },
]
FEEDBACK = {"text": plain("Good"), "value": "good", "accessibility_label": "Good answer"}
BLOCKS: dict[str, Any] = {
    "actions": {"type": "actions", "block_id": "acts", "elements": MENUS},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {
        "type": "container",
        "title": plain("Group"),
        "child_blocks": [{"type": "divider"}, {"type": "section", "text": mrkdwn()}],
        "width": "full",
        "is_collapsible": True,
    },
    "context": {"type": "context", "elements": [plain(), mrkdwn(), image()]},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": FEEDBACK,
                "negative_button": FEEDBACK,
            },
            {"type": "icon_button", "action_id": "i", "icon": "trash", "text": plain("Bin")},
        ],
    },
    "data_table": {
        "type": "data_table",
        "caption": "Sales",
        "page_size": 10,
        "rows": [
            [{"type": "raw_text", "text": "Year"}, {"type": "raw_text", "text": "Cars"}],
            [CELL, {"type": "raw_number", "value": 7, "text": "7"}],
        ],
    },
    "divider": {"type": "divider", "block_id": "line"},
    "file": {"type": "file", "external_id": "f1", "source": "remote"},
    "header": {"type": "header", "text": plain()},
    "image": {**image(), "title": plain()},
    "input": {
        "type": "input",
        "label": plain(),
        "hint": plain(),
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": "t", "multiline": True},
    },
    "markdown": {"type": "markdown", "text": "# Text"},
    "plan": {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"type": "task_card", "task_id": "1", "title": "First", "status": "pending"}],
    },
    "rich_text": RICH,
    "section": {
        "type": "section",
        "text": mrkdwn(),
        "fields": [plain(), mrkdwn()],
        "accessory": image(),
        "expand": True,
    },
    "table": {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "Year"}], [CELL]],
        "column_settings": [{"align": "right", "is_wrapped": True}],
    },
    "task_card": {
        "type": "task_card",
        "task_id": "1",
        "title": "First",
        "status": "complete",
        "details": RICH,
        "sources": [{"type": "url", "url": "https://example.com", "text": "Example"}],
    },
    "video": {
        "type": "video",
        "alt_text": "A film",
        "title": plain(),
        "thumbnail_url": "https://example.com/a.png",
        "video_url": "https://example.com/a.mp4",
        "author_name": "Somebody",
    },
}
CHART: dict[str, Any] = {
    "type": "data_visualization",
    "title": "Sales",
    "chart": {
        "type": "bar",
        "series": [{"name": "Cars", "data": [{"label": "2026", "value": 7}]}],
        "axis_config": {"categories": ["2026"], "x_label": "Year"},
    },
}
