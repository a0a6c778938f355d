"""Numbers of kuleshov-group/discrete-diffusion-guidance: UDLM, its posterior, and what differs from mdlm.

    python guidance.py CLONE > ../discrete-diffusion-guidance.json
"""
import sys
from types import SimpleNamespace as Bag

import torch
import torch.nn.functional as F

import cases, reference

CLONE = sys.argv[1]
reference.enter(CLONE)
import diffusion, noise_schedule

INPUTS = {
    "uniform": {"xt": cases.MOVED, "outputs": cases.OUTPUTS4, "outputsOfClean": cases.CLEAN4},
    "absorbing_state": {"xt": cases.ABSORBED, "outputs": cases.OUTPUTS5, "outputsOfClean": cases.CLEAN5},
}


def model(diffusion_name, parameterization, T=0, simple_ce=False, zero_recon=False, subs_masking=False):
    inputs = INPUTS[diffusion_name]
    categories = inputs["outputs"].shape[-1]
    made = reference.bare(
        diffusion.Diffusion,
        config=Bag(
            noise=Bag(type="loglinear"),
            training=Bag(use_simple_ce_loss=simple_ce),
            sampling=Bag(use_float64=True),
            zero_recon_loss=zero_recon,
        ),
        noise=noise_schedule.get_noise(Bag(noise=Bag(type="loglinear"))),
        vocab_size=categories,
        mask_index=cases.MASK if categories == 5 else -1,
        neg_infinity=-1_000_000.0,
        limiting_distribution=torch.ones(1, 1, categories) / categories,
        diffusion=diffusion_name,
        parameterization=parameterization,
        T=T,
        subs_masking=subs_masking,
        change_of_variables=False,
        importance_sampling=False,
        time_conditioning=True,
    )

    def backbone(x, sigma, cond, x_emb=None):
        clean = bool((x == cases.X0).all())
        return inputs["outputsOfClean" if clean else "outputs"].clone()

    object.__setattr__(made, "backbone", backbone)
    return made


def loss(t, diffusion_name, training=False, **options):
    """_forward_pass_diffusion at given times and given x_t."""
    made, seen = model(diffusion_name, **options), {}
    made.training = training
    made._sample_t = lambda n: torch.tensor(t)

    def q_xt(x, move_chance):
        seen["moveChance"] = move_chance.squeeze(-1)
        return INPUTS[diffusion_name]["xt"]

    made._q_xt = q_xt
    found = made._forward_pass_diffusion(cases.X0)
    parts = found if isinstance(found, dict) else {"loss": found}
    names = {"recon_loss": "reconstructionLoss", "diffusion_loss": "diffusionLoss", "loss": "loss"}
    return {
        "diffusion": diffusion_name,
        **options,
        **({"training": True} if training else {}),
        "sampledT": t,
        "moveChance": seen["moveChance"],
        **{names[name]: value for name, value in parts.items()},
    }


def losses():
    rows = cases.ROW_TIMES.tolist()
    uniform = {"diffusion_name": "uniform", "parameterization": "d3pm"}
    absorbing = {"diffusion_name": "absorbing_state", "parameterization": "subs"}
    found = [loss(rows, **uniform), loss(rows, zero_recon=True, **uniform), loss([0.001, 0.5, 0.999], zero_recon=True, **uniform)]
    found += [loss(rows, T=T, **uniform) for T in [4, 10, 1000]]
    # t = dt in the first row
    found += [loss([0.1, 0.3, 0.999], T=4, **uniform)]
    found += [loss(rows, **absorbing), loss(rows, T=10, **absorbing)]
    found += [loss(rows, simple_ce=True, training=True, **absorbing)]
    return found


def posteriors():
    """_compute_posterior, of the clean data and of the network's prediction."""
    made, found = model("uniform", "d3pm"), []
    one_hot = F.one_hot(cases.X0, 4).to(torch.float64)
    predicted = cases.OUTPUTS4.log_softmax(-1).exp()
    for alpha_s, alpha_t in [(0.9, 0.5), (0.5, 0.4), (0.3, 0.001), (1.0, 0.75), (0.8, 0.8)]:
        s, t = (torch.full((cases.ROWS, 1, 1), alpha) for alpha in (alpha_s, alpha_t))
        found.append({
            "alphaS": alpha_s,
            "alphaT": alpha_t,
            "ofClean": made._compute_posterior(one_hot, cases.MOVED, s, t),
            "ofPrediction": made._compute_posterior(predicted, cases.MOVED, s, t),
        })
    return found


def steps(diffusion_name, parameterization):
    draw, found = reference.Recorder(), []
    diffusion._sample_categorical = draw
    made = model(diffusion_name, parameterization)
    for t, dt in cases.STEPS:
        move_t, move_s = (1 - torch.exp(-made.noise(torch.full((cases.ROWS,), at))[0])[:, None, None] for at in (t, t - dt))
        xt = INPUTS[diffusion_name]["xt"]
        _, q_xs, _ = made._ddpm_denoise(xt, made.noise(torch.full((cases.ROWS,), t))[0], move_t, move_s)
        draw.take()
        found.append({"diffusion": diffusion_name, "t": t, "dt": dt, "moveT": move_t[0, 0, 0], "moveS": move_s[0, 0, 0], "probabilities": q_xs})
    return found


def guided(diffusion_name, parameterization):
    """_cfg_denoise: the network told a class returns `outputs`, and not told one `untold`; at t, to t − dt."""
    draw, found = reference.Recorder(), []
    diffusion._sample_categorical = draw
    made = model(diffusion_name, parameterization)
    made.config.data = Bag(num_classes=2)
    inputs = INPUTS[diffusion_name]
    untold = cases.outputs(inputs["outputs"].shape[-1], 6)

    def backbone(x, sigma, cond, x_emb=None):
        return (untold if bool((cond == 2).all()) else inputs["outputs"]).clone()

    object.__setattr__(made, "backbone", backbone)
    t, dt = cases.STEPS[2]
    sigma_t, sigma_s = (made.noise(torch.full((cases.ROWS,), at))[0] for at in (t, t - dt))
    move_t, move_s = ((1 - torch.exp(-sigma))[:, None, None] for sigma in (sigma_t, sigma_s))
    for gamma in [0.0, 0.5, 1.0, 3.0]:
        cond = torch.zeros(cases.ROWS, dtype=torch.int64)
        _, q_xs, _ = made._cfg_denoise(cond, gamma, inputs["xt"], sigma_t, move_t, move_s)
        draw.take()
        found.append({"gamma": gamma, "probabilities": q_xs})
    return {"diffusion": diffusion_name, "t": t, "dt": dt, "untold": untold, "strengths": found}


reference.write(CLONE, "kuleshov-group/discrete-diffusion-guidance", "guidance.py", {
    "inputs": {"x0": cases.X0, "uniform": INPUTS["uniform"], "absorbing_state": INPUTS["absorbing_state"]},
    "subs": model("absorbing_state", "subs")._subs_parameterization(cases.OUTPUTS5.clone(), cases.ABSORBED),
    "losses": losses(),
    "posteriors": posteriors(),
    "steps": steps("uniform", "d3pm") + steps("absorbing_state", "subs"),
    "guided": [guided("uniform", "d3pm"), guided("absorbing_state", "subs")],
})
