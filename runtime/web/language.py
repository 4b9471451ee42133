"""How do pages say a text of the code in another language?"""

from runtime.language import catalogue, known_locale, translate

__all__ = ["catalogue", "known_locale", "translate"]
