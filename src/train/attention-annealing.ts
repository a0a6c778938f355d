/**
 * From causal attention to full: a network that began as an autoregressive model sees further ahead with every step (DiffuLLaMA,
 * arXiv:2410.17891, anneals the attention mask too, but shows positions at random).
 */

/**
 * Positions after its own that a position sees, in every block, in step `step` of `steps`: none in the first, then more in equal parts;
 * nothing, which is all, once the steps are over.
 */
export function lookaheadAt(step: number, steps: number, length: number): number | undefined {
  return step < steps ? Math.floor((step * length) / steps) : undefined;
}
