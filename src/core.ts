/**
 * `gdiff/core`: what runs in a browser. The FASTA grammar, token ids, addressed randomness, tensors, the diffusion maths,
 * models and samplers; no file, thread or socket.
 */

export { autoregressive, shiftedIds } from "./diffusion/autoregressive.ts";
export { type BlockDiffusionOptions, blockDiffusion } from "./diffusion/block-diffusion.ts";
export type { MaskRates } from "./diffusion/block-rates.ts";
export {
  type CountingDraw,
  countingDraw,
  countingEstimator,
  drawNats,
} from "./diffusion/counting-estimator.ts";
export { d3pm } from "./diffusion/d3pm.ts";
export type { Denoise, DenoiseShape } from "./diffusion/denoise.ts";
export type {
  DrawNats,
  LikelihoodDraw,
  LikelihoodEstimator,
  LikelihoodRandom,
} from "./diffusion/likelihood-estimator.ts";
export { mdlm } from "./diffusion/mdlm.ts";
export { mlm } from "./diffusion/mlm.ts";
export {
  NOISE_NAMES,
  type NoiseName,
  type NoiseSchedule,
  noiseSchedule,
} from "./diffusion/noise.ts";
export type { Corruption, CorruptionRandom, Objective } from "./diffusion/objective.ts";
export { scoreNats, sedd } from "./diffusion/sedd.ts";
export { seddUniform } from "./diffusion/sedd-uniform.ts";
export { strandAverage } from "./diffusion/strand-average.ts";
export { type Logits, maskedNats, subsLogProbs } from "./diffusion/subs.ts";
export { udlm } from "./diffusion/udlm.ts";
export { GdiffError } from "./errors.ts";
export { type AliasGroup, resolveContig } from "./genome/contig-alias.ts";
export type { Contig, Genome } from "./genome/genome.ts";
export type { Interval, Strand } from "./genome/interval.ts";
export { type MemoryContig, memoryGenome } from "./genome/memory-genome.ts";
export { formatRegion, parseRegion, parseRegionList } from "./genome/region.ts";
export { denoiser } from "./model/denoiser.ts";
export type { DenoiserConfig } from "./model/denoiser-config.ts";
export { initDenoiser } from "./model/init-denoiser.ts";
export { type NetworkDenoise, networkDenoise } from "./model/network-denoise.ts";
export { type ParamShapes, parameterCount, paramShapes } from "./model/param-shapes.ts";
export {
  type AddressedRandom,
  addressedRandom,
  MAX_SEED,
  type Stream,
} from "./random/addressed.ts";
export { analyticSampler } from "./sampling/analytic.ts";
export { ancestralSampler, type TimeOptions } from "./sampling/ancestral.ts";
export { type BlockByBlockOptions, blockByBlockSampler } from "./sampling/block-by-block.ts";
export type { BaseChoice } from "./sampling/categorical.ts";
export {
  type ClassifiedShape,
  type ClassifierGuidance,
  type ClassLogGradient,
  type ClassLogProbabilities,
  guidedByClassifier,
  guidedByGradient,
} from "./sampling/classifier-guidance.ts";
export { CONFIDENCES, type Confidence } from "./sampling/confidence.ts";
export { type ConfidenceOptions, confidenceOrderSampler } from "./sampling/confidence-order.ts";
export type { RowConstraint } from "./sampling/constraint.ts";
export { designViolations } from "./sampling/constraints/check-design.ts";
export type { DesignPlan } from "./sampling/constraints/design-plan.ts";
export type { DesignRow } from "./sampling/constraints/design-row.ts";
export type { DesignRules, ForbiddenWord, GcRange } from "./sampling/constraints/design-rules.ts";
export { feasiblePlan } from "./sampling/constraints/feasible-plan.ts";
export { forbiddenSite, homopolymerLimit } from "./sampling/constraints/forbidden-words.ts";
export { gcRange } from "./sampling/constraints/gc-range.ts";
export { type Motif, MotifPlacer, type MotifPlaces } from "./sampling/constraints/motif-places.ts";
export { PositionSets } from "./sampling/constraints/position-sets.ts";
export { FRAMES, type OpenFrame, withoutStops } from "./sampling/constraints/reading-frame.ts";
export { restrictionSites } from "./sampling/constraints/restriction-enzymes.ts";
export { eulerSampler } from "./sampling/euler.ts";
export { firstHittingSampler } from "./sampling/first-hitting.ts";
export { withGcTarget } from "./sampling/gc-tilt.ts";
export { drawParticle } from "./sampling/particle-weights.ts";
export type { PositionMatrix } from "./sampling/position-matrix.ts";
export { type PlacedMatrix, positionPrior, withPositionPrior } from "./sampling/position-prior.ts";
export { type KmerScores, kmerPotential, matrixPotential } from "./sampling/potentials.ts";
export { type RandomOrderOptions, randomOrderSampler } from "./sampling/random-order.ts";
export {
  type Loop,
  REMASKING_KINDS,
  type Remasking,
  type RemaskingKind,
} from "./sampling/remasking.ts";
export { type RemdmOptions, remdmSampler } from "./sampling/remdm.ts";
export { REVEAL_SCHEDULES, type RevealSchedule } from "./sampling/reveal-schedule.ts";
export type { Sampler, SamplerBatch, SamplerRandom } from "./sampling/sampler.ts";
export {
  SAMPLER_NAMES,
  type SamplerName,
  type Samplers,
  samplersOf,
} from "./sampling/samplers-of.ts";
export {
  type ParticleOptions,
  type ParticleRandom,
  type Particles,
  type Potential,
  sequentialMonteCarlo,
} from "./sampling/sequential-monte-carlo.ts";
export { type StridedOptions, stridedSampler } from "./sampling/strided.ts";
export type { NamedArrays } from "./tensor/named-arrays.ts";
export {
  disposeParams,
  type ParamTree,
  paramsFromArrays,
  paramsToArrays,
} from "./tensor/params.ts";
export { decodeSafetensors, encodeSafetensors, type Safetensors } from "./tensor/safetensors.ts";
export { BASE_COUNT, isBase, LETTERS, MASK_ID, N_ID, VOCAB_SIZE } from "./tokens/alphabet.ts";
export { ALL_BASES, hasBase } from "./tokens/base-set.ts";
export { reverseComplementIds } from "./tokens/complement.ts";
export { decodeIds, type EncodedBases, encodeBases } from "./tokens/encode.ts";
export { lettersOfSets, setsOfLetters } from "./tokens/iupac.ts";
