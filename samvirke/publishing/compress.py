"""Compressed copies of published files: the same bytes for the same input, on every machine."""

import zlib
from pathlib import PurePosixPath

import brotli

COMPRESSIBLE = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest", ".ico"}
SUFFIXES = {"gzip": ".gz", "br": ".br"}
VERSION = "1"  # raise it when levels or layout change, or old copies are taken for new ones


def is_compressible(path: str) -> bool:
    """Say whether copies are worth having: PDF, PNG and fonts are compressed already."""
    return PurePosixPath(path).suffix in COMPRESSIBLE


def gzipped(body: bytes, level: int = 6) -> bytes:
    """Return `body` as gzip, without name or time in its head."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def brotlied(body: bytes, quality: int = 5) -> bytes:
    """Return `body` as brotli. A window of 64 KB: the default of 4 MB costs many times as much at quality 9 up."""
    return bytes(brotli.compress(body, quality=quality, lgwin=16))


def copies(path: str, body: bytes) -> dict[str, bytes]:
    """Return what is written for one page: suffix ("" for the file itself) to bytes."""
    if not is_compressible(path):
        return {"": body}
    return {"": body, ".gz": gzipped(body), ".br": brotlied(body)}
