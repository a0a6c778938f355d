/**
 * The transformer backbone: MDLM's DiT (arXiv:2406.07524, its models/dit.py), told noise and classes where the configuration says so. Token
 * embedding, pre-norm blocks (LayerNorm without bias, fused qkv without bias, rotary attention over all positions, those
 * up to each or those up to the end of its block, GELU MLP with bias) and a last LayerNorm. Heads stand in the files that use it.
 */

import type { AttentionPattern } from "../ops/attention-pattern.ts";
import { type AttentionSublayerShape, attentionSublayer } from "../ops/attention-sublayer.ts";
import { embedding } from "../ops/embedding.ts";
import { layerNorm } from "../ops/layer-norm.ts";
import { mlp } from "../ops/mlp.ts";
import { mlpSublayer } from "../ops/mlp-sublayer.ts";
import { addGated, modulate } from "../ops/modulate.ts";
import { rotaryTables, tablesFrom, twiceTables } from "../ops/rotary.ts";
import { type KeysValues, selfAttention } from "../ops/self-attention.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { blockModulationOf, conditionOf, modulationOf, type Told } from "./condition.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";
import type { KeyValueMemory } from "./key-value-memory.ts";

/** What all blocks of one pass share. */
export interface BackbonePass {
  readonly config: DenoiserConfig;
  readonly shape: AttentionSublayerShape;
  /** [batch, CONDITION_WIDTH], of a network that is told something. */
  readonly condition?: tf.Tensor2D;
  readonly memory?: KeyValueMemory;
}

/** What is known of the rows besides their ids. */
export interface RowFacts extends Told {
  /** Bases of each row where rows are padded on the right; what stands in the padding never matters. */
  readonly lengths?: readonly number[];
  /** Positions after its own that a position sees in every block, of a network that sees all: fewer while its attention is annealed. */
  readonly lookahead?: number;
  /** Of the positions before these, which it then holds too; of a causal network or one of blocks. */
  readonly memory?: KeyValueMemory;
  /** Whether rows are two copies one after the other, noised and clean (BD3-LM); of a network of blocks. */
  readonly isDoubled?: boolean;
}

/** Prepares a pass over rows of `length` positions; its tensors belong to the tidy around. */
export function backbonePass(
  params: ParamTree,
  config: DenoiserConfig,
  [batch, length]: readonly [batch: number, length: number],
  { lengths, lookahead, memory, isDoubled = false, ...told }: RowFacts = {},
): BackbonePass {
  const { width, heads } = config;
  const past = memory?.positions ?? 0;
  const positions = isDoubled ? length / 2 : length;
  const tables = rotaryTables(past + positions, width / heads);
  const shape = {
    ...{ batch, length, heads, pattern: patternOf(config, { past, lookahead, isDoubled }) },
    tables: isDoubled ? twiceTables(tables) : past === 0 ? tables : tablesFrom(tables, past),
    ...(lengths === undefined ? {} : { lengths }),
  };
  const condition = conditionOf(params, config, batch, told);
  return {
    ...{ config, shape },
    ...(condition === undefined ? {} : { condition }),
    ...(memory === undefined ? {} : { memory }),
  };
}

interface Reach {
  readonly past: number;
  readonly lookahead: number | undefined;
  readonly isDoubled: boolean;
}

/** Seeing `lookahead` positions more is what a causal pattern does whose queries stand that much further on. */
function patternOf(
  { attention = "full", blockLength = 1 }: DenoiserConfig,
  { past, lookahead, isDoubled }: Reach,
): AttentionPattern {
  switch (attention) {
    case "full":
      return lookahead === undefined ? { kind: "full" } : { kind: "causal", offset: lookahead };
    case "causal":
      return { kind: "causal", offset: past };
    case "blocks":
      return isDoubled
        ? { kind: "doubled-blocks", block: blockLength }
        : { kind: "blocks", block: blockLength, offset: past };
    default:
      return attention satisfies never;
  }
}

