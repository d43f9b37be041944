"""Pages as their readers get them."""

import html
import re

from django.test import Client


def shown(client: Client, address: str, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def text(markup: str) -> str:
    """Its words, without what marks them up."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def part(page: str, pattern: str) -> str:
    """The words of what the pattern finds first."""
    found = re.search(pattern, page, re.DOTALL)
    assert found, pattern
    return text(found[0])
