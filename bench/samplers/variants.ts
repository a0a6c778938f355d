/** The samplers that are looked at, as the flags of gdiff generate say them. */

import type { ChosenSample, SampleConfig } from "../../pipelines/generate/sample-options.ts";

export interface Variant {
  readonly name: string;
  readonly sample: Partial<SampleConfig> & Pick<ChosenSample, "method">;
}

const variant = (sample: Variant["sample"]): Variant => ({ name: nameOf(sample), sample });

function nameOf({ method, ...rest }: Variant["sample"]): string {
  return [method, ...Object.values(rest)].join(" ");
}

export const VARIANTS: readonly Variant[] = [
  variant({ method: "random-order" }),
  variant({ method: "random-order", schedule: "cosine" }),
  variant({ method: "random-order", schedule: "binomial" }),
  variant({ method: "first-hitting" }),
  variant({ method: "ancestral" }),
  variant({ method: "ancestral", noise: "cosine" }),
  variant({ method: "ancestral", noise: "cosine-squared" }),
  variant({ method: "analytic" }),
  variant({ method: "euler", noise: "cosine-squared" }),
  variant({ method: "confidence", confidence: "low-confidence" }),
  variant({ method: "confidence", confidence: "max-probability" }),
  variant({ method: "confidence", confidence: "margin" }),
  variant({ method: "confidence", confidence: "entropy" }),
  variant({ method: "confidence", confidence: "entropy", orderTemperature: 1 }),
  variant({ method: "remdm", remask: "cap" }),
  variant({ method: "remdm", remask: "cap", eta: 0.04 }),
  variant({ method: "remdm", remask: "rescale" }),
  variant({ method: "remdm", remask: "conf" }),
  variant({ method: "remdm", remask: "loop" }),
  variant({ method: "remdm", remask: "forward-backward" }),
  variant({ method: "remdm", remask: "dfm" }),
];
