"""The denoiser, its loss and its optimiser in PyTorch, written from their definitions.

    python torch_reference.py MODEL.safetensors INPUT.json [PEER.py]

Prints JSON: logits and gradients of the first batch, losses and gradient norms of all steps, the averaged weights;
with PEER.py, a program with a class Denoiser(width, layers, heads, length), also that network's logits.
"""
import importlib.util, json, struct, sys

import torch
import torch.nn.functional as F


def load(path):
    raw = open(path, "rb").read()
    (size,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(bytearray(raw[8 + size + begin : 8 + size + end]), dtype=torch.float32)
        tensors[name] = flat.reshape(entry["shape"]).clone().requires_grad_()
    return tensors


def rotate(x):
    length, width = x.shape[-2:]
    half = width // 2
    angle = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(half) / half)
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], -1)


def network(p, ids, layers, heads):
    x = p["embed.weight"][ids]
    batch, length, width = x.shape
    norm = lambda v, name: F.layer_norm(v, (width,), weight=p[name])
    for i in range(layers):
        name = f"blocks.{i}."
        qkv = F.linear(norm(x, name + "norm1.weight"), p[name + "qkv.weight"])
        q, k, v = qkv.view(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(rotate(q), rotate(k), v)
        x = x + F.linear(mixed.transpose(1, 2).reshape(batch, length, width), p[name + "out.weight"])
        hidden = F.linear(norm(x, name + "norm2.weight"), p[name + "up.weight"], p[name + "up.bias"])
        x = x + F.linear(F.gelu(hidden, approximate="tanh"), p[name + "down.weight"], p[name + "down.bias"])
    return F.linear(norm(x, "norm.weight"), p["head.weight"], p["head.bias"])


def peer_logits(path, params, ids, s):
    spec = importlib.util.spec_from_file_location("peer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.Denoiser(s["width"], s["layers"], s["heads"], s["length"])
    found = model.load_state_dict({name: w.detach() for name, w in params.items()}, strict=False)
    assert set(found.missing_keys) == {"cos", "sin"} and not found.unexpected_keys, found
    with torch.inference_mode():
        return model(ids).flatten().tolist()


def main():
    params = load(sys.argv[1])
    given = json.load(open(sys.argv[2]))
    s, steps = given["settings"], given["steps"]
    undecayed = set(s["undecayed"])
    groups = [
        {"params": [w for n, w in params.items() if n not in undecayed], "weight_decay": s["weightDecay"]},
        {"params": [w for n, w in params.items() if n in undecayed], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=s["rate"], betas=(s["beta1"], s["beta2"]))
    ema = {name: w.detach().clone() for name, w in params.items()}
    first = torch.tensor(steps[0]["xt"]).view(s["batchSize"], s["length"])
    peer = peer_logits(sys.argv[3], params, first, s) if len(sys.argv) > 3 else None
    out = {"peerLogits": peer, "losses": [], "norms": []}
    for n, step in enumerate(steps):
        shape = (s["batchSize"], s["length"])
        x0, xt = torch.tensor(step["x0"]).view(shape), torch.tensor(step["xt"]).view(shape)
        weight = torch.tensor(step["weight"]).view(shape)
        logits = network(params, xt, s["layers"], s["heads"])
        nll = F.cross_entropy(logits.view(-1, 4), x0.view(-1).clamp(max=3), reduction="none").view(shape)
        loss = (nll * weight).sum() / step["bases"]
        optimiser.zero_grad()
        loss.backward()
        if n == 0:
            out["logits"] = logits.flatten().tolist()
            out["gradients"] = {name: w.grad.flatten().tolist() for name, w in params.items()}
        out["losses"].append(loss.item())
        out["norms"].append(torch.nn.utils.clip_grad_norm_(list(params.values()), s["clip"]).item())
        optimiser.step()
        decay = min(s["emaDecay"], (1 + n) / (10 + n))
        for name, w in params.items():
            ema[name].lerp_(w.detach(), 1 - decay)
    out["ema"] = {name: w.flatten().tolist() for name, w in ema.items()}
    print(json.dumps(out))


main()
