"""Gradient of T times the divergence of D3PM's posteriors by autograd, from the transition matrices alone, in float64.

Input JSON: outputs [rows, 5], x0 [rows] (bases), step [rows], steps [rows], weight [rows] (what T times the divergence counts).
"""

import json
import sys

import torch

given = json.load(open(sys.argv[1]))
outputs = torch.tensor(given["outputs"], dtype=torch.float64, requires_grad=True)
total = torch.zeros((), dtype=torch.float64)
MASK = 4


def kept(alpha):
    """[from, to] over the four bases and MASK."""
    matrix = torch.eye(5, dtype=torch.float64) * alpha
    matrix[:, MASK] += 1 - alpha
    return matrix


for row, (x, step, steps, weight) in enumerate(
    zip(given["x0"], given["step"], given["steps"], given["weight"])
):
    t, s = step / steps, (step - 1) / steps
    column = kept((1 - t) / (1 - s))[:, MASK]

    def posterior(law):
        joint = (law @ kept(1 - s)) * column
        return joint / joint.sum()

    true = posterior(torch.eye(5, dtype=torch.float64)[x])
    ours = posterior(torch.softmax(outputs[row], 0))
    seen = true > 0
    total = total + weight * steps * (true[seen] * (true[seen] / ours[seen]).log()).sum()
total.backward()
print(json.dumps({"value": total.item(), "gradient": outputs.grad.flatten().tolist()}))
