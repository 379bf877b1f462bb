"""Reads a message from standard input with Python's own parser and tells what it holds, as JSON."""

import hashlib
import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses


def unflowed(text):
    """The text that format=flowed was made of (RFC 3676 §4)."""
    lines, open_line, open_depth = [], None, 0
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest[1:] if rest.startswith(" ") else rest
        flows = rest.endswith(" ") and rest != "-- "
        if open_line is not None and depth == open_depth:
            lines[-1] += rest
        else:
            lines.append(">" * depth + (" " if depth else "") + rest)
        open_line, open_depth = (rest, depth) if flows else (None, 0)
    return "\n".join(lines)


def people(name):
    # By the older parser: the newer one leaves a space where a name goes on in another encoded word (RFC 2047 §6.2).
    found = getaddresses(message_from_bytes(raw).get_all(name, []))
    return [[str(make_header(decode_header(person))), address] for person, address in found]


def text_of(part):
    text = part.get_content().replace("\r\n", "\n")
    return unflowed(text) if part["content-type"].params.get("format") == "flowed" else text


raw = sys.stdin.buffer.read()
message = message_from_bytes(raw, policy=policy.default)
files = []
texts = {"plain": None, "html": None}
for part in message.walk():
    within = part.get_content_type() == "message/rfc822"
    if part.get_content_maintype() == "text" and part.get_content_disposition() is None:
        texts[part.get_content_subtype()] = texts.get(part.get_content_subtype()) or text_of(part)
    elif within or not part.is_multipart():
        content = b"" if within else part.get_payload(decode=True)
        files.append(
            {
                "name": part.get_filename(),
                "type": part.get_content_type(),
                "disposition": part.get_content_disposition(),
                "cid": part["content-id"],
                "sha256": None if within else hashlib.sha256(content).hexdigest(),
                "subject": part.get_payload(0)["subject"] if within else None,
            }
        )
    if within:
        break
notification = [part for part in message.walk() if part.get_content_type() == "message/disposition-notification"]
json.dump(
    {
        "subject": message["subject"],
        "messageId": message["message-id"],
        "inReplyTo": message["in-reply-to"],
        "references": message["references"],
        **{name: people(name) for name in ("from", "to", "cc", "bcc")},
        **texts,
        "files": files,
        "kinds": [part.get_content_type() for part in message.walk() if part.get_content_maintype() != "message"],
        "parameters": dict(message["content-type"].params),
        "methods": [part["content-type"].params.get("method") for part in message.walk() if part.get_content_type() == "text/calendar"],
        "notification": [list(field) for part in notification for field in part.get_payload(0).items()],
        "defects": [str(defect) for part in message.walk() for defect in part.defects]
        + [str(defect) for field in message.values() for defect in field.defects],
    },
    sys.stdout,
)
