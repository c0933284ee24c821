"""Pictures are written anew: what a camera or an editor put beside the pixels (place, owner, thumbnails) is gone."""

from __future__ import annotations

import io
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from materials.exceptions import FileRefused
from materials.models import Format

QUALITY = 90
_OF_COLOURS = {"icc_profile", "transparency"}


def cleaned(file: IO[bytes], format_: Format) -> bytes:
    """The picture turned upright, with its colours and nothing else. Raises FileRefused."""
    file.seek(0)
    try:
        with Image.open(file, formats=[format_.upper()]) as image:
            if image.width * image.height > settings.MATERIALS_MAX_PIXELS:
                raise FileRefused(
                    _("The picture has %(number)d megapixels; at most %(most)d are taken. Make it smaller.")
                    % {"number": image.width * image.height // 10**6, "most": settings.MATERIALS_MAX_PIXELS // 10**6}
                )
            image.load()
            upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise FileRefused(_("The picture is damaged. Save it again.")) from error
    return _written(upright, format_)


def _written(image: Image.Image, format_: Format) -> bytes:
    colours = {str(name): value for name, value in image.info.items() if name in _OF_COLOURS}
    image.info = {}
    out = io.BytesIO()
    image.save(out, format_.upper(), quality=QUALITY, **colours)
    return out.getvalue()
