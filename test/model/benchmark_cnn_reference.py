"""The Genomic Benchmarks' convolutional network of torch.nn layers, without the sigmoid.

    python benchmark_cnn_reference.py INPUT.json

Prints JSON: logits in training and, with the running statistics after that, in inference; the loss and its gradients; those
statistics; and the number of parameters.
"""
import json, sys

import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, vocab, length, classes, relu):
        super().__init__()
        self.embed = nn.Embedding(vocab, 100)
        widths = [100, 16, 8, 4]
        for i in range(3):
            self.add_module(f"conv{i + 1}", nn.Conv1d(widths[i], widths[i + 1], 8))
            self.add_module(f"norm{i + 1}", nn.BatchNorm1d(widths[i + 1]))
        self.relus = 3 if relu == "each" else 1
        self.hidden = nn.Linear(self.features(torch.zeros(2, length, dtype=torch.long)).shape[1], 512)
        self.head = nn.Linear(512, classes)

    def features(self, ids):
        x = self.embed(ids).transpose(1, 2)
        for i in (1, 2, 3):
            x = getattr(self, f"norm{i}")(getattr(self, f"conv{i}")(x))
            x = nn.functional.max_pool1d(torch.relu(x) if i <= self.relus else x, 2)
        return x.flatten(1)

    def forward(self, ids):
        return self.head(self.hidden(self.features(ids)))


def main():
    given = json.load(open(sys.argv[1]))
    c = given["config"]
    model = Network(c["vocab"], c["length"], c["classes"], c["relu"])
    tensors = {n: torch.tensor(v["data"]).view(v["shape"]) for n, v in {**given["params"], **given["buffers"]}.items()}
    rename = lambda n: n.replace(".mean", ".running_mean").replace(".variance", ".running_var")
    found = model.load_state_dict({rename(n): t for n, t in tensors.items()}, strict=False)
    assert all(n.endswith("num_batches_tracked") for n in found.missing_keys) and not found.unexpected_keys, found
    for i in (1, 2, 3):
        getattr(model, f"norm{i}").num_batches_tracked.zero_()
    ids = torch.tensor(given["ids"]).view(-1, c["length"])
    logits = model(ids)
    loss = nn.functional.cross_entropy(logits, torch.tensor(given["labels"]))
    loss.backward()
    out = {
        "training": logits.flatten().tolist(),
        "loss": loss.item(),
        "grads": {n: p.grad.flatten().tolist() for n, p in model.named_parameters()},
        "buffers": {n: model.state_dict()[rename(n)].tolist() for n in given["buffers"]},
        "count": sum(p.numel() for p in model.parameters()),
    }
    model.eval()
    out["inference"] = model(ids).flatten().tolist()
    print(json.dumps(out))


main()
