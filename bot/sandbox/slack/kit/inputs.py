"""Elements that people write into: https://docs.slack.dev/reference/block-kit/block-elements"""

from __future__ import annotations

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.elements import ELEMENTS
from bot.sandbox.slack.kit.rich_text import RICH_TEXT
from bot.sandbox.slack.kit.shapes import Check, Fields, boolean, listing, number, record, text
from bot.sandbox.slack.kit.texts import DISPATCH, IDENTIFIER, PLACEHOLDER

WRITING: Fields = {
    "action_id": IDENTIFIER,
    "placeholder": PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
WRITTEN: Fields = {**WRITING, "initial_value": text(sizes.INPUT_TEXT, 0)}

RICH_TEXT_INPUT = record(
    {},
    {
        **WRITING,
        "initial_value": RICH_TEXT,
        "min_lines": number(1, sizes.INPUT_LINES),
        "max_lines": number(1, sizes.INPUT_LINES),
    },
)

INPUTS: dict[str, Check] = {
    **{
        name: check
        for name, check in ELEMENTS.items()
        if name not in {"button", "workflow_button", "overflow"}
    },
    "plain_text_input": record(
        {},
        {
            **WRITTEN,
            "multiline": boolean,
            "min_length": number(0, sizes.INPUT_TEXT),
            "max_length": number(1, sizes.INPUT_TEXT),
        },
    ),
    "email_text_input": record({}, WRITTEN),
    "url_text_input": record({}, WRITTEN),
    "number_input": record(
        {"is_decimal_allowed": boolean}, {**WRITTEN, "min_value": text(), "max_value": text()}
    ),
    "rich_text_input": RICH_TEXT_INPUT,
    "file_input": record(
        {},
        {
            "action_id": IDENTIFIER,
            "filetypes": listing(text()),
            "max_files": number(1, sizes.INPUT_FILES),
        },
    ),
}
