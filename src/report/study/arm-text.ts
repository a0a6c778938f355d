/** Arms of a study in words. */

import { formatCount, formatNumberOf } from "../../util/format.ts";
import { fixed } from "../numbers.ts";
import type { ArmReport, KmerDivergence, StudyDesign } from "../study-record.ts";

/** Decimals of bits per base, and of divergences. */
const BITS_DIGITS = 4;

/** `1.9012`, or `≤ 1.9300` where it is a bound. */
export function bitsText({ kind, bits }: Pick<ArmReport, "kind" | "bits">): string {
  return boundText(kind, bits.mean);
}

export function boundText(kind: ArmReport["kind"], bits: number | undefined): string {
  const text = fixed(bits, BITS_DIGITS);
  return kind === "bound" ? `≤\u00a0${text}` : text;
}

/** What kind of number an arm's bits per base are. */
export function kindText({ kind }: Pick<ArmReport, "kind">): string {
  return kind === "bound" ? "upper bound" : "exact";
}

/** `networks of 4 layers of width 96`: of all arms. */
export function networkText({ network: { layers, width } }: Pick<StudyDesign, "network">): string {
  return `networks of ${formatNumberOf(layers, "layer")} of width ${width}`;
}

/** `mlm, 250 steps; mdlm, 750 steps, train.lr=0.002`. */
export function stagesText({ stages, strand }: Pick<ArmReport, "stages" | "strand">): string {
  const scored = strand === "both" ? "; scored on both strands" : "";
  const texts = stages
    .map(({ objective, steps, own }) =>
      [objective, `${formatCount(steps)} steps`, ...own].join(", "),
    )
    .join("; then ");
  return texts + scored;
}

/** Bases a second, to three digits. */
export function speedText(tokensPerSecond: number | undefined): string {
  if (tokensPerSecond === undefined) return "–";
  const step = 10 ** Math.max(0, Math.floor(Math.log10(tokensPerSecond)) - 2);
  return formatCount(Math.round(tokensPerSecond / step) * step);
}

/** Of k-mers of one length: `0.0123`. */
export function divergenceText(divergence: KmerDivergence | undefined): string {
  return fixed(divergence?.bits, BITS_DIGITS);
}

/** What the intervals of all differences hold with. @param share `95 %` */
export function intervalsText(pairs: number, share: string): string {
  return pairs === 1
    ? `Each of the two intervals holds with ${share}.`
    : `Intervals hold for all ${pairs} pairs together with ${share} (Bonferroni).`;
}
