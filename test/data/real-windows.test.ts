import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { genomeWindows } from "../../src/data/genome-windows.ts";
import type { Window } from "../../src/data/window.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { formatRegion } from "../../src/genome/region.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { temporaryFolder } from "../genome/fixtures.ts";
import { hasProgram, sharedData } from "../support/oracles.ts";

const FASTA = sharedData("hg38/chr2_1-1000000.softmasked.fa.gz");

/** The bases of each window as samtools reads them, in order. */
function samtools(windows: readonly Window[]): string[] {
  const regions = join(temporaryFolder(), "regions.txt");
  writeFileSync(
    regions,
    `${windows.map(({ interval }) => formatRegion(interval).replaceAll(",", "")).join("\n")}\n`,
  );
  const { status, stdout, stderr } = spawnSync(
    "samtools",
    ["faidx", FASTA as string, "-n", "0", "-r", regions],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout
    .split(/^>.*\n/m)
    .slice(1)
    .map((text) => text.replaceAll("\n", ""));
}

test.skipIf(FASTA === undefined || !hasProgram("samtools")).each([
  [200, 300],
  [1024, 100],
  [131_072, 7],
])(
  "windows of %i bases are samtools' bases, soft-masking and strand alike",
  async (length, count) => {
    const { genome } = await openGenome(FASTA as string);
    const source = genomeWindows(genome, [{ contig: "chr2", start: 0, end: 1_000_000 }], {
      length,
      frame: "random",
      maxN: 0.05,
      maxSoftMasked: 0.9,
      reverseComplement: 0.5,
      seed: 11,
    });
    expect(source.windows).toBe(Math.floor(1_000_000 / length));
    const windows = await Promise.all(Array.from({ length: count }, (_, i) => source.window(i)));
    const texts = samtools(windows);
    for (const [i, { ids, isSoftMasked, strand }] of windows.entries()) {
      const expected = encodeBases(new TextEncoder().encode(texts[i]));
      expect(ids).toHaveLength(length);
      const isForward = strand === "+";
      const wanted = isForward ? expected.ids : reverseComplementIds(expected.ids);
      const softMask = isForward ? expected.isSoftMasked : expected.isSoftMasked.toReversed();
      expect([Buffer.compare(ids, wanted), Buffer.compare(isSoftMasked, softMask)]).toEqual([0, 0]);
    }
    const atOnce = source.windowSync?.(count - 1);
    expect(atOnce?.interval).toEqual(windows.at(-1)?.interval);
    expect(Buffer.compare(atOnce?.ids ?? new Uint8Array(), windows.at(-1)?.ids as Uint8Array)).toBe(
      0,
    );
    expect(new Set(windows.map(({ strand }) => strand)).size).toBe(2);
    await genome.close();
  },
);
