import { describe, expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import { compareKmers } from "../../src/compare/kmer-measures.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { randomIds } from "../support/random-ids.ts";

const sequences = (count: number, seed: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => {
    const ids = randomIds(80 + (i % 30), seed + 13 * i, 0.01);
    return ids.map((id) => (id === 3 && i % 3 === 0 ? 0 : id)); // so that strands differ
  });
const arms = dealArms(sequences(30, 1), sequences(70, 5000), 1);
const { spectrum, symmetry } = compareKmers(arms, { seed: 1, replicates: 10 });

test("a 4-mer has its share, by looking at every place", () => {
  const texts = arms.generated.map(decodeIds);
  const words = texts.flatMap((text) =>
    Array.from({ length: text.length - 3 }, (_, i) => text.slice(i, i + 4)).filter(
      (word) => !word.includes("N"),
    ),
  );
  expect(spectrum.details).toHaveLength(256);
  for (const { name, label, generated } of spectrum.details.slice(17, 40)) {
    expect(name).toBe(`share-${label}`);
    const share = words.filter((word) => word === label).length / words.length;
    expect(generated.value).toBeCloseTo(share, 12);
  }
});

test("curves are the figures of each length", () => {
  expect(spectrum.curves[0]?.points.map(({ x }) => x)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(spectrum.curves[0]?.points[5]?.real).toEqual(spectrum.figures[5]?.real);
  expect(symmetry.curves[0]?.points[2]?.generated).toEqual(symmetry.figures[1]?.generated);
});

test("a set and its reverse complement together have no strand", () => {
  const one = randomIds(200, 3);
  const both = [one, one.map((_, i) => 3 - (one[199 - i] as number))];
  const { symmetry: none } = compareKmers(dealArms(both, [...both, ...both], 1), {
    seed: 1,
    replicates: 2,
  });
  for (const { generated } of none.figures) expect(generated.value).toBeCloseTo(0, 12);
});

describe.skipIf(!hasPythonModule("scipy"))("against SciPy, from strings", () => {
  test("divergences of k = 1 … 6, rank correlations, asymmetries", () => {
    const code = `
import json, sys
from collections import Counter
from itertools import product
import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import spearmanr
q = json.loads(sys.argv[1])
def counts(texts, k):
    c = Counter(t[i:i + k] for t in texts for i in range(len(t) - k + 1))
    return np.array([c["".join(w)] for w in product("ACGT", repeat=k)], float)
def flipped(texts):
    return [t[::-1].translate(str.maketrans("ACGT", "TGCA")) for t in texts]
out = {}
for arm in ("generated", "real"):
    pairs = [(counts(q[arm], k), counts(q["reference"], k)) for k in range(1, 7)]
    out[arm] = dict(
        divergences=[jensenshannon(a, b, base=2) ** 2 for a, b in pairs],
        ranks=[spearmanr(*pairs[k - 1])[0] for k in (3, 6)],
        asymmetries=[jensenshannon(counts(q[arm], k), counts(flipped(q[arm]), k), base=2) ** 2 for k in range(1, 7)])
print(json.dumps(out))`;
    const question = {
      generated: arms.generated.map(decodeIds),
      real: arms.real.map(decodeIds),
      reference: arms.reference.map(decodeIds),
    };
    const expected: Record<string, Record<string, number[]>> = JSON.parse(
      runPython(code, [JSON.stringify(question)]),
    );
    for (const arm of ["generated", "real"] as const) {
      const values = spectrum.figures.map((figure) => figure[arm].value as number);
      [...(expected[arm]?.divergences ?? []), ...(expected[arm]?.ranks ?? [])].forEach(
        (theirs, i) => {
          expect(values[i]).toBeCloseTo(theirs, 10);
        },
      );
      expected[arm]?.asymmetries?.forEach((theirs, i) => {
        expect(symmetry.curves[0]?.points[i]?.[arm].value).toBeCloseTo(theirs, 10);
      });
    }
  });
});
