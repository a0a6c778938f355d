/** What is to be generated: rows of free and kept positions. */

import { FastaError } from "../../src/errors.ts";
import { MAX_RECORD_BYTES, parseFastaRecords } from "../../src/genome/node-read-records.ts";
import { readTextBytes } from "../../src/genome/node-read-text.ts";
import { isBase, MASK_ID } from "../../src/tokens/alphabet.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import type { Design } from "./constraints/design.ts";
import type { PromptText } from "./constraints/mask-prompts.ts";

/** One sequence to make. */
export interface SampleRequest {
  /** Its number in the whole request, from 0; its address among the random draws. */
  readonly sample: number;
  readonly id: string;
  /** Letters that are kept, as given; undefined where everything is free. */
  readonly prompt?: string;
  /** [length] ids; MASK where free */
  readonly ids: Uint8Array;
  /** Positions to fill. */
  readonly free: number;
  /** What it has to be; requests of the same ids share it. Absent without constraints. */
  readonly design?: Design;
}

/** Letters of a prompt that are free. */
const FREE = "-";
const FREE_AS_BASE = /[Nn-]/g;

/** Requests without a prompt: `count` sequences of free positions, which share their ids. */
export function* unpromptedRequests(
  count: number,
  ids: Uint8Array,
  design?: Design,
): Generator<SampleRequest> {
  const shared = { ids, free: ids.length, ...(design === undefined ? {} : { design }) };
  for (let sample = 0; sample < count; sample++) {
    yield { sample, id: `sample-${sample + 1}`, ...shared };
  }
}

/** A record of a prompt file. */
export interface Prompt {
  readonly id: string;
  /** As given. */
  readonly text: string;
  /** [length] ids; MASK where free */
  readonly ids: Uint8Array;
  /** [length] what --iupac lets stand at each position */
  readonly sets?: Uint8Array;
  /** What its sequences have to be, with constraints. */
  readonly design?: Design;
}

/**
 * Reads a prompt file: N and - are free, A C G T are kept to the letter.
 *
 * @throws {FastaError} when a record has another letter
 */
export async function readPrompts(path: string): Promise<PromptText[]> {
  const bytes = await readTextBytes(path, MAX_RECORD_BYTES);
  const records = await parseFastaRecords(bytes, path, FREE);
  expectPromptLetters(bytes, path);
  return records.map(({ id, sequence }) => ({ id, text: sequence }));
}

/**
 * Returns a record of a prompt with its ids.
 *
 * @param file for messages
 * @throws {FastaError} when there is nothing to fill
 */
export function promptOf({ id, text }: PromptText, file: string): Prompt {
  return { id, text, ids: promptIds(text, `${file}: record ${id}`) };
}

/** Requests of prompts: `count` sequences a record, which share their ids. */
export function* promptedRequests(
  prompts: readonly Prompt[],
  count: number,
): Generator<SampleRequest> {
  for (const [record, { id, text, ids, design }] of prompts.entries()) {
    const free = ids.filter((value) => value === MASK_ID).length;
    for (let copy = 0; copy < count; copy++) {
      const name = count === 1 ? id : `${id}-${copy + 1}`;
      const sample = record * count + copy;
      yield { ...{ sample, id: name, prompt: text, ids, free }, ...(design && { design }) };
    }
  }
}

/** Records come with every ambiguous code as N, which is free here: R means A or G, and no sampler keeps to that. */
function expectPromptLetters(bytes: Uint8Array, path: string): void {
  const lines = new TextDecoder("latin1").decode(bytes).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const bad = line.startsWith(">") ? null : /[^ACGTNacgtn-]/.exec(line);
    if (bad === null) continue;
    throw new FastaError(
      `${path} line ${index + 1}: expected A, C, G, T to keep and N or - to fill, got "${bad[0]}" in column ${bad.index + 1}`,
    );
  }
}

function promptIds(sequence: string, where: string): Uint8Array {
  if (sequence.search(FREE_AS_BASE) < 0) {
    throw new FastaError(`${where}: expected N or - where the model is to fill in, got none`);
  }
  const { ids } = encodeBases(new TextEncoder().encode(sequence.replaceAll(FREE_AS_BASE, "N")));
  return ids.map((id) => (isBase(id) ? id : MASK_ID));
}

/** Lays generated bases into the prompt's own letters. */
export function fillPrompt(prompt: string | undefined, bases: string): string {
  if (prompt === undefined) return bases;
  return prompt.replaceAll(FREE_AS_BASE, (_letter, position: number) => bases[position] as string);
}

/** Rows that fit into one batch: consecutive requests with the same ids, at most `batchSize`, of which particles are each one. */
export function* batchRequests(
  requests: Iterable<SampleRequest>,
  batchSize: number,
): Generator<readonly SampleRequest[]> {
  let batch: SampleRequest[] = [];
  for (const request of requests) {
    const isFull =
      batch.length === (request.design?.inputs.asked.particles === undefined ? batchSize : 1);
    if (batch[0] !== undefined && (isFull || batch[0].ids !== request.ids)) {
      yield batch;
      batch = [];
    }
    batch.push(request);
  }
  if (batch.length > 0) yield batch;
}
