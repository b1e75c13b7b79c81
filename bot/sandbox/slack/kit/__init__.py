"""Block Kit as Slack accepts it: an offline, stricter `blocks.validate`.

https://docs.slack.dev/reference/methods/blocks.validate
"""
