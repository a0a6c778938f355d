/** What is asked of a generation beside its method: bounds, strands, windows along longer sequences. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { sequencesOf } from "../support/fasta-sequences.ts";
import { errorLines, gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");

beforeAll(async () => {
  const args = ["--genome", "demo", "--steps", "3", "--lr", "1e-2", "--out", run];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
});

const generate = (...args: string[]): ReturnType<typeof gdiff> => gdiff(["generate", run, ...args]);

describe("--nelbo", () => {
  test.skipIf(!hasPythonModule("pyarrow"))("says the bound of each sequence", async () => {
    const out = join(folder, "bounded.fa");
    const flags = ["--count", "3", "--calls", "4", "--nelbo", "8"];
    const { stdout } = await generate(...flags, "--batch-size", "2");
    expect((await generate(...flags, "--out", out)).code).toBe(0);
    expect(readFileSync(out, "utf8")).toBe(stdout);
    const pattern = / max-bits-per-base=(\d\.\d{4}) bits-per-base-error=(\d\.\d{4})$/gm;
    const said = [...stdout.matchAll(pattern)].map(([, bits, error]) => [bits, error]);
    const code = `
import json, sys, pyarrow as pa
table = pa.ipc.open_file(sys.argv[1]).read_all()
print(json.dumps([table["nelboNats"].to_pylist(), table["nelboStandardErrorNats"].to_pylist(), table.schema.metadata[b"likelihood"].decode()]))`;
    const [nats, errors, likelihood] = JSON.parse(
      runPython(code, [join(folder, "bounded.arrow")]),
    ) as [number[], number[], string];
    const bits = (value: number): string => (value / Math.LN2 / 32).toFixed(4);
    expect(said).toEqual(nats.map((value, i) => [bits(value), bits(errors[i] as number)]));
    expect(likelihood).toBe("bound");
    for (const [i, value] of nats.entries()) {
      expect(value / Math.LN2 / 32).toBeGreaterThan(1.7);
      expect(value / Math.LN2 / 32).toBeLessThan(2.3);
      expect(errors[i]).toBeGreaterThan(0);
      expect(errors[i]).toBeLessThan(3);
    }
  });

  test.concurrent("by one draw gives no standard error", async () => {
    const { stdout } = await generate("--count", "2", "--calls", "4", "--nelbo", "1");
    expect(stdout.match(/ max-bits-per-base=\d\.\d{4}$/gm)).toHaveLength(2);
  });
});

test.concurrent("a stride longer than the run's windows is refused", async () => {
  const refused = await generate("--stride", "33", "--length", "64");
  expect([refused.code, errorLines(refused)]).toEqual([
    2,
    ["gdiff: E_CONFIG: expected --stride of at most the 32 bases of the run's windows, got 33"],
  ]);
});

test.concurrent("fewer calls than windows are refused", async () => {
  const refused = await generate("--stride", "16", "--length", "64", "--calls", "2");
  expect([refused.code, errorLines(refused)]).toEqual([
    2,
    [
      "gdiff: E_CONFIG: expected at least one call a window, got 2 calls for 3: give more calls, or fewer and longer windows",
    ],
  ]);
});

test.concurrent("both strands of a sequence are read as one with --strand average", async () => {
  const flags = ["--count", "2", "--calls", "8", "--temperature", "0"];
  const [average, forward] = await Promise.all([
    generate(...flags, "--strand", "average"),
    generate(...flags),
  ]);
  expect(average.code).toBe(0);
  expect(average.stdout).toContain(" strand=average ");
  const bases = ({ stdout }: { stdout: string }) => Object.values(sequencesOf(stdout));
  expect(bases(average)).not.toEqual(bases(forward));
});
