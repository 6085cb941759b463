"""peft: every adapter config loads, and the emitted script trains it for two steps."""
import subprocess
import warnings

import peft
import pytest
import safetensors.torch
import torch
import transformers

import tiny
from conftest import MATERIA
from support import edit_json, run_script

ADAPTERS = ["lora", "prefix-tuning", "prompt-tuning", "p-tuning", "ia3"]


def loaded(folder):
    """The config, where a key that peft does not know is an error and no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return peft.PeftConfig.from_pretrained(str(folder))


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_the_emitted_script_trains_the_adapter(dataset, adapter):
    config = loaded(dataset / "training" / adapter)
    run_script(dataset / "training/train.py", "--adapter", adapter, "--max-steps", 2, "--output", "trained")

    # What was saved is the adapter that was asked for, its weights are numbers, and it changes the model.
    saved = peft.PeftConfig.from_pretrained("trained")
    assert saved.peft_type == config.peft_type
    weights = safetensors.torch.load_file("trained/adapter_model.safetensors")
    assert weights and all(torch.isfinite(tensor).all() for tensor in weights.values())
    base = transformers.AutoModelForCausalLM.from_pretrained("../tiny-llama-3").eval()
    tokens = tiny.tokenizer()("What is ferritin?", return_tensors="pt")
    with torch.no_grad():
        plain = base(**tokens).logits
        adapted = peft.PeftModel.from_pretrained(base, "trained").eval()(**tokens).logits
    assert not torch.equal(plain, adapted[:, -plain.shape[1]:])


@pytest.mark.parametrize("options", [
    "lora --rank 4 --alpha 8 --rslora", "lora --dora --target q_proj --target v_proj",
    "prefix-tuning --virtual-tokens 5 --projection --encoder-hidden-size 16",
    "prompt-tuning --virtual-tokens 7 --init-vocabulary", "p-tuning --encoder-hidden-size 16",
    "ia3 --target k_proj --target down_proj --feed-forward down_proj",
])
def test_a_config_without_a_build_trains(work, tmp_path, options):
    subprocess.run([MATERIA, "config", *options.split(), "--base-model", str(work / "tiny-llama-3"),
                    "--output", str(tmp_path)], check=True, capture_output=True)
    train(loaded(tmp_path))


def test_a_prompt_that_starts_as_a_text_trains(work, tmp_path):
    subprocess.run([MATERIA, "config", "prompt-tuning", "--init-text", "Answer as a physician.", "--virtual-tokens",
                    "9", "--base-model", str(work / "tiny-llama-3"), "--output", str(tmp_path)], check=True,
                   capture_output=True)
    train(loaded(tmp_path))


def train(config):
    """Two steps on the tiny model: an adapter's weight must move, and no other."""
    model = peft.get_peft_model(tiny.model(), config).train()
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    optimizer = torch.optim.AdamW([weight for weight in model.parameters() if weight.requires_grad], lr=0.1)
    tokens = tiny.tokenizer()("What is ferritin?", return_tensors="pt")
    for _ in range(2):  # the second matrix of LoRA is zero at first, and stills the first one's gradient
        optimizer.zero_grad()
        model(**tokens, labels=tokens["input_ids"]).loss.backward()
        optimizer.step()
    moved = {name for name, weight in model.named_parameters() if not torch.equal(before[name], weight)}
    assert moved and all(model.get_parameter(name).requires_grad for name in moved)


@pytest.mark.parametrize("change, kind, words", [
    pytest.param(lambda config: config.update(rank=8), UserWarning, "rank", id="unknown key"),
    pytest.param(lambda config: config.update(peft_type="lora"), KeyError, "lora", id="kind in lower case"),
    pytest.param(lambda config: config.pop("peft_type"), TypeError, "peft_type", id="no kind"),
])
def test_a_broken_config_is_refused(dataset, change, kind, words):
    edit_json(dataset / "training/lora/adapter_config.json", change)
    with pytest.raises(kind, match=words):
        loaded(dataset / "training/lora")


def test_modules_that_the_model_has_not_are_refused(dataset):
    path = dataset / "training/lora/adapter_config.json"
    edit_json(path, lambda config: config.update(target_modules=["query_key_value"]))
    with pytest.raises(ValueError, match="not found in the base model"):
        run_script(dataset / "training/train.py", "--max-steps", 1, "--output", "trained")


def test_a_prefix_is_not_trained_with_gradient_checkpointing(built):
    """The script must switch it off: peft refuses the two together."""
    script = (built / "training/train.py").read_text()
    entry = script.split('"prefix-tuning": {')[1].split("}")[0]
    assert '"gradient_checkpointing": False' in entry
    model = tiny.model()
    model.gradient_checkpointing_enable()
    with pytest.raises(ValueError, match="gradient checkpointing"):
        peft.get_peft_model(model, loaded(built / "training/prefix-tuning"))
