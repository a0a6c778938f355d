"""Numbers of kuleshov-group/mdlm.

    python mdlm.py CLONE > ../mdlm.json
"""
import sys
from types import SimpleNamespace as Bag

import torch

import cases, reference

CLONE = sys.argv[1]
reference.enter(CLONE)
import diffusion, noise_schedule

LINEAR = {"sigma_min": 1e-3, "sigma_max": 7.0}
GEOMETRIC = {"sigma_min": 1e-4, "sigma_max": 20.0}
SCHEDULES = {"loglinear": {}, "cosine": {}, "cosinesqr": {}, "linear": LINEAR, "geometric": GEOMETRIC}


def schedule(name):
    return noise_schedule.get_noise(Bag(noise=Bag(type=name, **SCHEDULES[name])), dtype=torch.float64)


def model(noise="loglinear", parameterization="subs", T=0, subs_masking=False, covariables=False, importance=False):
    made = reference.bare(
        diffusion.Diffusion,
        config=Bag(noise=Bag(type=noise), backbone="dit"),
        noise=schedule(noise),
        vocab_size=5,
        mask_index=cases.MASK,
        neg_infinity=-1000000.0,
        parameterization=parameterization,
        T=T,
        subs_masking=subs_masking,
        change_of_variables=covariables,
        importance_sampling=importance,
        antithetic_sampling=False,
        time_conditioning=True,
        sampling_eps=1e-3,
        told=[],
    )

    def backbone(x, sigma):
        made.told.append(sigma)
        clean = bool((x == cases.X0).all())
        return (cases.CLEAN5 if clean else cases.OUTPUTS5).clone()

    object.__setattr__(made, "backbone", backbone)
    return made


def schedules():
    found = {}
    for name, parameters in SCHEDULES.items():
        noise, t = schedule(name), torch.tensor(cases.TIMES)
        sigma, rate = noise(t)
        rate = rate.expand_as(t)
        found[name] = {
            "parameters": parameters or {"eps": 1e-3},
            "t": t,
            "sigma": sigma,
            "rate": rate,
            "moveChance": 1 - torch.exp(-sigma),
            "weight": rate / torch.expm1(sigma),
        }
    return found


def importance():
    found = {}
    for name in ["loglinear", "linear"]:
        noise, u = schedule(name), torch.tensor([0.0, 0.001, 0.1, 0.5, 0.9, 1.0])
        found[name] = {
            "u": u,
            "sigmaMin": noise.sigma_min,
            "sigmaMax": noise.sigma_max,
            "logMove0": torch.log1p(-torch.exp(-noise.sigma_min)),
            "logMove1": torch.log1p(-torch.exp(-noise.sigma_max)),
            "t": noise.importance_sampling_transformation(u),
        }
    return found


def times():
    """_sample_t on given uniform numbers."""
    u, real = torch.tensor([0.1, 0.75, 0.5, 0.999]), torch.rand
    torch.rand = lambda *shape, **kwargs: u.clone()
    found = {"u": u}
    for name, antithetic, importance in [("independent", False, False), ("antithetic", True, False), ("importance", True, True)]:
        made = model(importance=importance)
        made.antithetic_sampling = antithetic
        found[name] = made._sample_t(len(u), "cpu")
    torch.rand = real
    return found


def loss(t, **options):
    """_forward_pass_diffusion at given times and given x_t; `t` is what _sample_t returns."""
    made, seen = model(**options), {}
    t = torch.tensor(t)
    made._sample_t = lambda n, device: t.clone()

    def q_xt(x, move_chance):
        seen["moveChance"] = move_chance.squeeze(-1)
        return cases.ABSORBED

    def kept(name):
        inner = getattr(made, name)

        def call(*args, **kwargs):
            seen[name.strip("_")] = inner(*args, **kwargs)
            return seen[name.strip("_")]

        object.__setattr__(made, name, call)

    made.q_xt = q_xt
    for name in ["_d3pm_loss", "_reconstruction_loss"]:
        kept(name)
    total = made._forward_pass_diffusion(cases.X0)
    found = {**options, "sampledT": t, "moveChance": seen["moveChance"], "conditioning": made.told[0], "loss": total}
    if "d3pm_loss" in seen:
        found["diffusionLoss"] = seen["d3pm_loss"]
    if "reconstruction_loss" in seen:
        found["reconstructionLoss"] = seen["reconstruction_loss"]
    return found


def losses():
    rows = cases.ROW_TIMES.tolist()
    found = [loss(rows, noise=name) for name in SCHEDULES]
    found += [loss(rows, noise=name, covariables=True) for name in ["loglinear", "linear"]]
    found += [loss(rows, noise=name, importance=True) for name in ["loglinear", "linear"]]
    found += [loss(rows, noise=name, parameterization="sedd") for name in ["loglinear", "geometric"]]
    for T in [2, 4, 10, 1000]:
        found += [loss(rows, parameterization="subs", T=T)]
        found += [loss(rows, parameterization="d3pm", T=T, subs_masking=masking) for masking in [False, True]]
    # the first interval of the grid, where t = dt; and the last, where t is clamped below 1
    found += [loss([0.1, 0.3, 0.999], parameterization=name, T=4) for name in ["subs", "d3pm"]]
    return found


def parameterisations():
    found = {"subs": model()._subs_parameterization(cases.OUTPUTS5.clone(), cases.ABSORBED)}
    for name, masking in [("d3pm", False), ("d3pmSubsMasking", True)]:
        found[name] = model(subs_masking=masking)._d3pm_parameterization(cases.OUTPUTS5.clone())
    sigma = torch.tensor([0.2, 0.8, 3.0])
    log_score = model()._sedd_parameterization(cases.OUTPUTS5.clone(), cases.ABSORBED, sigma)
    found["sedd"] = {"sigma": sigma, "logScore": log_score}
    found["sedd"]["scoreEntropy"] = model()._score_entropy(log_score, sigma[:, None], cases.ABSORBED, cases.X0)
    return found


def steps():
    """Probabilities that a sampler draws from, not normalised, and the rows after a draw of category 0 everywhere."""
    draw = diffusion._sample_categorical = reference.Recorder()
    found = []
    for parameterization in ["subs", "sedd", "d3pm"]:
        for t, dt in cases.STEPS:
            made = model(parameterization=parameterization)
            at, x = torch.full((cases.ROWS, 1), t), cases.ABSORBED
            row = {"parameterization": parameterization, "t": t, "dt": dt}
            if parameterization != "sedd":
                row["ddpmRows"] = made._ddpm_update(x, at, dt)
                row["ddpm"] = draw.take()
                made._ddpm_caching_update(x, at, dt)
                row["ddpmCache"] = draw.take()
            if parameterization == "d3pm":
                found.append(row)
                continue
            row["score"] = made.get_score(x, made.noise(at)[0])
            made._analytic_update(x, at, dt)
            row["analytic"] = draw.take()
            made._denoiser_update(x, at)
            row["denoiser"] = draw.take()
            found.append(row)
    return found


reference.write(CLONE, "kuleshov-group/mdlm", "mdlm.py", {
    "inputs": {"x0": cases.X0, "xt": cases.ABSORBED, "outputs": cases.OUTPUTS5, "outputsOfClean": cases.CLEAN5},
    "schedules": schedules(),
    "importance": importance(),
    "times": times(),
    "parameterisations": parameterisations(),
    "losses": losses(),
    "steps": steps(),
})
