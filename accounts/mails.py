"""Mails: plain text that a person wrote, and the same text set in HTML."""

import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cinehub.kit.sealing import seal, unseal

HTML = "text/html"
FIELDS = ("subject", "body", "from_email", "to")
_ADDRESS = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True)
class Part:
    """A paragraph; a button where it ends with an address alone on its line."""

    lines: list[str]
    address: str = ""
    # Set apart and large: what is to be typed elsewhere.
    is_code: bool = False
    is_list: bool = False


def write(
    subject: str, text: str, to: str, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """`text` has paragraphs between empty lines.

    A line that starts with four blanks is a code, lines that start with a dash are a list, and an
    address alone on the last line is a button with the words before it.
    """
    words = {"subject": subject, "text": text.strip("\n"), "home": f"{settings.SITE_URL}/"}
    body = render_to_string("mail/base.txt", words)
    message = EmailMultiAlternatives(subject, body, to=[to], headers=headers)
    html = render_to_string("mail/base.html", words | {"parts": parts_of(text)})
    message.attach_alternative(html, HTML)
    return message


def parts_of(text: str) -> list[Part]:
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text)]
    return [_part(block) for block in blocks if block.strip()]


def pack(message: EmailMultiAlternatives) -> str:
    """Sealed, because a mail may bear a key to an account."""
    told = {field: getattr(message, field) for field in FIELDS}
    told["headers"] = message.extra_headers
    told["html"] = next((str(text) for text, kind in message.alternatives if kind == HTML), "")
    return seal(json.dumps(told))


def unpack(sealed: str) -> EmailMultiAlternatives:
    told = json.loads(unseal(sealed))
    html = told.pop("html")
    message = EmailMultiAlternatives(**told)
    if html:
        message.attach_alternative(html, HTML)
    return message


def _part(block: str) -> Part:
    lines = [line.strip() for line in block.split("\n")]
    if block.startswith("    "):
        return Part(lines, is_code=True)
    if all(line.startswith("- ") for line in lines):
        return Part([line[2:] for line in lines], is_list=True)
    if _ADDRESS.match(lines[-1]):
        return Part([" ".join(lines[:-1]).rstrip(":")], address=lines[-1])
    return Part(lines)
