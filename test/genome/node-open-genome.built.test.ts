import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./fixtures.ts";

/** Length of chr1 in GRCh38. */
const BASES = 248_956_422;
const HEAP_MIB = 200;
/** What Node itself takes is about 50 MiB. */
const MAX_RESIDENT_MIB = 200;

const MODULE = join(import.meta.dirname, "../../dist/src/genome/node-open-genome.js");
const SCRIPT = `
  import { openGenome } from ${JSON.stringify(MODULE)};
  const { genome } = await openGenome(process.argv[1]);
  const windows = [];
  for (const start of [0, 123456789, ${BASES - 8}]) {
    windows.push(String.fromCharCode(...await genome.read({ contig: "chr1", start, end: start + 8 })));
  }
  await genome.close();
  const residentMib = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ contigs: genome.contigs, windows, residentMib }));`;

test("a chromosome on one line is indexed and read with little memory", () => {
  const path = join(temporaryFolder(), "chr1.fa");
  const file = openSync(path, "w");
  writeSync(file, ">chr1\n");
  const piece = Buffer.from("ACGTTGCAN".repeat(2 ** 17));
  for (let at = 0; at < BASES; at += piece.length) {
    writeSync(file, piece, 0, Math.min(piece.length, BASES - at));
  }
  closeSync(file);

  const args = [`--max-old-space-size=${HEAP_MIB}`, "--input-type=module", "--eval", SCRIPT, path];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  const { contigs, windows, residentMib } = JSON.parse(stdout);
  expect(contigs).toEqual([{ name: "chr1", length: BASES }]);
  const period = "ACGTTGCANACGTTGCAN";
  expect(windows).toEqual(
    [0, 123456789, BASES - 8].map((start) => period.slice(start % 9, (start % 9) + 8)),
  );
  expect(residentMib).toBeLessThan(MAX_RESIDENT_MIB);
  expect(readFileSync(`${path}.fai`, "utf8")).toBe(`chr1\t${BASES}\t6\t${BASES}\t${BASES + 1}\n`);
});
