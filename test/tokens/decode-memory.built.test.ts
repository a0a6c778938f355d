import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const HEAP_MIB = 64;
const SEQUENCES = 20_000;
const BASES = 400;

const MODULE = join(import.meta.dirname, "../../dist/src/tokens/encode.js");
const SCRIPT = `
  import { decodeIds } from ${JSON.stringify(MODULE)};
  const ids = Uint8Array.from({ length: ${BASES} }, (_, i) => i % 5);
  const texts = Array.from({ length: ${SEQUENCES} }, () => decodeIds(ids));
  console.log(texts.reduce((sum, text) => sum + text.length, 0), texts[7].slice(0, 11));`;

test("the text of many sequences takes a byte a base, not what a string that grows letter by letter does", () => {
  const args = [`--max-old-space-size=${HEAP_MIB}`, "--input-type=module", "--eval", SCRIPT];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toBe(`${SEQUENCES * BASES} ACGTNACGTNA\n`);
});
