/** The safetensors format read in the plainest way: one byte, one comma at a time, no checks. */

export interface NaiveTensor {
  dtype: string;
  shape: number[];
  values: number[];
}

/** Reads a well-formed file of F32 tensors. */
export function naiveReadSafetensors(bytes: Uint8Array): {
  headerBytes: number;
  metadata: Record<string, string>;
  tensors: Map<string, NaiveTensor>;
} {
  let headerBytes = 0;
  for (let i = 7; i >= 0; i--) headerBytes = headerBytes * 256 + (bytes[i] ?? 0);
  let text = "";
  for (let i = 0; i < headerBytes; i++) text += String.fromCharCode(bytes[8 + i] ?? 0);
  const header = JSON.parse(text);
  const metadata: Record<string, string> = header.__metadata__ ?? {};
  const tensors = new Map<string, NaiveTensor>();
  for (const name of Object.keys(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = header[name];
    const values: number[] = [];
    for (let at = offsets[0]; at < offsets[1]; at += 4)
      values.push(float32(bytes, 8 + headerBytes + at));
    tensors.set(name, { dtype, shape, values });
  }
  return { headerBytes, metadata, tensors };
}

/** IEEE 754 binary32, little-endian, from its sign, exponent and fraction. */
function float32(bytes: Uint8Array, at: number): number {
  const word = [3, 2, 1, 0].reduce((sum, i) => sum * 256 + (bytes[at + i] ?? 0), 0);
  const sign = word >= 2 ** 31 ? -1 : 1;
  const exponent = Math.floor(word / 2 ** 23) % 256;
  const fraction = word % 2 ** 23;
  if (exponent === 255) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -149;
  return sign * (1 + fraction / 2 ** 23) * 2 ** (exponent - 127);
}
