/**
 * The convolutional network of the Genomic Benchmarks (Grešová and others, doi:10.1186/s12863-023-01123-8; the package
 * genomic_benchmarks, models/torch.py), a baseline of classification: embedding, three times convolution, batch norm and
 * max-pool, then two affine maps with nothing between. Its loss is the cross-entropy of a softmax: the original's second
 * sigmoid, inside a loss that applies one itself, is left out.
 */

import { ShapeError } from "../errors.ts";
import {
  batchNorm,
  batchNormWith,
  type ChannelStatistics,
  runningStatistics,
} from "../ops/batch-norm.ts";
import { conv1d } from "../ops/conv1d.ts";
import { linear } from "../ops/linear.ts";
import { maxPool1d } from "../ops/max-pool-1d.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { CNN_LAYERS, CNN_POOL, type CnnConfig } from "./benchmark-cnn-shapes.ts";

/** Normalises the output of the layer `name`, [batch, length, channels]. */
type Norm = (x: tf.Tensor3D, name: string, gain: tf.Tensor1D, bias: tf.Tensor1D) => tf.Tensor3D;

/**
 * Classifies with the running statistics of training: no sequence depends on its batch.
 *
 * @param buffers as `cnnBufferShapes`
 * @param ids [batch, config.length] int32 below config.vocab, CNN_PADDING_ID after shorter sequences
 * @returns logits [batch, classes]; run it inside a tidy, it leaves intermediates to it
 * @throws {ShapeError} when the ids are of another length
 */
export function cnnLogits(
  params: ParamTree,
  buffers: ParamTree,
  config: CnnConfig,
  ids: tf.Tensor2D,
): tf.Tensor2D {
  return network(params, config, ids, (x, name, gain, bias) =>
    batchNormWith(runningOf(buffers, name), x, gain, bias),
  );
}

/**
 * Classifies with the statistics of the batch itself, for a gradient of the parameters; no sequence is as it would be alone.
 *
 * @param ids [batch, config.length] int32
 * @returns logits [batch, classes] and the running statistics to go on with, new tensors; the ones given stay the caller's
 * @throws {ShapeError} when the ids are of another length
 */
export function cnnTrainingLogits(
  params: ParamTree,
  buffers: ParamTree,
  config: CnnConfig,
  ids: tf.Tensor2D,
): { readonly logits: tf.Tensor2D; readonly buffers: ParamTree } {
  const next: Record<string, tf.Tensor> = {};
  const logits = network(params, config, ids, (x, name, gain, bias) => {
    const { y, statistics } = batchNorm(x, gain, bias);
    const [batch, length] = x.shape;
    const running = runningStatistics(runningOf(buffers, name), statistics, batch * length);
    next[`${name}.mean`] = running.mean;
    next[`${name}.variance`] = running.variance;
    return y;
  });
  return { logits, buffers: next };
}

function network(params: ParamTree, config: CnnConfig, ids: tf.Tensor2D, norm: Norm): tf.Tensor2D {
  const [batch, length] = ids.shape;
  if (length !== config.length) {
    throw new ShapeError(
      `expected ids of ${config.length} positions, which the network was made for, got ${length}`,
    );
  }
  let x: tf.Tensor3D = tf.cast(tf.oneHot(ids, config.vocab) as tf.Tensor3D, "float32"); // [batch, length, vocab]
  for (const layer of CNN_LAYERS) {
    const weight =
      layer === 1 ? embeddedWeight(params) : (param(params, `conv${layer}.weight`) as tf.Tensor3D);
    const convolved = conv1d(x, weight, param(params, `conv${layer}.bias`) as tf.Tensor1D);
    const gain = param(params, `norm${layer}.weight`) as tf.Tensor1D;
    const bias = param(params, `norm${layer}.bias`) as tf.Tensor1D;
    const normed = norm(convolved, `norm${layer}`, gain, bias);
    const isRelu = layer === 1 || config.relu === "each";
    x = maxPool1d(isRelu ? tf.relu(normed) : normed, CNN_POOL);
  }
  const flat: tf.Tensor2D = tf.reshape(tf.transpose(x, [0, 2, 1]), [batch, -1]); // channel by channel, as in PyTorch
  return affine(params, "head", affine(params, "hidden", flat));
}

/**
 * Weights of the first convolution over ids instead of embedded ones, [out, vocab, kernel]: Σ_i embed[id, i] weight[o, i, tap].
 * A convolution of embedded ids is one of their one-hot rows with these, and takes a fourteenth of the arithmetic.
 */
function embeddedWeight(params: ParamTree): tf.Tensor3D {
  const table = param(params, "embed.weight") as tf.Tensor2D;
  const weight = param(params, "conv1.weight") as tf.Tensor3D;
  const [out, width, kernel] = weight.shape;
  const taps = tf.reshape(tf.transpose(weight, [1, 0, 2]), [width, out * kernel]);
  const products = tf.reshape(tf.matMul(table, taps), [table.shape[0], out, kernel]);
  return tf.transpose(products, [1, 0, 2]) as tf.Tensor3D;
}

function affine(params: ParamTree, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = param(params, `${name}.weight`) as tf.Tensor2D;
  return linear(x, weight, param(params, `${name}.bias`) as tf.Tensor1D);
}

function runningOf(buffers: ParamTree, name: string): ChannelStatistics {
  return {
    mean: param(buffers, `${name}.mean`) as tf.Tensor1D,
    variance: param(buffers, `${name}.variance`) as tf.Tensor1D,
  };
}
