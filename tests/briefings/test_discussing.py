"""Which web addresses somebody said."""

from __future__ import annotations

import pytest

from briefings.discussing import LINKS, links_in


@pytest.mark.parametrize(
    ("said", "links"),
    [
        ("nothing here", ()),
        ("https://", ()),
        ("see https://a.example/x.", ("https://a.example/x",)),
        ("(as on https://a.example/x)", ("https://a.example/x",)),
        ("https://a.example/Tram_(vehicle)", ("https://a.example/Tram_(vehicle)",)),
        ("(https://a.example/Tram_(vehicle)).", ("https://a.example/Tram_(vehicle)",)),
        ("**https://a.example/**", ("https://a.example/",)),
        ("<https://a.example/x|a.example>", ("https://a.example/x",)),
        ("https://b.example then http://a.example then https://b.example",
         ("https://b.example", "http://a.example")),
        ("Is it HTTPS://A.example/?!", ("HTTPS://A.example/",)),
    ],
)  # fmt: skip
def test_addresses_are_found_without_what_ends_their_sentence(
    said: str, links: tuple[str, ...]
) -> None:
    assert links_in(said) == links


def test_of_very_many_addresses_the_first_are_kept() -> None:
    many = [f"https://a.example/{number}" for number in range(LINKS + 3)]
    assert links_in(" ".join(many)) == tuple(many[:LINKS])
