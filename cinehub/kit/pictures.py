"""Pictures from elsewhere, of which nothing is believed."""

import struct

from PIL import Image, UnidentifiedImageError

# What Pillow raises about bytes that are none, or that would fill the memory.
NOT_A_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    struct.error,
)
