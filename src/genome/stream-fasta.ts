/** FASTA text from any stream, contig by contig, where no index can be used. */

import type { FaiRecord } from "./fai.ts";
import { FastaScanner, type FastaSink, type ScanOptions } from "./fasta-scanner.ts";

export type FastaEvent =
  | { readonly kind: "contig"; readonly name: string; readonly description: string }
  /** Bases in their normal form, or as they are with `keepsCodes`; the caller owns them. */
  | { readonly kind: "bases"; readonly bases: Uint8Array }
  | { readonly kind: "end"; readonly record: FaiRecord };

/**
 * Yields each contig's header, its bases in pieces, and its index record.
 *
 * @param pieces the text, in any pieces
 * @param file what messages call it
 * @throws {FastaError} naming file, line and byte
 */
export async function* streamFasta(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  options: ScanOptions = {},
): AsyncGenerator<FastaEvent> {
  let events: FastaEvent[] = [];
  const sink: FastaSink = {
    contig: (name, description) => events.push({ kind: "contig", name, description }),
    bases: (bases) => events.push({ kind: "bases", bases: bases.slice() }),
    end: (record) => events.push({ kind: "end", record }),
  };
  const scanner = new FastaScanner(file, sink, options);
  for await (const piece of pieces) {
    scanner.push(piece);
    yield* events;
    events = [];
  }
  scanner.finish();
  yield* events;
}
