import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { namedGroups } from "../../../src/data/labelled/named-groups.ts";
import { readLabelledSequences } from "../../../src/data/labelled/node-read-labelled-sequences.ts";
import { TableError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../genome/fixtures.ts";

test("are numbered in the order of their first members", async () => {
  const path = join(temporaryFolder(), "a.csv");
  writeFileSync(path, "sequence,label,family\nA,x,7\nC,y,wnt\nG,x,7\nT,y,__proto__\nA,x,wnt\n");
  const { sequences } = await readLabelledSequences(path, { columns: { group: "family" } });
  expect([...namedGroups(sequences)]).toEqual([0, 1, 0, 2, 1]);
  const nameless = await readLabelledSequences(path);
  expect(() => namedGroups(nameless.sequences)).toThrow("internal: expected a group of 1");
});

test("a folder of FASTA files names none", async () => {
  const folder = temporaryFolder();
  for (const name of ["a.fa", "b.fa"]) writeFileSync(join(folder, name), ">s\nAC\n");
  await expect(readLabelledSequences(folder, { columns: { group: "family" } })).rejects.toThrow(
    new TableError(
      `${folder}: expected a table with a column family of groups, got a folder of FASTA files`,
    ),
  );
});
