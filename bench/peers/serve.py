"""A peer of gdiff's measurements, driven by JSON lines on stdin; see bench/versus/protocol.ts.

{"open": workload, "settings": {...}, "inputs": file, "mode": fp32 | bf16 | fp32-compiled | bf16-compiled | numpy}
{"step": index}, any number of times; then {"finish": true}
"""

import json
import resource
import sys

import numpy
import torch

from arrays import read_arrays
from model_steps import Forward, Model, TrainStep
from products import Attention, NumpyProducts, TorchProducts


def open_workload(request):
    arrays = read_arrays(request["inputs"])
    precision, _, compiled = request["mode"].partition("-")
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    workload = request["open"]
    if workload == "gemm":
        return NumpyProducts(arrays) if precision == "numpy" else TorchProducts(arrays, dtype)
    if workload == "attention":
        return Attention(arrays, dtype)
    model = Model(request["settings"], arrays, precision, compiled == "compiled")
    return {"train-step": TrainStep, "forward": Forward}[workload](model)


def describe(mode):
    if mode != "numpy":
        return f"torch {torch.__version__}"
    blas = numpy.__config__.show(mode="dicts")["Build Dependencies"]["blas"]
    return f"numpy {numpy.__version__}, {blas['name']} {blas['version']}"


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    workload = None
    for line in sys.stdin:
        request = json.loads(line)
        if "open" in request:
            torch.set_num_threads(request["settings"]["threads"])
            workload = open_workload(request)
            mode = request["mode"]
            precision = "bf16" if mode.startswith("bf16") else "fp32"
            answer({"who": describe(mode), "threads": torch.get_num_threads(), "precision": precision})
        elif "step" in request:
            seconds, values = workload.step(request["step"])
            answer({"seconds": seconds, "values": values})
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            answer({"peakRssMb": peak, "findings": {}})


if __name__ == "__main__":
    main()
