"""Reads a safetensors file of F32 tensors: eight bytes of header length, a JSON header, the data."""

import json
import struct

import numpy


def read_arrays(path):
    with open(path, "rb") as file:
        raw = file.read()
    (size,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__", None)
    data = numpy.frombuffer(raw, dtype=numpy.float32, offset=8 + size)
    arrays = {}
    for name, entry in header.items():
        begin, end = (offset // 4 for offset in entry["data_offsets"])
        arrays[name] = data[begin:end].reshape(entry["shape"]).copy()
    return arrays
