"""Small logos for the tests of drawing and packing."""

import io

from PIL import Image


def svg(content, view="0 0 100 50", root=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" {root}>{content}</svg>'.encode()


def opened(webp):
    return Image.open(io.BytesIO(webp)).convert("RGBA")
