"""The denoiser that is told classes and noise, in PyTorch, written from MDLM's description of adaLN.

    python condition_reference.py INPUT.json

Reads weights, ids, targets, classes and total noise; prints logits, the cross-entropy summed over all positions and its gradients.
"""
import json, sys

import torch
import torch.nn.functional as F


def rotate(x):
    length, width = x.shape[-2:]
    half = width // 2
    angle = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(half) / half)
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], -1)


def embedded_noise(p, levels):
    frequencies = torch.exp(-torch.log(torch.tensor(10000.0)) * torch.arange(128) / 128)
    angle = levels[:, None] * frequencies
    waves = torch.cat([angle.cos(), angle.sin()], -1)
    hidden = F.silu(F.linear(waves, p["noise.in.weight"], p["noise.in.bias"]))
    return F.linear(hidden, p["noise.out.weight"], p["noise.out.bias"])


def network(p, ids, labels, levels, layers, heads):
    x = p["embed.weight"][ids]
    batch, length, width = x.shape
    c = torch.zeros(())
    if "label.weight" in p:
        c = c + F.silu(p["label.weight"][labels])
    if "noise.in.weight" in p:
        c = c + F.silu(embedded_noise(p, levels))

    def bent(v, name, shift, scale):
        normed = F.layer_norm(v, (width,), weight=p[name])
        return normed * (1 + scale[:, None, :]) + shift[:, None, :]

    def vectors(name, count):
        return F.linear(c, p[name + ".modulation.weight"], p[name + ".modulation.bias"]).chunk(count, -1)

    for i in range(layers):
        name = f"blocks.{i}"
        shift1, scale1, gate1, shift2, scale2, gate2 = vectors(name, 6)
        u = bent(x, name + ".norm1.weight", shift1, scale1)
        qkv = F.linear(u, p[name + ".qkv.weight"])
        q, k, v = qkv.view(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(rotate(q), rotate(k), v)
        x = x + gate1[:, None, :] * F.linear(mixed.transpose(1, 2).reshape(batch, length, width), p[name + ".out.weight"])
        u = bent(x, name + ".norm2.weight", shift2, scale2)
        hidden = F.gelu(F.linear(u, p[name + ".up.weight"], p[name + ".up.bias"]), approximate="tanh")
        x = x + gate2[:, None, :] * F.linear(hidden, p[name + ".down.weight"], p[name + ".down.bias"])
    shift, scale = vectors("norm", 2)
    return F.linear(bent(x, "norm.weight", shift, scale), p["head.weight"], p["head.bias"])


given = json.load(open(sys.argv[1]))
params = {
    name: torch.tensor(entry["data"], dtype=torch.float32).reshape(entry["shape"]).requires_grad_()
    for name, entry in given["weights"].items()
}
ids, targets = torch.tensor(given["ids"]), torch.tensor(given["targets"])
logits = network(params, ids, torch.tensor(given["labels"]), torch.tensor(given["levels"]), given["layers"], given["heads"])
loss = F.cross_entropy(logits.view(-1, 4), targets.view(-1), reduction="sum")
loss.backward()
print(
    json.dumps(
        {
            "logits": logits.flatten().tolist(),
            "loss": loss.item(),
            "gradients": {name: w.grad.flatten().tolist() for name, w in params.items()},
        }
    )
)
