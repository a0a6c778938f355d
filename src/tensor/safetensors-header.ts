/** The header of a safetensors file, checked as the reference implementation (Rust, safetensors 0.8) checks it. */

import { CheckpointError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import { parseStrictJson } from "../util/strict-json.ts";
import { formatShape } from "./named-arrays.ts";

export const METADATA_KEY = "__metadata__";
export const F32_BYTES = 4;

const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 100_000_000;
/** Header, tensor, shape. */
const MAX_DEPTH = 3;
const OPENING_BRACE = 0x7b;

/** One tensor; `begin` and `end` are bytes after the header. */
interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Offset in bytes of the first number. */
  readonly dataStart: number;
}

/** @throws {CheckpointError} on any breach of the format */
export function parseSafetensorsHeader(bytes: Uint8Array, source: string): SafetensorsHeader {
  const dataStart = LENGTH_BYTES + headerLength(bytes, source);
  const header = headerJson(bytes.subarray(LENGTH_BYTES, dataStart), source);
  const tensors: TensorEntry[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA_KEY) metadata = expectMetadata(value, source);
    else tensors.push(parseTensor(name, value, `${source}: tensor ${JSON.stringify(name)}`));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  expectCovered(tensors, bytes.length - dataStart, source);
  return { tensors, metadata, dataStart };
}

function headerLength(bytes: Uint8Array, source: string): number {
  if (bytes.length < LENGTH_BYTES) {
    throw new CheckpointError(
      `${source}: expected 8 bytes of header length, got a file of ${bytes.length} (is it cut?)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) {
    throw new CheckpointError(
      `${source}: expected a header of at most ${formatCount(MAX_HEADER_BYTES)} bytes, ` +
        `got ${formatCount(length)} (is this a safetensors file?)`,
    );
  }
  const available = bytes.length - LENGTH_BYTES;
  if (length > available) {
    throw new CheckpointError(
      `${source}: expected a header of ${formatCount(length)} bytes, got ${formatCount(available)} (is the file cut?)`,
    );
  }
  return length;
}

function headerJson(bytes: Uint8Array, source: string): Readonly<Record<string, unknown>> {
  if (bytes[0] !== OPENING_BRACE) {
    const first = bytes[0] === undefined ? "nothing" : `byte ${bytes[0]}`;
    throw new CheckpointError(`${source}: expected its header to start with "{", got ${first}`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new CheckpointError(`${source}: expected its header to be UTF-8, got other bytes`, {
      cause,
    });
  }
  try {
    return parseStrictJson(text, MAX_DEPTH) as Readonly<Record<string, unknown>>; // it starts with "{"
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CheckpointError(`${source}: expected its header to be JSON, got ${cause.message}`, {
      cause,
    });
  }
}

function expectMetadata(value: unknown, source: string): Readonly<Record<string, string>> {
  if (isRecord(value) && isTextToText(value)) return value;
  throw new CheckpointError(
    `${source}: expected ${METADATA_KEY} to map text to text, got ${JSON.stringify(value).slice(0, 60)}`,
  );
}

function parseTensor(name: string, value: unknown, where: string): TensorEntry {
  if (!isRecord(value)) {
    throw new CheckpointError(
      `${where}: expected dtype, shape and data_offsets, got ${show(value)}`,
    );
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== "F32") {
    throw new CheckpointError(
      `${where}: expected dtype F32, the only one that gdiff reads, got ${show(dtype)} (convert it to F32)`,
    );
  }
  if (!isListOfCounts(shape)) {
    throw new CheckpointError(
      `${where}: expected its shape to be a list of counts, got ${show(shape)}`,
    );
  }
  if (!isListOfCounts(offsets) || offsets.length !== 2) {
    throw new CheckpointError(
      `${where}: expected data_offsets to be [begin, end], got ${show(offsets)}`,
    );
  }
  const [begin, end] = offsets as readonly [number, number];
  const byteCount = F32_BYTES * elementCount(shape);
  if (!(byteCount <= Number.MAX_SAFE_INTEGER)) {
    throw new CheckpointError(
      `${where}: expected a shape that can be counted, got ${formatShape(shape)}`,
    );
  }
  if (end - begin !== byteCount) {
    throw new CheckpointError(
      `${where}: expected ${formatCount(byteCount)} bytes for F32 ${formatShape(shape)}, ` +
        `got data_offsets ${formatShape(offsets)}`,
    );
  }
  return { name, shape, begin, end };
}

/** The product, or Infinity once a partial product cannot be exact, so that a later 0 does not hide an overflow. */
function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    if (count * size > Number.MAX_SAFE_INTEGER) return Number.POSITIVE_INFINITY;
    count *= size;
  }
  return count;
}

function expectCovered(tensors: readonly TensorEntry[], dataBytes: number, source: string): void {
  let covered = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== covered) {
      const fault = begin > covered ? "a hole" : "an overlap";
      throw new CheckpointError(
        `${source}: tensor ${JSON.stringify(name)}: expected its data to begin at byte ${formatCount(covered)}, ` +
          `where the tensor before it ends, got ${formatCount(begin)} (${fault})`,
      );
    }
    covered = end;
  }
  if (covered === dataBytes) return;
  const remedy = covered > dataBytes ? "is the file cut?" : "the rest belongs to no tensor";
  throw new CheckpointError(
    `${source}: expected ${formatCount(covered)} bytes of data, got ${formatCount(dataBytes)} (${remedy})`,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextToText(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, string>> {
  return Object.values(value).every((item) => typeof item === "string");
}

function isListOfCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
}
