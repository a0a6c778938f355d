/** What the parsers need of a compression library; node-inflate.ts has Node's, node-native-loops.ts the add-on's. */
export interface Inflate {
  /**
   * Inflates one raw deflate stream.
   *
   * @param expectedLength bytes that the result must not exceed
   * @param into where the result goes, when given: at least `expectedLength` bytes
   * @throws {Error} when the stream is malformed, cut, or longer than `expectedLength`
   */
  inflateRaw(bytes: Uint8Array, expectedLength: number, into?: Uint8Array): Uint8Array;
  /** CRC-32 as in gzip (RFC 1952), 0 … 2^32 − 1; `seed` continues an earlier one. */
  crc32(bytes: Uint8Array, seed?: number): number;
}
