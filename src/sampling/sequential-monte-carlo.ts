/**
 * Sequential Monte Carlo: several rows, the particles, are filled together, weighed after every call, and drawn anew by
 * their weights when these become uneven (Gordon, Salmond and Smith, IEE Proceedings F 140, 1993; Chopin and Papaspiliopoulos,
 * "An Introduction to Sequential Monte Carlo", 2020, chapters 9 and 10). With many particles the weighted rows follow
 *
 *     p(x) · exp(potential(x)) · [x keeps the constraints]   up to one factor,
 *
 * p the law of random order with the same calls and temperature. A constraint leaves a position the allowed bases by their
 * own shares; the weight takes up the mass that they had, which is what corrects the law for looking ahead only so far.
 */

import type { Denoise } from "../diffusion/denoise.ts";
import type { Logits } from "../diffusion/subs.ts";
import { SamplingError } from "../errors.ts";
import type { AddressedRandom } from "../random/addressed.ts";
import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { ALL_BASES, hasBase } from "../tokens/base-set.ts";
import { Canvas } from "./canvas.ts";
import { allowedProbabilities, drawBase } from "./categorical.ts";
import { effectiveParticles, normalise, survivors } from "./particle-weights.ts";
import { type RevealSchedule, revealCounts } from "./reveal-schedule.ts";
import type { SamplerBatch, SamplerRandom } from "./sampler.ts";
import { shuffled } from "./shuffled.ts";

/** Log-weight of a finished row, nats; the ids are valid during the call only. −∞ forbids a row. */
export type Potential = (ids: Uint8Array) => number;

export interface ParticleOptions {
  /** Evaluations of the network a particle. */
  readonly calls: number;
  readonly schedule: RevealSchedule;
  /** Divides the logits; above 0. */
  readonly temperature: number;
  /** Particles are drawn anew when fewer than this share of them would be worth as much; 0 never, 1 after each call. */
  readonly resampleBelow: number;
}

export interface ParticleRandom extends SamplerRandom {
  /** the stream `particleGuess` */
  readonly guess: AddressedRandom;
  /** the stream `particleResample` */
  readonly resample: AddressedRandom;
}

/** Particles and their weights. */
export interface Particles {
  /** [batch, length] without MASK */
  readonly ids: Uint8Array;
  /** [batch], of sum 1 */
  readonly weights: Float64Array;
  /** Logarithm of an unbiased estimate of the sum over all x of what stands above; −∞ where every particle is forbidden. */
  readonly logEvidence: number;
  readonly resamplings: number;
}

/**
 * Fills rows that begin alike as particles of one run.
 *
 * Before the last call a row's potential is that of the row with its masked bases drawn from the call's logits, times the
 * share of the bases that are revealed: it steers, and cancels in the end. A guess that is forbidden does not steer.
 *
 * @param batch its samples are the particles' addresses, the first of them the run's own; all particles share an order
 * @throws {SamplingError} when a logit or a potential is no number
 */
export async function sequentialMonteCarlo(
  denoise: Denoise,
  batch: SamplerBatch,
  potential: Potential,
  options: ParticleOptions,
  random: ParticleRandom,
): Promise<Particles> {
  const canvas = new Canvas(denoise, batch);
  const run = canvas.sample(0);
  const positions = canvas.masked(0);
  const order = shuffled(positions, random.order, run);
  const counts = revealCounts(options.schedule, positions, options.calls, random.order, run);
  const logWeights = new Float64Array(batch.batch);
  const steering = new Float64Array(batch.batch); // the potential that each weight holds already
  let logEvidence = 0;
  let resamplings = 0;
  let revealed = 0;
  for (const [call, count] of counts.entries()) {
    const due = order.slice(revealed, revealed + count);
    if (due.length === 0) continue;
    revealed += count;
    const logits = await canvas.logits(canvas.rows);
    const isLast = revealed === order.length;
    const share = revealed / order.length;
    for (const row of canvas.rows) {
      const mass = revealAll(canvas, row, due, logits, options.temperature, random.token);
      const guess = guessed(
        canvas,
        row,
        batch.length,
        logits,
        options.temperature,
        call,
        random.guess,
      );
      const value = checked(potential(guess));
      const steered = isLast || value > -Infinity ? share * value : (steering[row] as number);
      const gain = Math.log(mass) + steered - (steering[row] as number);
      logWeights[row] = (logWeights[row] as number) + gain;
      steering[row] = steered;
    }
    const worth = effectiveParticles(logWeights);
    if (isLast || worth === 0 || worth >= options.resampleBelow * batch.batch) continue;
    logEvidence += normalise(logWeights).logMean;
    const ancestors = survivors(logWeights, random.resample.uniform(run, call));
    copyRows(canvas, order.slice(0, revealed), ancestors, batch.length);
    steering.set(ancestors.map((ancestor) => steering[ancestor] as number));
    logWeights.fill(0);
    resamplings++;
  }
  const { weights, logMean } = normalise(logWeights);
  return { ids: canvas.ids, weights, logEvidence: logEvidence + logMean, resamplings };
}

/** Reveals positions of one row; returns the product of the masses that the allowed bases had. */
function revealAll(
  canvas: Canvas,
  row: number,
  due: readonly number[],
  logits: Logits,
  temperature: number,
  random: AddressedRandom,
): number {
  let mass = 1;
  for (const position of due) {
    const at = canvas.at(row, position);
    const allowed = canvas.allowed(row, position);
    if (allowed !== ALL_BASES) mass *= massOf(allowed, logits, at, temperature);
    const uniform = random.uniform(canvas.sample(row), 0, position);
    canvas.place(row, position, drawBase(logits, at, uniform, { temperature, topP: 1 }, allowed));
  }
  return mass;
}

function massOf(allowed: number, logits: Logits, at: number, temperature: number): number {
  const probabilities = allowedProbabilities(logits, at, temperature, ALL_BASES);
  let mass = 0;
  for (let base = 0; base < BASE_COUNT; base++) {
    if (hasBase(allowed, base)) mass += probabilities[base] as number;
  }
  return mass;
}

/** A row with its masked bases drawn; [length] */
function guessed(
  canvas: Canvas,
  row: number,
  length: number,
  logits: Logits,
  temperature: number,
  call: number,
  random: AddressedRandom,
): Uint8Array {
  const ids = canvas.ids.slice(row * length, (row + 1) * length);
  for (const [position, id] of ids.entries()) {
    if (id !== MASK_ID) continue;
    const uniform = random.uniform(canvas.sample(row), call, position);
    ids[position] = drawBase(logits, canvas.at(row, position), uniform, { temperature, topP: 1 });
  }
  return ids;
}

function checked(value: number): number {
  if (value < Infinity) return value;
  throw new SamplingError(`expected a potential that is a number or −∞, got ${value}`);
}

/** Gives each row its ancestor's bases; the constraints hear of every change, and never of bases that exclude each other. */
function copyRows(
  canvas: Canvas,
  revealed: readonly number[],
  ancestors: readonly number[],
  length: number,
): void {
  const before = canvas.ids.slice();
  for (const [row, ancestor] of ancestors.entries()) {
    if (row === ancestor) continue;
    const base = (position: number): number => before[ancestor * length + position] as number;
    const changed = revealed.filter((at) => before[row * length + at] !== base(at));
    for (const position of changed) canvas.conceal(row, position);
    for (const position of changed) canvas.place(row, position, base(position));
  }
}
