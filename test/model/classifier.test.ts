import { beforeAll, describe, expect, it } from "vitest";
import {
  classifier,
  type PaddedRows,
  pooledFeatures,
  tunedClassifier,
} from "../../src/model/classifier.ts";
import {
  type ClassifierConfig,
  classifierShapes,
  HEAD_KINDS,
  type Tuned,
  tunedNames,
} from "../../src/model/classifier-config.ts";
import { initClassifier } from "../../src/model/init-classifier.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, type ParamTree, param, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { VOCAB_SIZE } from "../../src/tokens/alphabet.ts";
import { naiveBackbone } from "../naive/denoiser.ts";
import { naiveGelu } from "../naive/gelu.ts";
import { naiveLinear } from "../naive/linear.ts";
import { naiveMeanPool } from "../naive/mean-pool.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const BACKBONE = { width: 16, layers: 3, heads: 2 };
const LENGTHS = [11, 1, 7];
const LONGEST = 11;
const TUNED: readonly Tuned[] = [
  { part: "all" },
  { part: "head" },
  { part: "last", blocks: 1 },
  { part: "last", blocks: 3 },
];

const configOf = (head: ClassifierConfig["head"]): ClassifierConfig => ({
  backbone: BACKBONE,
  head,
  classes: 3,
});

/** Fresh parameters with a head that is not 0. */
function speakingParams(config: ClassifierConfig): ParamTree {
  const { "classify.weight": silent, ...rest } = paramsFromArrays(initClassifier(config, 5));
  silent?.dispose();
  return { ...rest, "classify.weight": filled([config.classes, BACKBONE.width]) };
}

const ROWS = LENGTHS.map((count, row) => randomIds(count, row + 1));

/** The rows with `fill` in their padding. */
function padded(fill: (i: number) => number): PaddedRows {
  const ids = ROWS.flatMap((row) => Array.from({ length: LONGEST }, (_, i) => row[i] ?? fill(i)));
  return {
    ids: tf.tensor2d(Int32Array.from(ids), [ROWS.length, LONGEST], "int32"),
    lengths: LENGTHS,
  };
}

const zeros = (): PaddedRows => padded(() => 0);

