/** The regularised incomplete beta function, from which Student's t and others come. */

const MOST_TERMS = 10_000;
const TINY = 1e-300;
const EPSILON = 1e-16;

/**
 * I_x(a, b) by its continued fraction (DLMF 8.17.22, evaluated by Lentz's method), a and b positive, x in 0 … 1.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a); // where the fraction is fast
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  let ratio = 1; // of neighbouring numerators of the fraction 1 + d_1 / (1 + d_2 / (1 + …
  let inverse = 0; // of neighbouring denominators
  let fraction = 1;
  for (let n = 1; n <= MOST_TERMS; n++) {
    const d = coefficient(n, x, a, b);
    inverse = 1 / notZero(1 + d * inverse);
    ratio = notZero(1 + d / ratio);
    const step = ratio * inverse;
    fraction *= step;
    if (Math.abs(step - 1) < EPSILON) break;
  }
  return front / fraction;
}

/** d_n of DLMF 8.17.23. */
function coefficient(n: number, x: number, a: number, b: number): number {
  const m = Math.floor(n / 2);
  if (n % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) from x + n ≥ 15 on, n factors taken off. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 15; at++) shift += Math.log(at);
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
