/** WGSL that attention's programs share: which keys a query sees, and scores. */

import type { PatternAttributes } from "../../../tensor/fused/attention.ts";

/** Bound of the keys that a query of the pattern may see, and whether it sees one; as ops/attention-pattern.ts has them. */
const PATTERNS: Readonly<
  Record<PatternAttributes["pattern"], { readonly end: string; readonly sees: string }>
> = {
  full: { end: "uniforms.keys", sees: "true" },
  causal: { end: "query + uniforms.offset + 1", sees: "key <= query + uniforms.offset" },
  blocks: {
    end: "blockStart(query + uniforms.offset) + uniforms.block",
    sees: "key < blockStart(query + uniforms.offset) + uniforms.block",
  },
  "doubled-blocks": { end: "uniforms.keys", sees: "seesDoubled(query, key)" },
};

/** The declarations; the code around them has `uniforms.copy`, the positions that a row's length is of. */
export function patternCode(pattern: PatternAttributes["pattern"], hasLengths: boolean): string {
  const { end, sees } = PATTERNS[pattern];
  return `
    fn blockStart(position : i32) -> i32 { return (position / uniforms.block) * uniforms.block; }
    fn seesDoubled(query : i32, key : i32) -> bool {
      let begin = blockStart(query % uniforms.copy);
      let position = key % uniforms.copy;
      if (query >= uniforms.copy) { return key >= uniforms.copy && position < begin + uniforms.block; }
      if (key >= uniforms.copy) { return position < begin; }
      return position >= begin && position < begin + uniforms.block;
    }
    fn keysEnd(query : i32) -> i32 { return min(${end}, uniforms.keys); }
    fn sees(row : i32, query : i32, key : i32) -> bool {
      if (key % uniforms.copy >= ${hasLengths ? "lengths[row]" : "uniforms.copy"}) { return false; }
      return ${sees};
    }
  `;
}

/** WGSL: a row of `array` copied to a thread's own memory, and the product of such a row with one of `array`. */
export function rowCode(array: string, width: number): string {
  const own = `array<f32, ${width}>`;
  return `
    fn row_${array}(row : i32) -> ${own} {
      var own : ${own};
      for (var d = 0; d < ${width}; d = d + 1) { own[d] = ${array}[row * ${width} + d]; }
      return own;
    }
    fn times_${array}(own : ptr<function, ${own}>, row : i32) -> f32 {
      var sum = 0.0;
      for (var d = 0; d < ${width}; d = d + 1) { sum = sum + (*own)[d] * ${array}[row * ${width} + d]; }
      return sum;
    }
  `;
}