/**
 * Describes every position by its features.
 *
 * @param ids [batch, length] int32 token ids
 * @returns [batch · length, width]; run it inside a tidy, it leaves intermediates to it
 */
export function backbone(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  facts?: RowFacts,
): tf.Tensor2D {
  const pass = backbonePass(params, config, ids.shape, facts);
  const x = blocks(params, pass, embedding(ids, embedWeight(params)), 0, config.layers);
  return lastNorm(params, pass, x);
}

/** The features before block `layer`, [batch · length, width]: the part of the backbone that stays as it is where only the last blocks are tuned. */
export function lowerBackbone(
  params: ParamTree,
  pass: BackbonePass,
  ids: tf.Tensor2D,
  layer: number,
): tf.Tensor2D {
  return blocks(params, pass, embedding(ids, embedWeight(params)), 0, layer);
}

/** The rest of the backbone from block `layer` on; `x` is disposed. */
export function upperBackbone(
  params: ParamTree,
  pass: BackbonePass,
  x: tf.Tensor2D,
  layer: number,
): tf.Tensor2D {
  const features = blocks(params, pass, x, layer, pass.config.layers);
  return lastNorm(params, pass, features);
}

function lastNorm(params: ParamTree, { condition }: BackbonePass, x: tf.Tensor2D): tf.Tensor2D {
  const normed = layerNorm(x, param(params, "norm.weight") as tf.Tensor1D);
  if (condition === undefined) return normed;
  return modulate(normed, modulationOf(params, "norm", condition));
}

function embedWeight(params: ParamTree): tf.Tensor2D {
  return param(params, "embed.weight") as tf.Tensor2D;
}

/** Blocks `from` up to but not including `to`; disposes what came in, and what each leaves behind. */
function blocks(
  params: ParamTree,
  pass: BackbonePass,
  input: tf.Tensor2D,
  from: number,
  to: number,
): tf.Tensor2D {
  let x = input;
  for (let layer = from; layer < to; layer++) {
    // What a gradient needs is kept by its tape; the rest of a block goes with it, and then what came in.
    const before = x;
    x = tf.tidy(() => block(params, layer, before, pass));
    before.dispose();
  }
  return x;
}

function block(
  params: ParamTree,
  layer: number,
  x: tf.Tensor2D,
  { shape: shared, condition, memory }: BackbonePass,
): tf.Tensor2D {
  const name = `blocks.${layer}`;
  const shape =
    memory === undefined
      ? shared
      : { ...shared, extend: (own: KeysValues) => memory.extend(layer, own) };
  const attentionWeights = {
    gain: param(params, `${name}.norm1.weight`) as tf.Tensor1D,
    qkv: param(params, `${name}.qkv.weight`) as tf.Tensor2D, // [3 · width, width]
    out: param(params, `${name}.out.weight`) as tf.Tensor2D,
  };
  const mlpWeights = {
    gain: param(params, `${name}.norm2.weight`) as tf.Tensor1D,
    up: param(params, `${name}.up.weight`) as tf.Tensor2D,
    upBias: param(params, `${name}.up.bias`) as tf.Tensor1D,
    down: param(params, `${name}.down.weight`) as tf.Tensor2D,
    downBias: param(params, `${name}.down.bias`) as tf.Tensor1D,
  };
  if (condition === undefined) {
    return mlpSublayer(attentionSublayer(x, attentionWeights, shape), mlpWeights);
  }
  const bent = blockModulationOf(params, name, condition);
  const normed1 = modulate(layerNorm(x, attentionWeights.gain), bent.attention);
  const mixed = selfAttention(normed1, attentionWeights, shape);
  const between = addGated(x, mixed, bent.attentionGate);
  const normed2 = modulate(layerNorm(between, mlpWeights.gain), bent.mlp);
  return addGated(between, mlp(normed2, mlpWeights), bent.mlpGate);
}
