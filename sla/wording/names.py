"""Names within a French sentence."""

import unicodedata


def of(name: str) -> str:
    """« de Clara Fontaine », « d’Olivier Tessandier »; an h is taken to be mute, as it is in first names."""
    bare = unicodedata.normalize("NFD", name).casefold()
    elided = bare.startswith(tuple("aeiouhœæ")) or (bare[:1] == "y" and bare[1:2] not in tuple("aeiou"))
    return f"d’{name}" if elided else f"de {name}"
