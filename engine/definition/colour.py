"""Which colours may a thing have on a page?"""

from typing import Literal

Colour = Literal["grey", "blue", "cyan", "green", "amber", "red", "violet"]
"""Names of the design's own tones, which stand out in light and dark alike."""
