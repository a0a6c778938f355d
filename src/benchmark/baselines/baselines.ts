/** The baselines that need no network, weakest first. */

import type { Baseline } from "./baseline.ts";
import { kmerLogistic } from "./kmer-logistic.ts";
import { majority } from "./majority.ts";
import { gcOnly, lengthOnly } from "./one-number.ts";

export const BASELINES: readonly Baseline[] = [majority, lengthOnly, gcOnly, kmerLogistic];
