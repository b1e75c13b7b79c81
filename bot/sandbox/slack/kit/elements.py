"""Elements that people press and pick from.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from __future__ import annotations

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.shapes import (
    Check,
    Fields,
    boolean,
    listing,
    needs,
    number,
    one_of,
    record,
    text,
    typed,
    url,
)
from bot.sandbox.slack.kit.texts import (
    CHOICE,
    CONFIRM,
    FILE,
    FILTER,
    GROUP,
    IDENTIFIER,
    MANY,
    OPTION,
    PLACEHOLDER,
    STYLE,
    initial_among_options,
    plain,
)

ACTING: Fields = {"action_id": IDENTIFIER, "confirm": CONFIRM, "focus_on_load": boolean}
PICKING: Fields = {**ACTING, "placeholder": PLACEHOLDER}
SEVERAL: Fields = {**PICKING, "max_selected_items": MANY}
LABEL: Fields = {"accessibility_label": text(sizes.BUTTON_LABEL)}
CONVERSATION: Fields = {"default_to_current_conversation": boolean, "filter": FILTER}
DATE = text(10, 10)
TIME = text(5, 5)

IMAGE = typed(
    {
        "image": record(
            {"alt_text": text(sizes.ALT_TEXT)},
            {"image_url": url(sizes.URL), "slack_file": FILE},
            needs("image_url", "slack_file", exactly=True),
        )
    }
)

_feedback = record(
    {"text": plain(sizes.BUTTON_TEXT), "value": text(sizes.BUTTON_VALUE)},
    LABEL,
)


def _listed(more: Fields) -> Check:
    return record(
        {},
        {
            **more,
            "options": listing(OPTION, sizes.OPTIONS),
            "option_groups": listing(GROUP, sizes.OPTIONS),
        },
        needs("options", "option_groups", exactly=True),
        initial_among_options,
    )


def _menus(prefix: str, more: Fields, initial: str) -> dict[str, Check]:
    """The five menus, for one value or for several."""
    one = initial == "initial_option"
    names = listing(text(), None) if not one else text()
    option = OPTION if one else listing(OPTION, sizes.OPTIONS)
    plural = "" if one else "s"
    enabled: Fields = {"response_url_enabled": boolean} if one else {}
    at_first = {**more, initial: option}
    return {
        f"{prefix}static_select": _listed(at_first),
        f"{prefix}external_select": record({}, {**at_first, "min_query_length": number(least=0)}),
        f"{prefix}users_select": record({}, {**more, f"initial_user{plural}": names}),
        f"{prefix}channels_select": record(
            {}, {**more, **enabled, f"initial_channel{plural}": names}
        ),
        f"{prefix}conversations_select": record(
            {}, {**more, **enabled, **CONVERSATION, f"initial_conversation{plural}": names}
        ),
    }


BUTTON = record(
    {"text": plain(sizes.BUTTON_TEXT)},
    {
        **LABEL,
        "action_id": IDENTIFIER,
        "confirm": CONFIRM,
        "url": url(sizes.URL),
        "value": text(sizes.BUTTON_VALUE),
        "style": STYLE,
        "agent_prompt": text(sizes.BUTTON_PROMPT),
    },
)

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "workflow_button": record(
        {
            "text": plain(sizes.BUTTON_TEXT),
            "workflow": record(
                {
                    "trigger": record(
                        {"url": url(sizes.URL)},
                        {
                            "customizable_input_parameters": listing(
                                record({"name": text(), "value": text()})
                            )
                        },
                    )
                }
            ),
        },
        {**LABEL, "action_id": IDENTIFIER, "style": STYLE},
    ),
    "checkboxes": record(
        {"options": listing(CHOICE, sizes.CHOICES)},
        {**ACTING, "initial_options": listing(CHOICE, sizes.CHOICES)},
        initial_among_options,
    ),
    "radio_buttons": record(
        {"options": listing(CHOICE, sizes.CHOICES)},
        {**ACTING, "initial_option": CHOICE},
        initial_among_options,
    ),
    "overflow": record(
        {"options": listing(OPTION, sizes.OVERFLOW_OPTIONS)},
        {"action_id": IDENTIFIER, "confirm": CONFIRM},
    ),
    "datepicker": record({}, {**PICKING, "initial_date": DATE}),
    "timepicker": record({}, {**PICKING, "initial_time": TIME, "timezone": text()}),
    "datetimepicker": record({}, {**ACTING, "initial_date_time": number(least=0)}),
    **_menus("", PICKING, "initial_option"),
    **_menus("multi_", SEVERAL, "initial_options"),
}

CONTEXT_ELEMENTS: dict[str, Check] = {
    "feedback_buttons": record(
        {"positive_button": _feedback, "negative_button": _feedback},
        {"action_id": IDENTIFIER},
    ),
    "icon_button": record(
        {"icon": one_of("trash"), "text": plain(sizes.BUTTON_TEXT)},
        {
            **LABEL,
            "action_id": IDENTIFIER,
            "value": text(sizes.BUTTON_VALUE),
            "confirm": CONFIRM,
            "visible_to_user_ids": listing(text(), sizes.ICON_VIEWERS),
        },
    ),
}
