"""Numbers of kuleshov-group/bd3lms: its attention mask, losses with a time per block, the clipped schedules that it tries, its step.

    python bd3lms.py CLONE > ../bd3lms.json
"""
import sys
from types import SimpleNamespace as Bag

import torch

import cases, reference

CLONE = sys.argv[1]
reference.enter(CLONE)
import diffusion, metrics, models.dit, noise_schedule

#: times of the blocks of each row: as many columns as there are blocks
BLOCK_TIMES = torch.tensor([
    [0.2, 0.65, 0.97, 0.4, 0.7, 0.03],
    [0.5, 0.05, 0.8, 0.9, 0.25, 0.6],
    [0.31, 0.999, 0.4, 0.15, 0.85, 0.55],
])


def model(block=2):
    made = reference.bare(
        diffusion.Diffusion,
        config=Bag(
            model=Bag(length=cases.LENGTH),
            algo=Bag(name="bd3lm", fix_clipping=False),
            training=Bag(resample=False),
            sampling=Bag(kv_cache=False, first_hitting=False, nucleus_p=1.0),
        ),
        noise=noise_schedule.get_noise(None, noise_type="loglinear"),
        vocab_size=5,
        mask_index=cases.MASK,
        neg_infinity=-1000000.0,
        parameterization="subs",
        block_size=block,
        cross_attn=True,
        ignore_bos=False,
        mdlm_loss_scale=False,
        time_conditioning=False,
        antithetic_sampling=False,
        seen={},
    )

    def backbone(x, sigma, store_kv=False, sample_mode=False):
        made.seen["input"] = x
        return cases.OUTPUTS5[:, -x.shape[1] if sample_mode else 0 :].clone()

    object.__setattr__(made, "backbone", backbone)
    return made


def masks():
    found = []
    for length, block in [(4, 1), (4, 2), (6, 2), (6, 3), (6, 6), (5, 2)]:
        q = torch.arange(2 * length)
        mask = models.dit.block_diff_mask(None, None, q[:, None], q[None, :], block_size=block, n=length)
        found.append({"length": length, "block": block, "sees": mask.int()})
    return found


def loss(interval=(1e-3, 1.0), block=2):
    """_forward_pass_diffusion with given times of blocks and given x_t."""
    made = model(block=block)
    t = BLOCK_TIMES[:, : cases.LENGTH // block].repeat_interleave(block, dim=-1)
    if interval == (1.0, 1.0):
        t = torch.ones_like(t)

    def q_xt(x, p, **kwargs):
        made.seen["moveChance"] = p
        return cases.ABSORBED.clone()

    made.q_xt = q_xt
    total = made._forward_pass_diffusion(cases.X0, t=t, sampling_eps_min=interval[0], sampling_eps_max=interval[1])
    return {
        "interval": interval,
        "block": block,
        "t": t,
        "moveChance": made.seen["moveChance"],
        "networkInput": made.seen["input"],
        "loss": total,
    }


def losses():
    found = [loss(block=block) for block in [1, 2, 3, 6]]
    # the weight is 1 where the lower end of a clipped schedule is above a half
    found += [loss(interval=(0.3, 0.8)), loss(interval=(0.5, 1.0)), loss(interval=(0.55, 1.0)), loss(interval=(1.0, 1.0), block=1)]
    return found


def times():
    """_sample_t on given uniform numbers, one for each block of each row."""
    u, real, found = torch.tensor([[0.1, 0.75, 0.5], [0.999, 0.0, 0.3], [0.6, 0.2, 0.9]]), torch.rand, []
    torch.rand = lambda *shape, **kwargs: u.clone()
    for antithetic in [False, True]:
        for low, high in [(1e-3, 1.0), (0.3, 0.8), (0.5, 1.0), (1.0, 1.0)]:
            made = model()
            made.antithetic_sampling = antithetic
            t = made._sample_t(cases.X0.shape, "cpu", low, high)
            found.append({"u": u, "antithetic": antithetic, "interval": [low, high], "t": t})
    torch.rand = real
    return found


def tried():
    """The intervals of clipped schedules among which the code looks for the least variance."""
    made = object.__new__(metrics.Metrics)
    made.config = Bag(algo=Bag(clip_search_widths=[0.5, 0.6, 0.7, 0.8, 0.9], clip_search_delta=0.05))
    made.block_size, made.sampling_eps, made.clip_search_delta = 2, 1e-3, 0.05
    made.init_valid_vars()
    return list(made.valid_vars)


def steps():
    """What _ddpm_caching_update draws the last block from."""
    draw, found = reference.Recorder(), []
    diffusion._sample_categorical = draw
    for t, dt in cases.STEPS:
        made = model(block=cases.LENGTH)
        at = torch.full((cases.ROWS, 1), t)
        made._ddpm_caching_update(cases.ABSORBED, at, dt)
        found.append({"t": t, "dt": dt, "probabilities": draw.take()})
    return found


reference.write(CLONE, "kuleshov-group/bd3lms", "bd3lms.py", {
    "inputs": {"x0": cases.X0, "xt": cases.ABSORBED, "outputs": cases.OUTPUTS5},
    "masks": masks(),
    "losses": losses(),
    "times": times(),
    "tried": tried(),
    "steps": steps(),
})
