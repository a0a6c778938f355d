/**
 * safetensors, the format of weights: https://github.com/huggingface/safetensors. Eight bytes of header length
 * (little-endian), a JSON header padded with spaces, then the data without holes. The format has no checksum;
 * a checkpoint's manifest has one.
 */

import type { NamedArrays } from "./named-arrays.ts";
import { F32_BYTES, METADATA_KEY, parseSafetensorsHeader } from "./safetensors-header.ts";

export type { NamedArrays } from "./named-arrays.ts";

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

export interface Safetensors {
  readonly arrays: NamedArrays;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Encodes arrays as F32 tensors. Names are sorted by UTF-16 code unit, so equal arrays give equal bytes.
 *
 * @throws {RangeError} when a shape does not fit its data, or a tensor is called `__metadata__`
 */
export function encodeSafetensors(
  arrays: NamedArrays,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const names = Object.keys(arrays).sort();
  const entries: string[] = [];
  if (Object.keys(metadata).length > 0)
    entries.push(entryText(METADATA_KEY, metadataText(metadata)));
  let end = 0;
  for (const name of names) {
    const { shape, data } = arrays[name] as NamedArrays[string];
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== data.length || name === METADATA_KEY) {
      throw new RangeError(
        `internal: expected tensor ${JSON.stringify(name)} to have ${count} numbers, got ${data.length}, ` +
          `and a name other than ${METADATA_KEY}`,
      );
    }
    const begin = end;
    end += data.length * F32_BYTES;
    entries.push(
      entryText(name, JSON.stringify({ dtype: "F32", shape, data_offsets: [begin, end] })),
    );
  }
  const unpadded = new TextEncoder().encode(mappingText(entries));
  const headerBytes = Math.ceil(unpadded.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(unpadded, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const name of names) {
    const { data } = arrays[name] as NamedArrays[string];
    for (let i = 0; i < data.length; i++, offset += F32_BYTES) {
      view.setFloat32(offset, data[i] as number, true);
    }
  }
  return bytes;
}

/**
 * Decodes a file of F32 tensors; the arrays are copies. Numbers that are not finite are kept: see `findNonFinite`.
 *
 * @param source what messages call the file, usually its path
 * @throws {CheckpointError} when the bytes break the format, or a tensor is not F32
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): Safetensors {
  const { tensors, metadata, dataStart } = parseSafetensorsHeader(bytes, source);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  const arrays = tensors.map(({ name, shape, begin, end }) => {
    const data = new Float32Array((end - begin) / F32_BYTES);
    for (let i = 0; i < data.length; i++) data[i] = view.getFloat32(begin + i * F32_BYTES, true);
    return [name, { shape, data }] as const;
  });
  // fromEntries defines own properties, so a tensor called __proto__ is a tensor.
  return { arrays: Object.fromEntries(arrays), metadata };
}

function metadataText(metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return mappingText(entries.map(([key, value]) => entryText(key, JSON.stringify(value))));
}

/** Written by hand because an object would put names that look like numbers first. */
function mappingText(entries: readonly string[]): string {
  return `{${entries.join(",")}}`;
}

function entryText(name: string, json: string): string {
  return `${JSON.stringify(name)}:${json}`;
}
