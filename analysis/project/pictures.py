"""Pictures that people upload: checked, shrunk and written anew, so that nothing of the file but its pixels is kept."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from analysis.errors import InvalidCommand
from analysis.project.blobs import key_of

LARGEST = 5_000_000
_PIXELS = 40_000_000
_KINDS = ("PNG", "JPEG", "WEBP")
SIDE = 512
LOGO = 1200


def portrait(data: bytes, side: int = SIDE) -> tuple[str, bytes]:
    """A square PNG of at most ``side`` pixels, cut around the middle, and the key of its content.

    Raises
    ------
    InvalidCommand : no PNG, JPEG or WebP picture, damaged, or larger than 5 MB (codes ``picture``, ``picture_size``).
    """
    with _opened(data) as image:
        turned = image.convert("RGB")
        return _written(ImageOps.fit(turned, (min(side, turned.width, turned.height),) * 2))


def _opened(data: bytes) -> Image.Image:
    """The picture, upright, in colours that can be transparent."""
    if len(data) > LARGEST:
        raise InvalidCommand("picture_size")
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as image:
            if image.width * image.height > _PIXELS:
                raise InvalidCommand("picture_size")
            return ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidCommand("picture") from error


def _written(image: Image.Image) -> tuple[str, bytes]:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return key_of(out.getvalue()), out.getvalue()


def logo(data: bytes, side: int = LOGO) -> tuple[str, bytes]:
    """A PNG of at most ``side`` pixels, whole and as transparent as it was, and the key of its content.

    Raises
    ------
    InvalidCommand : as for `portrait`.
    """
    with _opened(data) as image:
        image.thumbnail((side, side))
        return _written(image)


def initials(name: str) -> str:
    """One or two letters for a persona without a picture.

    A number and its unit are no name.

    >>> initials("Marie, jeune active")
    'MJ'
    >>> initials("Camille, 29 ans, compare tout")
    'CC'
    """
    said = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    words = [word for before, word in zip(["", *said], said, strict=False) if not (word[0].isdigit() or before[:1].isdigit())] or said
    return "".join(word[0].upper() for word in words[:2]) or "?"