describe.each(BACKENDS)("the classifier on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(HEAD_KINDS)(
    "with a %s head is what float64 loops make of the same parameters",
    (head) => {
      const config = configOf(head);
      const params = speakingParams(config);
      const values = Object.fromEntries(
        Object.entries(params).map(([name, tensor]) => [name, tensor.dataSync()]),
      );
      const expected = ROWS.flatMap((ids) => {
        const shape = { ...BACKBONE, batch: 1, length: ids.length };
        const features = naiveBackbone(values, ids, shape);
        const pooled = naiveMeanPool(features, [ids.length], ids.length, BACKBONE.width);
        const get = (name: string) => values[name] as ArrayLike<number>;
        const hidden =
          head === "linear"
            ? pooled
            : naiveGelu(
                naiveLinear(
                  pooled,
                  get("classify.hidden.weight"),
                  get("classify.hidden.bias"),
                  BACKBONE.width,
                ),
              );
        return [
          ...naiveLinear(hidden, get("classify.weight"), get("classify.bias"), BACKBONE.width),
        ];
      });
      const logits = tf.tidy(() => classifier(params, config, zeros()).dataSync());
      expect(maxDifference(logits, expected)).toBeLessThan(1e-5);
      expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(0.1);
      disposeParams(params);
    },
  );

  it("says the same whatever stands in the padding, and as if there were none", () => {
    const config = configOf("linear");
    const params = speakingParams(config);
    const logitsOf = (rows: () => PaddedRows): Float32Array =>
      tf.tidy(() => classifier(params, config, rows()).dataSync() as Float32Array);
    const expected = logitsOf(zeros);
    expect(logitsOf(() => padded((i) => (5 * i + 3) % VOCAB_SIZE))).toEqual(expected);
    for (const [row, ids] of ROWS.entries()) {
      const alone = logitsOf(() => ({
        ids: tf.tensor2d(Int32Array.from(ids), [1, ids.length], "int32"),
        lengths: [ids.length],
      }));
      const part = expected.subarray(3 * row, 3 * row + 3);
      expect(maxDifference(alone, part), `row of ${ids.length}`).toBeLessThan(1e-5);
    }
    disposeParams(params);
  });

  it.each(TUNED)(
    "with $part $blocks tuned has the gradients it has when all is, of those alone",
    (tuned) => {
      const config = configOf("mlp");
      const params = speakingParams(config);
      const before = tf.memory().numTensors;
      const gradientsOf = (names: readonly string[], part: Tuned) =>
        tf.tidy(() => {
          const trained = Object.fromEntries(names.map((name) => [name, param(params, name)]));
          const logits = tunedClassifier(params, config, part, zeros());
          const loss = (values: ParamTree) => tf.sum(tf.square(logits(values))) as tf.Scalar;
          return { ...lossAndGrads(trained, loss) };
        });
      const all = gradientsOf(Object.keys(params), { part: "all" });
      const some = gradientsOf(tunedNames(config, tuned), tuned);
      expect(some.loss.dataSync()[0]).toBeCloseTo(all.loss.dataSync()[0] as number, 4);
      for (const [name, gradient] of Object.entries(some.grads)) {
        const expected = param(all.grads, name).dataSync();
        const scale = Math.max(...expected.map(Math.abs));
        expect(maxDifference(gradient.dataSync(), expected), name).toBeLessThan(
          1e-5 * scale + 1e-6,
        );
      }
      tf.dispose([all.loss, some.loss]);
      disposeParams(all.grads);
      disposeParams(some.grads);
      expect(tf.memory().numTensors).toBe(before);
      disposeParams(params);
    },
  );

  it("begins with every class as likely, and with the backbone that was trained", () => {
    const config = configOf("mlp");
    const trained = initDenoiser(BACKBONE, 77);
    const arrays = initClassifier(config, 5, trained);
    const params = paramsFromArrays(arrays);
    const logits = tf.tidy(() => classifier(params, config, zeros()).dataSync());
    expect([...logits]).toEqual(new Array(9).fill(0));
    const features = tf.tidy(() => pooledFeatures(params, BACKBONE, zeros()).dataSync());
    const own = paramsFromArrays(trained);
    const expected = tf.tidy(() => pooledFeatures(own, BACKBONE, zeros()).dataSync());
    expect(features).toEqual(expected);
    disposeParams(params);
    disposeParams(own);
  });
});

describe("initClassifier refuses a trained backbone", () => {
  const config = configOf("linear");
  const begin = (backbone: typeof BACKBONE) => () =>
    initClassifier(config, 5, initDenoiser(backbone, 77));

  it("of fewer layers, which would be zeros, and of another width", () => {
    expect(begin({ ...BACKBONE, layers: 2 })).toThrow(
      "expected blocks.2.norm1.weight of the trained backbone to be [16], got none: its width and its layers must be the classifier's",
    );
    expect(begin({ ...BACKBONE, width: 32 })).toThrow(
      /^expected embed\.weight of the trained backbone to be \[6, 16\], got \[6, 32\]: /,
    );
  });
});

describe("tunedNames", () => {
  const config = configOf("linear");
  const HEAD = ["classify.weight", "classify.bias"];

  it("lists everything, the head, or the last blocks with norm and head", () => {
    expect(tunedNames(config, { part: "all" })).toEqual(Object.keys(classifierShapes(config)));
    expect(tunedNames(config, { part: "head" })).toEqual(HEAD);
    const blocks = tunedNames(config, { part: "last", blocks: 2 });
    expect(blocks.filter((name) => !/^blocks\.[12]\./.test(name))).toEqual([
      "norm.weight",
      ...HEAD,
    ]);
    expect(blocks).toHaveLength(16 + 3);
  });

  it("refuses more blocks than there are", () => {
    expect(() => tunedNames(config, { part: "last", blocks: 4 })).toThrow(
      "expected --tune last:N with N of at most the 3 blocks of the network, got 4 (--tune all tunes everything)",
    );
  });
});
