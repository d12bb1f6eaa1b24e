"""The bundled model's tokenizer as a `tokenizer.json`: XLM-R's Unigram with the normalisation of the weight file."""

from __future__ import annotations

from itertools import count, groupby

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from embeddings.charsmap import precompiled
from embeddings.weightfile import Vocabulary

MASK = "<mask>"
# `Precompiled` replaces a whole grapheme by what its first character maps to and so loses accents. A control
# character, which the map deletes, put before each combining mark ends the grapheme there.
BEFORE_A_MARK = r"(?!\A)(?=[\p{M}\x{200c}\x{200d}])"


def build(vocabulary: Vocabulary) -> Tokenizer:
    """Pieces, ids and special tokens as the weight file has them; adds <s> and </s>, truncates nothing."""
    pieces, scores = vocabulary.pieces, vocabulary.scores
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), vocabulary.unk))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(BEFORE_A_MARK), "\x01"),
            normalizers.Precompiled(precompiled(vocabulary.replacements)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    # Unigram fuses neighbouring unknown characters into one <unk>; the engine gives each its own. A split before it
    # keeps them apart.
    unknown = pre_tokenizers.Split(Regex(_outside(pieces)), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(), unknown])
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = [bos, eos, pieces[vocabulary.pad], pieces[vocabulary.unk], MASK]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return tokenizer


def _outside(pieces: tuple[str, ...]) -> str:
    """A regular expression for one character that stands in no piece."""
    alphabet = sorted({ord(character) for piece in pieces for character in piece})
    step = count()
    runs = (list(run) for _, run in groupby(alphabet, lambda code_point: code_point - next(step)))
    return "[^" + "".join(f"\\x{{{run[0]:x}}}-\\x{{{run[-1]:x}}}" for run in runs) + "]"
