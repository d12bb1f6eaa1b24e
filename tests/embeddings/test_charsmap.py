from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tokenizers.normalizers import Precompiled

from embeddings.charsmap import precompiled

CHARACTERS = st.characters(min_codepoint=1, exclude_categories=["Cs"])


@given(st.dictionaries(CHARACTERS, st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=3)))
def test_each_character_becomes_what_the_map_says(replacements: dict[str, str]) -> None:
    normalizer = Precompiled(precompiled({ord(character): text for character, text in replacements.items()}))
    for character, text in replacements.items():
        assert normalizer.normalize_str(character) == text


@given(st.sets(CHARACTERS, min_size=1, max_size=200), st.sets(CHARACTERS, max_size=200))
def test_other_characters_stay(mapped: set[str], others: set[str]) -> None:
    normalizer = Precompiled(precompiled({ord(character): "x" for character in mapped}))
    for character in others - mapped:
        assert normalizer.normalize_str(character) == character
