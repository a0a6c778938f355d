"""Numbers of louaaron/Score-Entropy-Discrete-Diffusion: both of its graphs, its schedules and its samplers.

    python sedd.py CLONE > ../sedd.json
"""
import sys
from types import SimpleNamespace as Bag

import torch

import cases, reference

CLONE = sys.argv[1]
reference.enter(CLONE)
import graph_lib, losses, noise_lib, sampling
from model.transformer import SEDD

SCHEDULES = {
    "loglinear": ("loglinear", {}),
    "geometric": ("geometric", {"sigma_min": 1e-4, "sigma_max": 20.0}),
    "geometricOfPaper": ("geometric", {"sigma_min": 1e-5, "sigma_max": 20.0}),
}
GRAPHS = {
    "absorbing": (graph_lib.Absorbing(4), cases.ABSORBED, cases.OUTPUTS5),
    "uniform": (graph_lib.Uniform(4), cases.MOVED, cases.OUTPUTS4),
}
SIGMAS = torch.tensor([0.05, 0.45, 3.0])


def schedule(name):
    kind, parameters = SCHEDULES[name]
    return noise_lib.get_noise(Bag(noise=Bag(type=kind, **parameters)))


def network(name):
    """The repository's network with its layers taken out: what it does to the numbers of its last one."""
    graph, _, outputs = GRAPHS[name]
    same = lambda x, *rest: x
    return reference.bare(
        SEDD,
        vocab_embed=same,
        sigma_map=lambda sigma: sigma,
        rotary_emb=same,
        blocks=[],
        output_layer=lambda x, c: outputs.clone(),
        scale_by_sigma=graph.absorb,
        absorb=graph.absorb,
    )


def schedules():
    found = {}
    for name, (_, parameters) in SCHEDULES.items():
        t = torch.tensor(cases.TIMES)
        sigma, rate = schedule(name)(t)
        found[name] = {"parameters": parameters or {"eps": 1e-3}, "t": t, "sigma": sigma, "rate": rate}
    return found


def entropies(name):
    graph, xt, _ = GRAPHS[name]
    log_score = network(name)(xt, SIGMAS)
    entropy = graph.score_entropy(log_score, SIGMAS[:, None], xt, cases.X0)
    return {"sigma": SIGMAS, "logScore": log_score, "scoreEntropy": entropy}


def training(name, noise):
    """loss_fn: σ′ times the score entropy, summed over positions."""
    graph, xt, _ = GRAPHS[name]
    loss_fn = losses.get_loss_fn(schedule(noise), graph, train=False)
    loss = loss_fn(network(name), cases.X0, t=cases.ROW_TIMES, perturbed_batch=xt)
    return {"noise": noise, "t": cases.ROW_TIMES, "loss": loss}


def law_score(xt, sigma):
    """Scores of uniform noise that belong to a law of clean bases: those of the softmax of the outputs, noised by `sigma`."""
    alpha = torch.exp(-sigma)[..., None]
    noised = alpha * cases.OUTPUTS4.softmax(-1) + (1 - alpha) / 4
    return noised / torch.gather(noised, -1, xt[..., None])


def steps(name, noise, score_of=None):
    """What the predictors and the denoiser draw from; negative where a step is long, or the scores are no law's."""
    draw = graph_lib.sample_categorical = sampling.sample_categorical = reference.Recorder()
    graph, xt, _ = GRAPHS[name]
    noise_of, found = schedule(noise), []
    score_of = score_of or (lambda x, sigma: network(name)(x, sigma.reshape(-1)).exp())
    for t, dt in cases.STEPS:
        at = torch.full((cases.ROWS, 1), t)
        sigma, next_sigma = noise_of(at)[0], noise_of(at - dt)[0]
        score = score_of(xt, sigma)
        row = {"noise": noise, "t": t, "dt": dt, "sigma": sigma[0, 0], "nextSigma": next_sigma[0, 0], "score": score}
        row["staggeredScore"] = graph.staggered_score(score, sigma - next_sigma)
        row["reverseRate"] = graph.reverse_rate(xt, score)
        sampling.EulerPredictor(graph, noise_of).update_fn(score_of, xt, at, dt)
        row["euler"] = draw.take()
        sampling.AnalyticPredictor(graph, noise_of).update_fn(score_of, xt, at, dt)
        row["analytic"] = draw.take()
        sampling.Denoiser(graph, noise_of).update_fn(score_of, xt, at)
        row["denoiser"] = draw.take()
        found.append(row)
    return found


def graph(name):
    _, xt, outputs = GRAPHS[name]
    return {
        "inputs": {"x0": cases.X0, "xt": xt, "outputs": outputs},
        "entropy": entropies(name),
        "losses": [training(name, noise) for noise in SCHEDULES],
        "steps": steps(name, "loglinear") + steps(name, "geometric")[1:],
    }


with torch.no_grad():
    reference.write(CLONE, "louaaron/Score-Entropy-Discrete-Diffusion", "sedd.py", {
        "schedules": schedules(),
        "absorbing": graph("absorbing"),
        "uniform": {**graph("uniform"), "stepsOfLaw": steps("uniform", "loglinear", law_score)},
    })
