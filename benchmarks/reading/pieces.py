"""The material of the fuzz: markup of every kind, hostile words, and blocks of each format."""

from __future__ import annotations

from tests.platforms.hostile import HOSTILE, MARKED

_LONG = "{} is a line of running text that is as long as a paragraph has to be: {}. It goes on {}."

PIECES = (
    *(*HOSTILE, *MARKED),
    *"[]()*_`~<>#|!&\\\"'=-+:;,.?{}$@%^/ \t\n\r\0",
    *(
        "\ufeff",
        "\u2028",
        "\u200d",
        "\u202e",
        "\u00a0",
        "\u3000",
        "👩‍👩‍👧",
        "é",
        "文",
        "ع",
        "\U000e0041",
    ),
    *(
        "---\n",
        "+++\n",
        "title: x\n",
        "&x [*x]\n",
        "- - - ",
        "> > ",
        "1. ",
        "```\n",
        "~~~\n",
        "***",
    ),
    *(
        "# A\n",
        "## ",
        "===\n",
        "---\n",
        "| a | b |\n|---|---|\n",
        "[a]: http://b\n",
        "\n\n",
        "==== ",
    ),
    *("[x](javascript:y)", "![a](http://b)", "<b>", "</b>", "<p>", "<table><tr><td>", "<ul><li>"),
    *("<!--", "-->", "<a href=x>", "&nbsp;", "&#8203;", "&lt;!channel&gt;", "@everyone", "<!here>"),
    *("http://a.b/c_d", "What's Next?\n", "**Why it matters:** x\n", ".SYNOPSIS...x\n", "&&\n"),
    *(
        "$$\n",
        "AI Generated Content\n",
        "..\n::\n",
        "Sources\n\n- ",
        "Questions\n\n- a?\n",
        "A B:\n",
    ),
    *("2026-01-02\n", "May 3, 2026\n", "Topics: a, b\n", "A. ", "word ", "A line of text. ", "• "),
    *("{} {}", _LONG),
)

_MARKDOWN = (
    *("{} {}", "{}\n{}.", "{} {}.  \n{}", _LONG),
    *("# {}", "### {} ###", "## {}\n{}", "{}\n---", "{} {}\n======", "**{}**", "**{}:** {}"),
    *("**Why it matters**: {}", "*{}* __{}__ ***{}*** `{}`", "- {}\n- {}\n  - {}", "• {}"),
    *("1. {}\n\n   {}\n2. {}", "> {}\n{}\n> - {}", "```\n{}\n```", "    {}", "***\n\n{}"),
    "| {} | {} |\n|---|---|\n| {} | ![{}](https://a.example) |",
    "[{}](https://a.example '{}') {} [a.example {}](https://b.example)",
    "[{}](javascript:void) ![{}](b.png) ![{}](https://a.example)",
    "[![{}](https://a.example)](https://b.example)",
    "<b>{}</b> <{}> {}<br>{}",
    "<details><summary>{}</summary>{}</details>",
    "~~{}~~ \\*{}\\* &amp; {} é 文 ع",
)
_PLAIN = (
    *("{} {}", "{}\n{}.", _LONG, f"{_LONG} {_LONG}", f"What's Happening?\n{_LONG}", "{}\n====\n{}"),
    *(f"Why It’s Important?\n\n{_LONG}", f"WHAT {{}} MEANS\n{_LONG}", "- {}\n- {}", "1. {}\n2. {}"),
    *(
        "{}   {}   {}\n{}   {}   {}\n{}   {}   {}",
        "{}: {}",
        ".SYNOPSIS...{} {}",
        "* {} *",
        "{} < {}",
    ),
    *("> {}", "{} & {} \\ {} `{}` [{}]", "&&\n{}", "{} é 文 ع 👩‍👩‍👧 {}", "### {}", "{}:\n- {}"),
)
_PAGES = (
    *("<p>{} <b>{}</b></p>", "{}<br>{}", "<h1>{}</h1>", "<h2>{}<br>{}</h2>", f"<p>{_LONG}</p>"),
    *("<div>{}<p>{}</p>{}</div>", "<ul><li>{}<ol><li>{}</ol>{}</ul>", "<pre>{}\n {}</pre>"),
    "<table><tr><th>{}<th>{}<tr><td>{}<td>{}</table>",
    "<table><tr><td><p>{}</p><ul><li>{}</ul></table>",
    "<table><caption>{}</caption><tr><td>{}</table>",
    "<blockquote>{}<p>{}</blockquote>",
    "<a href='https://a.example'>{} <i>{}</i></a> <a href='/b'>{}</a>",
    "<img src='https://a.example' alt='{}'><img src=b alt={}>",
    "<x-card>{}</x-card> <span>{}</span> &lt;{}&gt;",
    "<dl><dt>{}<dd>{}</dl>",
    "<figure><figcaption>{}</figcaption></figure>",
)
_RST = (
    "{} {}",
    _LONG,
    "{}\n======\n\n{}",
    "{} {}\n----------\n\n{}",
    "* {}\n* {}",
    "*{}* **{}** ``{}``",
)
_ASCIIDOC = (
    "{} {}",
    _LONG,
    "== {}\n\n{}",
    "=== {} {}\n\n{}",
    "* {}\n* {}",
    "----\n{}\n----",
    "`{}` *{}*",
)

BLOCKS = {"md": _MARKDOWN, "txt": _PLAIN, "html": _PAGES, "rst": _RST, "adoc": _ASCIIDOC}
"""Blocks of each format by the suffix of its files, with places for words."""
HEADS = {
    "md": (
        "",
        "",
        "---\ntitle: {} {}\ndate: 2026-01-02\n---\n",
        "# {} {}\n\n",
        "+++\ndraft = '{}'\n+++\n",
    ),
    "txt": ("", "", "{} {} Is a Title\n\n", "Title: {}\nTopics: a\n\n"),
    "html": ("<!doctype html><html><body>", "<html><head><title>x</title></head><body><h1>{}</h1>"),
    "rst": ("", "{} {}\n===========\n\n"),
    "adoc": ("", "= {} {}\n\n"),
}
"""What may stand above the blocks."""
