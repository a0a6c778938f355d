"""Convolution, max-pool and batch norm in PyTorch, whose layout is [batch, channels, length].

    python torch_convolution.py INPUT.json

Reads inputs in gdiff's layout [batch, length, channels]; prints values and gradients of Σ output · weight in it too.
"""
import json, sys

import torch
import torch.nn.functional as F


def main():
    given = {name: torch.tensor(v["data"]).view(v["shape"]).requires_grad_() for name, v in json.load(open(sys.argv[1])).items()}
    x, weight, bias, gain, shift = (given[n] for n in ["x", "weight", "bias", "gain", "shift"])
    out = {}
    mean, variance = torch.tensor([0.25] * 3), torch.tensor([2.0] * 3)

    def run(name, fn, wrt):
        y = fn(x.transpose(1, 2)).transpose(1, 2)
        mix = torch.cos(1 + 2.3 * torch.arange(y.numel(), dtype=torch.float64)).float().view(y.shape)
        grads = torch.autograd.grad((y * mix).sum(), [given[n] for n in wrt])
        out[name] = {"value": y.flatten().tolist(), "grads": {n: g.flatten().tolist() for n, g in zip(wrt, grads)}}

    run("conv1d valid", lambda v: F.conv1d(v, weight, bias), ["x", "weight", "bias"])
    run("conv1d same", lambda v: F.conv1d(v, weight, bias, padding="same"), ["x", "weight", "bias"])
    run("maxPool1d", lambda v: F.max_pool1d(v, 2), ["x"])
    run("batchNorm", lambda v: F.batch_norm(v, mean, variance, gain, shift, training=True), ["x", "gain", "shift"])
    out["running"] = {"mean": mean.tolist(), "variance": variance.tolist()}
    run("batchNormWith", lambda v: F.batch_norm(v, mean, variance, gain, shift), ["x", "gain", "shift"])
    print(json.dumps(out))


main()
