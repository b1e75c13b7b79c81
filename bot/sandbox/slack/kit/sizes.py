"""The sizes of Block Kit, in code points and items; the addresses say where each is written.

Below https://docs.slack.dev/reference/block-kit: `blocks/…`, `block-elements/…`,
`composition-objects/…`. Where the page names none, the size is the one that Slack's own Python
SDK enforces: https://github.com/slackapi/python-slack-sdk (slack_sdk/models/blocks).
"""

# composition-objects
TEXT = 3000  # text-object
OPTION_TEXT = 75  # option-object
OPTION_VALUE = 150
OPTIONS = 100  # option-group-object, block-elements/select-menu-element
CONFIRM_TITLE = 100  # confirmation-dialog-object
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
IDENTIFIER = 255  # block_id, action_id: block-elements, blocks
URL = 3000

# block-elements
BUTTON_TEXT = 75  # button-element
BUTTON_VALUE = 2000
BUTTON_LABEL = 75
BUTTON_PROMPT = 4000
PLACEHOLDER = 150  # select-menu-element, plain-text-input-element
OVERFLOW_OPTIONS = 5  # overflow-menu-element
CHOICES = 10  # checkboxes-element, radio-button-group-element
INPUT_TEXT = 3000  # plain-text-input-element
INPUT_FILES = 10  # file-input-element
INPUT_LINES = 100  # rich-text-input-element
ICON_VIEWERS = 10  # icon-button-element

# blocks
BLOCKS = 50  # blocks, for messages
VIEW_BLOCKS = 100  # blocks, for modals and Home tabs
ACTIONS_ELEMENTS = 25  # actions-block
CONTEXT_ELEMENTS = 10  # context-block
CONTEXT_ACTIONS = 5  # context-actions-block
HEADER = 150  # header-block
SECTION_FIELDS = 10  # section-block
SECTION_FIELD = 2000
ALT_TEXT = 2000  # image-block
IMAGE_TITLE = 2000
INPUT_LABEL = 2000  # input-block
MARKDOWN = 12_000  # markdown-block, over all of a message
ALERT = 200  # alert-block
CARD_TITLE = 150  # card-block
CARD_BODY = 200
CARD_BUTTONS = 3
CAROUSEL_CARDS = 10  # carousel-block
CONTAINER_TITLE = 150  # container-block
CONTAINER_BLOCKS = 10
PLAN_TASKS = 50  # plan-block
VIDEO_TITLE = 200  # video-block
VIDEO_AUTHOR = 50
VIDEO_TITLE_URL = 2000
LIST_INDENT = 8  # rich-text-block
TABLE_ROWS = 100  # table-block
TABLE_COLUMNS = 20
DATA_ROWS = 101  # data-table-block; with the header
DATA_PAGE = 100
DATA_TEXT = 20_000
CHART_TITLE = 50  # data-visualization-block
CHART_PARTS = 6  # segments of a pie, series of the others
CHART_POINTS = 20
CHART_LABEL = 20
CHART_AXIS = 50
CHARTS = 2  # in a message

TABLES = 1
"""More is `invalid_attachments`, `only_one_table_allowed`; `data_table` counts as well:
https://github.com/slackapi/slack-skills-plugin"""

WEIGHT = 13_200
"""All blocks of a message together; above, `msg_blocks_too_long`. Slack documents no such limit.
Observed: about 13,200 characters, 13,297 in a lone markdown block and fewer with every divider
(https://github.com/slackapi/bolt-js/issues/2509), about a hundred less for each header, and a
refusal of rich text that held only 11,341 (https://github.com/slackapi/bolt-js/issues/2867). All
of it fits the length of the blocks as JSON, which is what is counted here."""

# surfaces/modals and reference/views
VIEW_TITLE = 24
VIEW_METADATA = 3000
