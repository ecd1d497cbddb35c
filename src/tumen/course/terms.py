"""Other words for the same thing, in our own voice only: links, ids, code, quotations and italics stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

PROTECTED = re.compile(
    r"```.*?```"
    r"|`[^`]*`"
    r"|!?\[[^\]]*\]\([^)]*\)"  # links and pictures, words and all: the words name a page or a work
    r"|<[^>]+>|https?://\S+"
    r"|“[^”]*”|\"[^\"\n]*\"|‘[^’\n]*’"
    r"|(?<![\w*])\*(?![\s*])[^*\n]+\*(?!\*)|(?<!\w)_[^_\n]+_(?!\w)"  # italics: titles, words of others, foreign words
    r"|\{[^{}]*\}"  # a task's numbers
    r"|\bS\dP\d+(?:-\w)?\b",  # the report's paragraphs and claims
    re.DOTALL,
)


class Terms:
    """A mapping of words, applied to whole words in one pass; what a word is replaced by is not replaced again."""

    def __init__(self, words: Mapping[str, str]):
        self.words = dict(words)
        spelt = sorted(self.words, key=len, reverse=True)  # the longer phrase before the word it holds
        self._pattern = re.compile("|".join(map(_spelling, spelt))) if spelt else None

    def __call__(self, text: str) -> str:
        """The text with the words replaced wherever it speaks in our own voice."""
        if self._pattern is None:
            return text
        out, at = [], 0
        for kept in PROTECTED.finditer(text):
            out += [self._replaced(text[at : kept.start()]), kept.group()]
            at = kept.end()
        return "".join([*out, self._replaced(text[at:])])

    def _replaced(self, text: str) -> str:
        return self._pattern.sub(self._other, text)

    def _other(self, found: re.Match) -> str:
        word = found.group()
        if word in self.words:
            return self.words[word]
        new = self.words[word[0].lower() + word[1:]]  # at the head of a sentence
        return new[:1].upper() + new[1:]


def _spelling(word: str) -> str:
    """A whole word or phrase, and the same with a capital."""
    first = f"[{word[0]}{word[0].upper()}]" if word[0].isalpha() and word[0].islower() else re.escape(word[0])
    return rf"(?<![\w-]){first}{re.escape(word[1:])}(?![\w-])"
