/** A FASTA in bgzip, from one in any compression: random access needs its blocks. Indices and record come with it. */

import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { formatFai } from "../../genome/fai.ts";
import { formatGzi } from "../../genome/gzi.ts";
import { bgzfBytes, gziCollector } from "../../genome/node-bgzf-writer.ts";
import { checkWritable, writeFileAtomic, writePiecesAtomic } from "../../util/atomic-file.ts";
import { expectDiskSpace } from "../../util/disk-space.ts";
import type { DataFolders } from "./data-folders.ts";
import type { FileRecord } from "./file-record.ts";
import { fileState } from "./file-state.ts";
import { writeRecord } from "./record-store.ts";
import { type ScannedFile, type ScanOptions, scanText, sniffFormat } from "./scan-genome-file.ts";

/** Room that the new file may need, over the old one: bgzip resets its dictionary with every block. */
const GROWTH = 1.25;
/** Room for plain text, which shrinks to a third. */
const SHRINK = 0.5;

/**
 * Writes `from` as bgzip to `to`, which may be the same path: the file there is whole and old, or whole and new.
 *
 * @returns what is remembered of the new file
 * @throws {FileError} when the disk has no room, or the folder may not be written to
 * @throws {FastaError | CompressionError} when `from` is damaged or no FASTA; nothing is changed then
 */
export async function reblock(
  from: string,
  to: string,
  folders: DataFolders,
  options: ScanOptions,
): Promise<FileRecord> {
  checkWritable(to);
  const { bytes: size } = fileState(from);
  const isText = (await sniffFormat(from)) === "text";
  await expectDiskSpace(dirname(to), size * (isText ? SHRINK : GROWTH));
  const hash = createHash("sha256");
  const { onBlock, gzi } = gziCollector();
  let scanned: ScannedFile | undefined;
  async function* text(): AsyncGenerator<Uint8Array> {
    scanned = yield* scanText(from, options);
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const block of bgzfBytes(text(), onBlock)) {
      hash.update(block);
      yield block;
    }
  }
  await writePiecesAtomic(to, bytes());
  if (scanned === undefined) throw new RangeError("internal: expected a whole pass");
  await writeFileAtomic(`${to}.gzi`, formatGzi(gzi()));
  await writeFileAtomic(`${to}.fai`, new TextEncoder().encode(formatFai(scanned.records)));
  const { contigs, sha256: madeFrom } = scanned;
  const record = { ...fileState(to), sha256: hash.digest("hex"), madeFrom, contigs };
  await writeRecord(to, record, folders);
  return record;
}
