/** `--mask-share`: how many bases of a training sequence are hidden, as a value of an option. */

import { decay, type ValueType } from "../../src/config/value-types.ts";

/** The same share of every sequence, or `uniform`: one of its own, from 0 to 1, for each sequence in each epoch. */
export type MaskShare = number | "uniform";

const share = decay();

export function maskShareType(): ValueType<MaskShare> {
  const check = (value: unknown): MaskShare | undefined =>
    value === "uniform" ? value : share.check(value);
  return {
    placeholder: "X|uniform",
    expectation: (value) => `${share.expectation(value)}, or uniform`,
    fromText: (text) => share.fromText(text),
    fromYaml: check,
    check,
    toYaml: (value) => value,
    isList: false,
  };
}
