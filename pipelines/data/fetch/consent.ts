/** Nobody's disk or connection is used for gigabytes without a yes. */

import type { KnownGenome } from "../../../src/data/manifests/node-known-genomes.ts";
import type { DataFolders } from "../../../src/data/store/data-folders.ts";
import { downloadPath } from "../../../src/data/store/locate-genome.ts";
import { FileError } from "../../../src/errors.ts";
import { formatBytes } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import { fetchCommand, spaceBytes } from "./fetch-io.ts";

/**
 * Asks whether a genome may be downloaded.
 *
 * @param from its URL
 * @throws {FileError} when nobody is there to ask, or the answer is no, with the command that does it
 */
export async function expectConsent(
  genome: KnownGenome,
  asked: string,
  from: string,
  folders: DataFolders,
  io: Pick<PipelineIo, "ask">,
): Promise<void> {
  const { file } = genome;
  const isPublished = from === file?.url;
  const size = file === undefined ? "it" : formatBytes(file.bytes);
  const what = `${isPublished ? size : "it"} from ${from} to ${downloadPath(genome, folders)}`;
  const space =
    file === undefined
      ? ""
      : ` (${formatBytes(spaceBytes(file.bytes))} of disk space until it is done)`;
  const command = `"${fetchCommand(genome, from, asked)} --yes"`;
  if (io.ask === undefined) {
    throw new FileError(
      `expected --yes where nobody can be asked: ${command} downloads ${what}${space}`,
    );
  }
  if (await io.ask(`genome ${asked} is not on this machine: download ${what}${space}?`)) return;
  throw new FileError(
    `genome ${asked} is not on this machine, and is not downloaded: ${command} does it`,
  );
}
