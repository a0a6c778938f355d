/** Sizes of the Genomic Benchmarks' convolutional network, and the names on disk of what it learns and keeps. */

import { ConfigError } from "../errors.ts";
import { VOCAB_SIZE } from "../tokens/alphabet.ts";
import type { ParamShapes } from "./param-shapes.ts";

/** The id of what stands after a shorter sequence: a row of its own after those of the alphabet, learned like them. */
export const CNN_PADDING_ID: number = VOCAB_SIZE;
/** Rows of the embedding with gdiff's ids; the row of MASK is never met. */
export const CNN_VOCAB_SIZE: number = VOCAB_SIZE + 1;

export interface CnnConfig {
  /** Rows of the embedding: CNN_VOCAB_SIZE; tokenisers with more special tokens have more. */
  readonly vocab: number;
  /** Positions of every input, the longest sequence of a set; shorter ones are padded on the right, as in the original. */
  readonly length: number;
  readonly classes: number;
  /**
   * What ReLU follows: every convolution, as in the package genomic_benchmarks (src/genomic_benchmarks/models/torch.py), or
   * the first alone, as in the port that Caduceus' table was made with (its models/baseline/genomics_benchmark_cnn.py).
   */
  readonly relu: "each" | "first";
}

const EMBEDDING_WIDTH = 100;
const KERNEL = 8;
/** Positions of a window of the max-pools. */
export const CNN_POOL = 2;
/** Width of each convolution's output. */
const WIDTHS = [16, 8, 4] as const;
const HIDDEN = 512;
/** The shortest input that leaves a position after the last pool. */
export const SHORTEST_CNN_INPUT = 57;

/** Convolutions by their number in names: `conv1`, `norm1`. */
export const CNN_LAYERS: readonly number[] = WIDTHS.map((_, i) => i + 1);

/**
 * Returns the shape of every parameter in the order that the network uses them, in PyTorch's layout: 53,766 numbers of 12
 * rows, 200 positions and 2 classes, 53,266 with gdiff's 7 rows.
 *
 * @throws {ConfigError} when no position would be left after the last pool
 */
export function cnnParamShapes({ vocab, length, classes }: CnnConfig): ParamShapes {
  if (length < SHORTEST_CNN_INPUT) {
    throw new ConfigError(
      `expected the benchmark's CNN to take sequences of at least ${SHORTEST_CNN_INPUT} positions (three convolutions of ` +
        `${KERNEL} and pools of ${CNN_POOL}), got ${length}: pad them to that length`,
    );
  }
  const shapes: Record<string, readonly number[]> = { "embed.weight": [vocab, EMBEDDING_WIDTH] };
  let [before, positions] = [EMBEDDING_WIDTH, length];
  for (const [i, width] of WIDTHS.entries()) {
    const layer = i + 1;
    shapes[`conv${layer}.weight`] = [width, before, KERNEL];
    shapes[`conv${layer}.bias`] = [width];
    shapes[`norm${layer}.weight`] = [width];
    shapes[`norm${layer}.bias`] = [width];
    before = width;
    positions = Math.floor((positions - KERNEL + 1) / CNN_POOL);
  }
  shapes["hidden.weight"] = [HIDDEN, before * positions];
  shapes["hidden.bias"] = [HIDDEN];
  shapes["head.weight"] = [classes, HIDDEN];
  shapes["head.bias"] = [classes];
  return shapes;
}

/** Returns the shape of every running statistic: state that training changes and no gradient does. */
export function cnnBufferShapes(): ParamShapes {
  const entries = WIDTHS.flatMap((width, i) =>
    ["mean", "variance"].map((name) => [`norm${i + 1}.${name}`, [width]] as const),
  );
  return Object.fromEntries(entries);
}
