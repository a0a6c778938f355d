"""The transformer's workloads: a training step, and a call without gradients."""

import time

import torch
from torch.nn import functional

from denoiser import Denoiser

LEARNING_RATE = 3e-4
CLIP = 1.0
EMA_DECAY = 0.9999


class Model:
    """The network with gdiff's weights, and every step's batch as tensors."""

    def __init__(self, settings, arrays, precision, is_compiled, device):
        self.device = device
        self.network = Denoiser(*(settings[name] for name in ("width", "layers", "heads", "length")))
        prefix = "weights/"
        weights = {n[len(prefix):]: torch.from_numpy(a) for n, a in arrays.items() if n.startswith(prefix)}
        self.network.load_state_dict(weights)
        self.network.to(device)
        self.run = torch.compile(self.network) if is_compiled else self.network
        self.amp = {"device_type": device, "dtype": torch.bfloat16, "enabled": precision == "bf16"}
        self.x0, self.xt = (torch.from_numpy(arrays[name]).long().to(device) for name in ("x0", "xt"))
        self.weight = torch.from_numpy(arrays["weight"]).to(device)

    def wait(self):
        """Until the device has done what it was told; a processor has by then."""
        if self.device == "cuda":
            torch.cuda.synchronize()

    def logits(self, index):
        with torch.autocast(**self.amp):
            return self.run(self.xt[index])

    def loss(self, index, logits):
        """Cross-entropy, weighted with 1/t at masked positions and 0 elsewhere, mean over all positions."""
        nats = functional.cross_entropy(logits.float().view(-1, 4), self.x0[index].view(-1), reduction="none")
        return (nats * self.weight[index].view(-1)).mean()


class TrainStep:
    def __init__(self, model):
        self.model, self.count = model, 0
        self.parameters = list(model.network.parameters())
        self.optimiser = torch.optim.AdamW(self.parameters, lr=LEARNING_RATE, betas=(0.9, 0.999), weight_decay=0.01)
        self.average = [weight.detach().clone() for weight in self.parameters]

    def step(self, index):
        start = time.perf_counter()
        loss = self.model.loss(index, self.model.logits(index))
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.optimiser.step()
        decay = min(EMA_DECAY, (1 + self.count) / (10 + self.count))  # gdiff's first steps average less
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        value = loss.item()
        seconds = time.perf_counter() - start
        self.count += 1
        return seconds, [value]


class Forward:
    def __init__(self, model):
        self.model = model

    def step(self, index):
        with torch.inference_mode():
            start = time.perf_counter()
            logits = self.model.logits(index).float()
            self.model.wait()
            seconds = time.perf_counter() - start
            return seconds, [self.model.loss(index, logits).item()]
