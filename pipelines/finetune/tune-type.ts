/** `all`, `head` or `last:N` as a value of an option. */

import type { ValueType } from "../../src/config/value-types.ts";
import type { Tuned } from "../../src/model/classifier-config.ts";

/** Which part of a network is trained: N is a number of blocks. */
export type TuneText = "all" | "head" | `last:${number}`;

const TEXT = /^(?:all|head|last:[1-9]\d{0,3})$/;

export function tuneType(): ValueType<TuneText> {
  const check = (value: unknown): TuneText | undefined =>
    typeof value === "string" && TEXT.test(value) ? (value as TuneText) : undefined;
  return {
    placeholder: "all|head|last:N",
    expectation: () => "all, head or last:N, N the number of blocks",
    fromText: (text) => text,
    fromYaml: check,
    check,
    toYaml: (value) => value,
    isList: false,
  };
}

export function tunedOf(text: TuneText): Tuned {
  if (text === "all" || text === "head") return { part: text };
  return { part: "last", blocks: Number(text.slice("last:".length)) };
}
