"""How fast the reader is beside markdown-it-py alone, on small documents, and on floods.

uv run python -m benchmarks.reading.speed
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from markdown_it import MarkdownIt

from briefings.reading.reader import Unreadable, read

FLOODS = (
    *("[", "![", "[a", "[](", "[a](", "![a](", "[[a]]", "[" * 49 + "]" * 49, "[a]: b\n", "]("),
    *(
        "*a ",
        "**",
        "*_",
        "_a",
        "`",
        "`a``",
        "<",
        "<a ",
        "<a>",
        "<!--",
        "&",
        "&amp;",
        "\\",
        "~",
        "http://a.b ",
    ),
    *(
        "| a ",
        "|a|\n|-|\n",
        "> ",
        "\n> ",
        "- ",
        "\n- a",
        "1. ",
        "a\n",
        "a\n\n",
        "# ",
        "\n## a",
        "##a\n",
        "---\n",
    ),
    *(
        "**a:** b\n",
        "**a**\n",
        "A B:\n",
        "What's Next? ",
        ".A...b\n",
        "a   b\n",
        "=\n",
        "{",
        "- - ",
        "\t",
        "文",
        "'",
    ),
    *(
        "<div>",
        "<b>",
        "<p>",
        "<table><tr><td>",
        "<ul><li>a",
        "a: b\n",
        "title: a\n",
        "2026-01-01 ",
        "May 1 ",
    ),
)


def main() -> None:
    """Print the three measures."""
    texts = [path.read_text() for path in sorted(Path("seeds").glob("*.md"))]
    parser = MarkdownIt("commonmark").enable("table")
    alone = best(lambda: [parser.parse(text) for text in texts])
    whole = best(lambda: [read(text.encode(), "x.md") for text in texts])
    print(f"Markdown: {whole / alone:.2f} times markdown-it-py alone ({len(texts)} documents)")
    digest = Path("seeds/chery-international-user-summit.txt").read_bytes()
    took = best(lambda: [read(digest, "x.txt") for _ in range(50)]) / 50
    print(f"Digests: {1 / took:,.0f} a second")
    print(f"Floods: {', '.join(slowest(FLOODS))} (seconds for 100 kB, slowest five)")


def best(run: Callable[[], object]) -> float:
    """The least processor time of several runs, in seconds."""
    times = []
    for _ in range(7):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return min(times)


def slowest(floods: Sequence[str]) -> list[str]:
    """The five floods that take longest, with their seconds."""
    times = {
        (flood[:12], suffix): once((flood * 100_000)[:100_000].encode(), f"x.{suffix}")
        for flood in floods
        for suffix in ("md", "txt", "html")
    }
    worst = sorted(times.items(), key=lambda entry: -entry[1])[:5]
    return [f"{flood!r} as {suffix} {took:.2f}" for (flood, suffix), took in worst]


def once(data: bytes, name: str) -> float:
    """Processor seconds to read, or to refuse."""
    began = time.process_time()
    with suppress(Unreadable):
        read(data, name)
    return time.process_time() - began


if __name__ == "__main__":
    main()
