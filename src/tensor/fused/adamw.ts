/** One AdamW update with the exponential average, in one pass over memory. */

/**
 * Inputs `param`, `mu`, `nu`, `ema` and `grad` of one shape, float32; attributes `gradientScale`, `beta1`, `beta2`,
 * `correction2` = sqrt(1 − beta2^count), `epsilon`, `rate` = learning rate / (1 − beta1^count), `decay` = 1 − learning
 * rate · weight decay, `emaDecay`. Outputs the next param, mu, nu, ema and, a scalar, the Euclidean norm of the next
 * param. Gives the memory of the first four inputs to the outputs where nothing else uses it: the caller disposes them
 * unread. No gradient.
 */
export const ADAMW = "GdiffAdamW";
