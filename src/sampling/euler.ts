/**
 * The Euler sampler (SEDD, arXiv:2310.16834, section 4.2): a step of time dt moves a masked position to base y with probability
 * dt σ′(t) s_y. Large steps make these exceed 1 together; they are clipped to share 1 then, which SEDD's code does not do.
 */

import type { TimeOptions } from "./ancestral.ts";
import type { Sampler } from "./sampler.ts";
import { type Gain, scoreSampler } from "./score-form.ts";

export const eulerGain: Gain = ({ sigmaPrime }, { t, s }) => (t - s) * sigmaPrime(t);

export const eulerSampler: Sampler<TimeOptions> = scoreSampler(eulerGain);
