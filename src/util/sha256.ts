/** SHA-256 as manifests write it. */

import { createHash, type Hash } from "node:crypto";

/** One call of `update` takes less than 2^31 bytes. */
const PIECE_BYTES = 2 ** 30;

/** Returns the SHA-256 of `bytes` as 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  const hash: Hash = createHash("sha256");
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    hash.update(bytes.subarray(start, start + PIECE_BYTES));
  }
  return hash.digest("hex");
}
