"""How Slack says no: an error code, with reasons where it gives them."""

from __future__ import annotations

from bot.sandbox.side import Json


class Refused(Exception):
    """A call that Slack refuses; its text is the error code.

    https://docs.slack.dev/apis/web-api/#responses
    """

    def __init__(self, code: str, *reasons: str) -> None:
        super().__init__(code)
        self.code = code
        self.reasons = reasons

    def answer(self) -> Json:
        """The JSON of the refusal, with the reasons both ways in which Slack gives them.

        Seen in https://github.com/grafana-cold-storage/oncall/pull/5121
        """
        answer: Json = {"ok": False, "error": self.code}
        if self.reasons:
            answer["errors"] = list(self.reasons)
            messages = [f"[ERROR] {reason}" for reason in self.reasons]
            answer["response_metadata"] = {"messages": messages}
        return answer


class Limited(Exception):
    """A call that comes too early by `seconds`.

    https://docs.slack.dev/apis/web-api/rate-limits
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds
