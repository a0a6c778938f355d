"""Products in float32, through the BLAS that numpy was built with."""

import time

import numpy


class NumpyProducts:
    """x @ w.T in float32, through the BLAS that numpy was built with."""

    def __init__(self, arrays):
        count = len(arrays) // 2
        self.pairs = [(arrays[f"x{i}"], arrays[f"w{i}"]) for i in range(count)]

    def step(self, _index):
        seconds, values = 0.0, []
        for x, w in self.pairs:
            start = time.perf_counter()
            product = x @ w.T
            seconds += time.perf_counter() - start
            values.append(float(numpy.linalg.norm(product.astype(numpy.float64))))
        return seconds, values
