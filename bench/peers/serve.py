"""A peer of gdiff's measurements, driven by JSON lines on stdin; see bench/versus/protocol.ts.

{"open": workload, "settings": {...}, "inputs": file, "mode": [cuda-](fp32 | bf16)[-compiled] | numpy}
{"step": index}, any number of times; then {"finish": true}
"""

import json
import os
import resource
import sys

from arrays import read_arrays


def open_numpy(request):
    # PyTorch stays outside: its memory and threads are not numpy's.
    import numpy

    from numpy_products import NumpyProducts

    blas = numpy.__config__.show(mode="dicts")["Build Dependencies"]["blas"]
    who = f"numpy {numpy.__version__}, {blas['name']} {blas['version']}"
    threads = int(os.environ["OPENBLAS_NUM_THREADS"])  # numpy has no way to ask its BLAS
    return NumpyProducts(read_arrays(request["inputs"])), {"who": who, "precision": "fp32", "threads": threads}


def open_torch(request):
    import torch

    from model_steps import Forward, Model, TrainStep
    from sampling import Ancestral
    from torch_products import Attention, TorchProducts

    torch.set_num_threads(request["settings"]["threads"])
    arrays = read_arrays(request["inputs"])
    device, mode = ("cuda", request["mode"][5:]) if request["mode"].startswith("cuda-") else ("cpu", request["mode"])
    if device == "cuda" and not torch.cuda.is_available():
        sys.exit(f"expected a GPU that torch {torch.__version__} sees for mode {request['mode']}, got none")
    precision, _, compiled = mode.partition("-")
    workload = request["open"]
    if workload in ("gemm", "attention"):
        dtype = torch.bfloat16 if precision == "bf16" else torch.float32
        opened = {"gemm": TorchProducts, "attention": Attention}[workload](arrays, dtype)
    else:
        model = Model(request["settings"], arrays, precision, compiled == "compiled", device)
        kinds = {"train-step": TrainStep, "forward": Forward, "ancestral": lambda made: Ancestral(made, request["settings"])}
        opened = kinds[workload](model)
    who = f"torch {torch.__version__}" + (f" on {torch.cuda.get_device_name()}" if device == "cuda" else "")
    return opened, {"who": who, "precision": precision, "threads": torch.get_num_threads()}


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    workload = None
    for line in sys.stdin:
        request = json.loads(line)
        if "open" in request:
            workload, facts = (open_numpy if request["mode"] == "numpy" else open_torch)(request)
            answer(facts)
        elif "step" in request:
            seconds, values = workload.step(request["step"])
            answer({"seconds": seconds, "values": values})
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            findings = workload.findings() if hasattr(workload, "findings") else {}
            answer({"peakRssMb": peak, "findings": findings})


if __name__ == "__main__":
    main()
