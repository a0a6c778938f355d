"""Sampling as MDLM published it (arXiv:2406.07524, equation 7 and algorithm 1), on gdiff's weights.

Time goes from 1 to 0 in equal steps; draws are by Gumbel noise in float64; the last prediction is kept while no row of
the whole batch changes.
"""

import time

import torch

MASK = 5  # of gdiff's ids: A 0, C 1, G 2, T 3, N 4


def draw(weights):
    """One of the last axis of float64 `weights`, which need not sum to one: the largest of weight / Exponential(1)."""
    return (weights / -torch.log(torch.rand_like(weights).clamp_min(1e-300))).argmax(-1)


class Ancestral:
    def __init__(self, model, settings):
        self.model = model
        self.shape = (settings["batch"], settings["length"])
        self.calls = settings.get("calls", settings["length"])
        self.rows = self.sequences = 0

    def predict(self, ids):
        with torch.autocast(**self.model.amp):
            logits = self.model.run(ids)
        self.rows += len(ids)
        return logits.double().softmax(-1)

    def sample(self):
        ids = torch.full(self.shape, MASK)
        kept = None
        for call in range(self.calls):
            t, s = 1 - call / self.calls, 1 - (call + 1) / self.calls
            bases = self.predict(ids) if kept is None else kept
            stays = torch.full((*self.shape, 1), s if call + 1 < self.calls else 0.0, dtype=torch.float64)
            drawn = draw(torch.cat((bases * (t - s), stays), dim=-1))
            after = torch.where((ids == MASK) & (drawn < 4), drawn, ids)
            kept = bases if torch.equal(after, ids) else None
            ids = after
        return ids

    def step(self, index):
        torch.manual_seed(index)
        with torch.inference_mode():
            start = time.perf_counter()
            made = self.sample()
            seconds = time.perf_counter() - start
            if (made == MASK).any():
                raise RuntimeError("expected no MASK after the last step")
            self.sequences += len(made)
            logits = self.model.logits(index).float()
            return seconds, [self.model.loss(index, logits).item()]

    def findings(self):
        return {"networkRowsPerSequence": self.rows / self.sequences}
