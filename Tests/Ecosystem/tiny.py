"""A base model small enough to train in a second, made in code: nothing is downloaded.

Its tokens are bytes and Llama 3's own marks, its chat template is Llama 3's form, so that trainers
that know that family treat it as one.
"""
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

MARKS = [
    "<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>",
    "<pad>",
]
CHAT_TEMPLATE = (
    "{{- bos_token }}"
    "{%- for message in messages %}"
    "{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' }}"
    "{%- if message['role'] == 'assistant' %}"
    "{% generation %}{{ message['content'] + '<|eot_id|>' }}{% endgeneration %}"
    "{%- else %}{{- message['content'] + '<|eot_id|>' }}{%- endif %}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{%- endif %}"
)


def tokenizer():
    """The tokenizer: one token for each byte, one for each mark."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: index for index, token in enumerate(alphabet)}
    bytes_only = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    bytes_only.add_special_tokens(MARKS)
    made = transformers.PreTrainedTokenizerFast(
        tokenizer_object=bytes_only, bos_token="<|begin_of_text|>", eos_token="<|eot_id|>", pad_token="<pad>")
    made.chat_template = CHAT_TEMPLATE
    return made


def model():
    """A Llama of two layers with random weights."""
    torch.manual_seed(0)
    made = tokenizer()
    return transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=len(made), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=8192, tie_word_embeddings=True,
        bos_token_id=made.bos_token_id, eos_token_id=made.eos_token_id, pad_token_id=made.pad_token_id))


def save(folder):
    """Writes model and tokenizer as a folder that trainers take for a base model."""
    model().save_pretrained(folder)
    tokenizer().save_pretrained(folder)
