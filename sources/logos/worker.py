"""Cleans and draws logos in a process of its own, which may be killed: ``python -m sources.logos.worker``.

Reads frames from standard input and answers each with one frame: a line of JSON, then the cleaned file and the WebP.
"""

import contextlib
import json
import resource
import struct
import sys
from typing import BinaryIO

from sources.logos.errors import BadLogoError
from sources.logos.raster import raster
from sources.logos.sanitise import sanitise_logo

MEMORY_BYTES = 1_000_000_000
LENGTH = struct.Struct(">I")


def answer(data: bytes) -> bytes:
    """Give the frame's content for one logo file."""
    try:
        clean = sanitise_logo(data)
        thumbnail = raster(clean.content)
    except BadLogoError as error:
        return json.dumps({"error": str(error)}).encode()
    facts = {
        "media_type": clean.media_type,
        "clean_bytes": len(clean.content),
        "width": thumbnail.width,
        "height": thumbnail.height,
        "tone": thumbnail.tone,
        "has_text": thumbnail.has_text,
    }
    return json.dumps(facts).encode() + b"\n" + clean.content + thumbnail.webp


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer frame by frame until the input ends."""
    while header := incoming.read(LENGTH.size):
        content = answer(incoming.read(LENGTH.unpack(header)[0]))
        outgoing.write(LENGTH.pack(len(content)) + content)
        outgoing.flush()


if __name__ == "__main__":
    # A picture that unpacks into gigabytes ends this process, not the machine; macOS refuses the limit.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)
