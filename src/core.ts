/**
 * `gdiff/core`: what runs in a browser. Token ids, addressed randomness, tensors, the diffusion maths, models and
 * samplers; no file, thread or socket.
 */

export {
  type AddressedRandom,
  addressedRandom,
  MAX_SEED,
  type Stream,
} from "./random/addressed.ts";
export { BASE_COUNT, isBase, LETTERS, MASK_ID, N_ID, VOCAB_SIZE } from "./tokens/alphabet.ts";
export { reverseComplementIds } from "./tokens/complement.ts";
export { decodeIds, type EncodedBases, encodeBases } from "./tokens/encode.ts";
