"""Products and attention. Operands are in the mode's precision before the time begins: the peer's best case."""

import time

import torch
from torch.nn import functional


def norm(tensor):
    return tensor.detach().double().norm().item()


class TorchProducts:
    def __init__(self, arrays, dtype):
        tensors = {name: torch.from_numpy(array).to(dtype) for name, array in arrays.items()}
        self.pairs = [(tensors[f"x{i}"], tensors[f"w{i}"]) for i in range(len(arrays) // 2)]

    def step(self, _index):
        seconds, values = 0.0, []
        with torch.inference_mode():
            for x, w in self.pairs:
                start = time.perf_counter()
                product = functional.linear(x, w)
                seconds += time.perf_counter() - start
                values.append(norm(product))
        return seconds, values


class Attention:
    def __init__(self, arrays, dtype):
        make = lambda name: torch.from_numpy(arrays[name]).to(dtype)
        self.operands = [make(name).requires_grad_() for name in ("q", "k", "v")]
        self.dy = make("dy")

    def step(self, _index):
        for operand in self.operands:
            operand.grad = None
        start = time.perf_counter()
        functional.scaled_dot_product_attention(*self.operands).backward(self.dy)
        seconds = time.perf_counter() - start
        return seconds, [norm(operand.grad) for operand in self.operands]
