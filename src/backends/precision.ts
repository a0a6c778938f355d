/** What a product rounds its operands to; sums are float32 in both. */

export const PRECISIONS = ["bf16", "fp32"] as const;

export type Precision = (typeof PRECISIONS)[number];
