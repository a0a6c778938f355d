/** The header of a gzip member (RFC 1952, section 2.3), read from a stream and checked. */

import type { ByteQueue } from "./byte-queue.ts";
import type { Inflate } from "./inflate.ts";

const FIXED_BYTES = 10;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** Bytes of a file name or comment. */
const MAX_TEXT_BYTES = 65536;

/**
 * Reads one header, to the first byte of the deflate stream.
 *
 * @param refuse called with what is wrong
 */
export async function readGzipHeader(
  input: ByteQueue,
  inflate: Inflate,
  refuse: (what: string) => never,
): Promise<void> {
  let crc = 0;
  const take = async (length: number): Promise<Uint8Array> => {
    const bytes = await input.take(length);
    if (bytes.length < length) refuse("expected a whole gzip header, got the end of the file");
    crc = inflate.crc32(bytes, crc);
    return bytes;
  };
  const skipText = async (): Promise<void> => {
    for (let count = 0; (await take(1))[0] !== 0; count++) {
      if (count > MAX_TEXT_BYTES)
        refuse(
          `expected at most ${MAX_TEXT_BYTES} bytes of file name in the gzip header, got more`,
        );
    }
  };

  const fixed = await take(FIXED_BYTES);
  if (fixed[0] !== 0x1f || fixed[1] !== 0x8b) refuse("expected a gzip header, got something else");
  if (fixed[2] !== 8) refuse(`expected gzip method 8 (deflate), got ${fixed[2]}`);
  const flags = fixed[3] as number;
  if ((flags & FLAG.reserved) !== 0)
    refuse(`expected gzip's reserved flags to be 0, got flags ${flags}`);
  if ((flags & FLAG.extra) !== 0) {
    const length = await take(2);
    await take((length[0] as number) | ((length[1] as number) << 8));
  }
  if ((flags & FLAG.name) !== 0) await skipText();
  if ((flags & FLAG.comment) !== 0) await skipText();
  if ((flags & FLAG.headerCrc) !== 0) {
    const expected = crc & 0xffff;
    const stored = await take(2);
    const got = (stored[0] as number) | ((stored[1] as number) << 8);
    if (got !== expected) refuse("the gzip header fails its own CRC");
  }
}
