/** Numerical quadrature in double precision. */

const NODES = [
  0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845,
  0.9739065285171717,
];
const WEIGHTS = [
  0.2955242247147529, 0.2692667193099963, 0.219086362515982, 0.1494513491505806, 0.0666713443086881,
];

/** Gauss–Legendre, ten points on each of `pieces` equal parts of [a, b]. */
export function integrate(f: (x: number) => number, a: number, b: number, pieces: number): number {
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const half = (b - a) / pieces / 2;
    const middle = a + (2 * piece + 1) * half;
    for (const [i, node] of NODES.entries()) {
      sum += (WEIGHTS[i] as number) * half * (f(middle - node * half) + f(middle + node * half));
    }
  }
  return sum;
}
