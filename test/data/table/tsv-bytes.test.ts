import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tsvBytes } from "../../../src/data/table/tsv-bytes.ts";
import { hasProgram, PYTHON, runPython } from "../../support/oracles.ts";
import { EVERY_TYPE, longTable, NO_ROWS, plainRows } from "../../support/tables.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const hasPython = hasProgram(PYTHON);

describe("tsvBytes", () => {
  it("writes a line of names and a line a row, quoting where a reader needs it", () => {
    expect(text(tsvBytes(EVERY_TYPE))).toBe(
      [
        "name\tstart\tend\tnats\tisScored\tfeatures0\tfeatures1",
        "chr1\t0\t0\t0\ttrue\t0\t-0.5",
        "\t1\t1\t-0.1\tfalse\t0.1\t0.33333334",
        '"tab\tand ""quote"""\t-1\t2147483648\t1e+300\ttrue\t3e+38\t1.4013e-45',
        '"línea\nzwei"\t2147483647\t-4294967297\t5e-324\ttrue\t16777216\t-7',
        "α→ω🧬\t-2147483648\t9007199254740991\t0.3333333333333333\tfalse\t1e-7\t2",
        "NA\t7\t-9007199254740991\t9007199254740992\tfalse\t123456.79\t1",
        "",
      ].join("\n"),
    );
  });

  it("is the line of names where there are no rows", () => {
    expect(text(tsvBytes(NO_ROWS))).toBe(
      "name\tstart\tend\tnats\tisScored\tfeatures0\tfeatures1\n",
    );
  });

  it("has every row of a table that is encoded in several parts", () => {
    const lines = text(tsvBytes(longTable(25_001))).split("\n");
    expect(lines).toHaveLength(25_003);
    const numbers = (lines[25_001] as string).split("\t").slice(-2);
    expect(numbers.map((text) => Math.fround(Number(text)))).toEqual(
      [50_000, 50_001].map((i) => Math.fround(Math.cos(i))),
    );
    const features = numbers.join("\t");
    expect(lines[25_001]).toBe(
      `window 25000\t3200000\t2150683648\t${Math.sin(25_000)}\ttrue\t${features}`,
    );
  });

  it.skipIf(!hasPython)("is read back by Python's csv module", () => {
    const path = join(mkdtempSync(join(tmpdir(), "gdiff-tsv-")), "t.tsv");
    writeFileSync(path, tsvBytes(EVERY_TYPE));
    const rows = runPython(
      `
import csv, json, struct, sys
rows = csv.DictReader(open(sys.argv[1], newline="", encoding="utf8"), delimiter="\\t")
print(json.dumps([{"name": r["name"], "start": int(r["start"]), "end": int(r["end"]), "nats": float(r["nats"]), "isScored": r["isScored"] == "true", "features": [float(struct.unpack("f", struct.pack("f", float(r[k])))[0]) for k in ("features0", "features1")]} for r in rows]))
`,
      [path],
    );
    expect(JSON.parse(rows)).toEqual(plainRows(EVERY_TYPE));
  });
});
