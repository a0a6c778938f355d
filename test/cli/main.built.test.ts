import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EXIT } from "../../src/errors.ts";
import { GDIFF, runProgram } from "./spawn-program.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-main-"));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMANDS = [
  "demo",
  "pretrain",
  "evaluate",
  "generate",
  "report",
  "finetune",
  "predict",
  "embed",
  "compare",
  "benchmark",
  "study",
  "data",
  "doctor",
];
const VERBS = ["list", "fetch", "info", "verify", "index", "add", "audit", "prepare"];
const HELPED = [...COMMANDS, "study objectives", ...VERBS.map((verb) => `data ${verb}`)];

describe("help", () => {
  test("of gdiff", async () => {
    const { code, stdout, stderr } = await runProgram(GDIFF, ["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchSnapshot();
  });

  test.each(HELPED)("of gdiff %s", async (command) => {
    const { code, stdout, stderr } = await runProgram(GDIFF, [...command.split(" "), "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchSnapshot();
  });

  test("names every exit code, and no example is broken over two lines", async () => {
    for (const command of HELPED) {
      const { stdout } = await runProgram(GDIFF, [...command.split(" "), "--help"]);
      for (const code of Object.values(EXIT))
        expect(stdout).toMatch(new RegExp(`^ {2}${code} `, "m"));
      if (stdout.includes(" VERB ")) continue; // examples are the verbs' own
      const examples = stdout.slice(stdout.indexOf("Examples:"), stdout.indexOf("Exit codes:"));
      expect(
        examples
          .trim()
          .split("\n")
          .slice(1)
          .every((line) => /^ {2}(# |gdiff )/.test(line)),
      ).toBe(true);
    }
  });

  test.each([
    [["--help"]],
    [["pretrain", "--help"]],
    [["data", "--help"]],
    [["data", "list", "--help"]],
  ])("%j loads no tensor library", async (args) => {
    const coverage = mkdtempSync(join(folder, "v8-"));
    const before = process.env.NODE_V8_COVERAGE;
    process.env.NODE_V8_COVERAGE = coverage;
    const { code } = await runProgram(GDIFF, args).finally(() => {
      if (before === undefined) delete process.env.NODE_V8_COVERAGE;
      else process.env.NODE_V8_COVERAGE = before;
    });
    expect(code).toBe(0);
    const loaded = readdirSync(coverage)
      .map((file) => readFileSync(join(coverage, file), "utf8"))
      .join("");
    expect(loaded).toContain("dist/src/cli/run-cli.js");
    expect(loaded).not.toContain("@tensorflow");
    expect(loaded).not.toMatch(/\/pipelines\/.*\/run.js/);
  });
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  );
  expect(await runProgram(GDIFF, ["--version"])).toEqual({
    code: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

describe("usage errors exit with 2, one line and where to read on", () => {
  test.each([
    [
      [],
      "gdiff",
      "expected a command: demo, pretrain, evaluate, generate, report, finetune, predict, embed, compare, benchmark, study, data, doctor",
    ],
    [["pretrian"], "gdiff", "unknown command pretrian: did you mean pretrain?"],
    [
      ["serve"],
      "gdiff",
      "unknown command serve: expected one of demo, pretrain, evaluate, generate, report, finetune, predict, embed, compare, benchmark, study, data, doctor",
    ],
    [["pretrain", "--stpes", "3"], "gdiff pretrain", "unknown flag --stpes: did you mean --steps?"],
    [["pretrain", "--stpes=3"], "gdiff pretrain", "unknown flag --stpes: did you mean --steps?"],
    [
      ["pretrain", "--batchSize", "3"],
      "gdiff pretrain",
      "unknown flag --batchSize: did you mean --batch-size?",
    ],
    [
      ["pretrain", "--valid-every", "3"],
      "gdiff pretrain",
      "unknown flag --valid-every: did you mean --set train.validEvery=…?",
    ],
    [["pretrain", "--colour"], "gdiff pretrain", "unknown flag --colour"],
    [
      ["pretrain", "--no-resume"],
      "gdiff pretrain",
      "unknown flag --no-resume: did you mean --resume?",
    ],
    [["pretrain", "-q"], "gdiff pretrain", "unknown flag -q"],
    [["pretrain", "chr1"], "gdiff pretrain", "unexpected argument chr1"],
    [["pretrain", "--steps"], "gdiff pretrain", "expected a value after --steps"],
    [["pretrain", "--steps", "--lr", "1"], "gdiff pretrain", "expected a value after --steps"],
    [
      ["pretrain", "--batch-size", "-1"],
      "gdiff pretrain",
      "expected --batch-size to be a positive integer, got -1 (number)",
    ],
    [
      ["pretrain", "--lr", "-1e-3"],
      "gdiff pretrain",
      "expected --lr to be a positive number, got -0.001 (number)",
    ],
    [
      ["pretrain", "--steps="],
      "gdiff pretrain",
      'expected --steps to be a positive integer, got "" (string)',
    ],
    [
      ["pretrain", "--backend", "cuda"],
      "gdiff pretrain",
      'expected --backend to be one of auto, tensorflow, webgpu, native, wasm, cpu, got "cuda" (string)',
    ],
    [
      ["pretrain", "--resume=maybe"],
      "gdiff pretrain",
      'expected --resume to be true or false, got "maybe" (string)',
    ],
    [
      ["doctor", "--json=1"],
      "gdiff doctor",
      'expected --json to be true or false, got "1" (string)',
    ],
    [
      ["pretrain", "--steps", "1", "--set", "train.steps=2"],
      "gdiff pretrain",
      "expected one value of train.steps, got --steps 1 and --set train.steps=2",
    ],
    [
      ["pretrain", "--set", "train.stpes=2"],
      "gdiff pretrain",
      "--set: unknown key train.stpes: did you mean train.steps?",
    ],
    [
      ["pretrain", "--config", "a.yaml", "--config", "b.yaml"],
      "gdiff pretrain",
      "expected --config once, got a.yaml and b.yaml",
    ],
    [["evaluate"], "gdiff evaluate", "expected RUN, the folder of a run, got nothing"],
    [["evaluate", "runs/a", "runs/b"], "gdiff evaluate", "unexpected argument runs/b"],
    [["doctor", "--seed", "1"], "gdiff doctor", "unknown flag --seed"],
    [["dta", "list"], "gdiff", "unknown command dta: did you mean data?"],
    [["data"], "gdiff data", `expected a verb after gdiff data: ${VERBS.join(", ")}`],
    [["data", "--json"], "gdiff data", `expected a verb after gdiff data: ${VERBS.join(", ")}`],
    [["data", "lst"], "gdiff data", "unknown command data lst: did you mean data list?"],
    [
      ["data", "serve"],
      "gdiff data",
      `unknown command data serve: expected one of ${VERBS.join(", ")}`,
    ],
    [
      ["data", "verify"],
      "gdiff data verify",
      "expected GENOME, a known name or a FASTA file, got nothing",
    ],
    [
      ["data", "fetch", "--form", "hg38.fa"],
      "gdiff data fetch",
      "unknown flag --form: did you mean --from?",
    ],
    [["data", "list", "hg38"], "gdiff data list", "unexpected argument hg38"],
    [["data", "list", "--seed", "1"], "gdiff data list", "unknown flag --seed"],
    [
      ["data", "list", "--json=1"],
      "gdiff data list",
      'expected --json to be true or false, got "1" (string)',
    ],
  ])("gdiff %j", async (args, command, message) => {
    expect(await runProgram(GDIFF, args)).toEqual({
      code: EXIT.usage,
      stdout: "",
      stderr: `gdiff: E_USAGE: ${message}\nrun ${command} --help\n`,
    });
  });
});

describe("configuration errors", () => {
  test("of values that do not go together", async () => {
    expect(await runProgram(GDIFF, ["pretrain", "--json"])).toEqual({
      code: EXIT.usage,
      stdout: "",
      stderr:
        "gdiff: E_CONFIG: expected --genome or --fasta, got neither\nrun gdiff pretrain --help\n",
    });
  });

  test("of a YAML file, whose path is named", async () => {
    const file = join(folder, "my run.yaml");
    writeFileSync(file, "train:\n  stpes: 1\n");
    expect(await runProgram(GDIFF, ["pretrain", "--config", file])).toEqual({
      code: EXIT.usage,
      stdout: "",
      stderr: `gdiff: E_CONFIG: ${file}: unknown key train.stpes: did you mean train.steps?\nrun gdiff pretrain --help\n`,
    });
  });

  test("of a file that is not there", async () => {
    const file = join(folder, "none.yaml");
    expect(await runProgram(GDIFF, ["generate", "runs/a", "--config", file])).toEqual({
      code: EXIT.failure,
      stdout: "",
      stderr: `gdiff: E_FILE: cannot read the configuration ${file}: ENOENT: no such file or directory\n`,
    });
  });
});

describe("doctor", () => {
  test("prints a page", async () => {
    const { code, stdout, stderr } = await runProgram(GDIFF, ["doctor"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").map((line) => line.slice(0, 9).trim())).toEqual(
      expect.arrayContaining(["gdiff", "node", "cpu", "slurm", "memory", "heap", "backends"]),
    );
    expect(stdout).toContain(`node     ${process.version}, ${process.platform} ${process.arch}\n`);
    expect(stdout).toMatch(
      /^ {2}cpu {9}yes {2}.+\n {19}[\d.,]+ GFLOP\/s \(product of \d+ × \d+\), [\d.]+ \wiB a second/m,
    );
  });

  test("--json is one line that parses, with each backend and why", async () => {
    const { code, stdout, stderr } = await runProgram(GDIFF, ["doctor", "--quick", "--json"]);
    expect([code, stderr, stdout.indexOf("\n")]).toEqual([0, "", stdout.length - 1]);
    const summary = JSON.parse(stdout);
    expect(summary.node).toBe(process.version);
    expect(summary.memory.totalBytes).toBeGreaterThan(summary.memory.freeBytes);
    expect(summary.backends).toContainEqual(
      expect.objectContaining({ name: "cpu", isAvailable: true, reason: expect.any(String) }),
    );
  });
});
