"""The site's own words in Vietnamese and English, from words/*.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from include.own_yaml import read_own_yaml

LANGUAGES: Final = ("vi", "en")
WORDS_FOLDER: Final = Path(__file__).with_name("words")


class WordsError(ValueError):
    """A file of words is not as it must be; the message names the file and the key."""


@cache
def read_words(folder: Path = WORDS_FOLDER) -> Mapping[str, tuple[str, str]]:
    """(Vietnamese, English) by key, of all files of the folder.

    Raises WordsError where a key stands in two places or does not have two texts.
    """
    words: dict[str, tuple[str, str]] = {}
    for file in sorted(folder.glob("*.yml")):
        for key, texts in read_own_yaml(file.read_text(encoding="utf-8")).items():
            if key in words:
                raise WordsError(f"{file.name}: {key} is in another file, too; one key, one place")
            if not (isinstance(texts, dict) and tuple(texts) == LANGUAGES and all(texts.values())):
                raise WordsError(f"{file.name}: {key} needs two texts, `vi:` and then `en:`")
            words[key] = (texts["vi"], texts["en"])
    return words


def say(key: str, language: str, **values: object) -> str:
    """The text of a key with its {placeholders} filled; raises KeyError for a key without words."""
    text = read_words()[key][LANGUAGES.index(language)]
    return text.format(**values) if values else text
