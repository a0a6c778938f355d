import { describe, expect, test } from "vitest";
import { parseArm, parseArms, stageSteps } from "../../../pipelines/study/arm.ts";
import { OBJECTIVE_NAMES } from "../../../src/diffusion/objective.ts";
import { ConfigError } from "../../../src/errors.ts";

const shares = (text: string) =>
  parseArm(text).stages.map(({ objective, share }) => [objective, share]);

describe("an arm", () => {
  test.each(OBJECTIVE_NAMES)("%s alone has all tokens", (name) => {
    expect(parseArm(name)).toEqual({ name, stages: [{ objective: name, share: 1 }] });
  });

  test("of several stages shares what is not given evenly", () => {
    expect(shares("mlm+mdlm")).toEqual([
      ["mlm", 0.5],
      ["mdlm", 0.5],
    ]);
    expect(shares("mlm@0.25+mdlm")).toEqual([
      ["mlm", 0.25],
      ["mdlm", 0.75],
    ]);
    expect(shares("mlm@.2 + mdlm@0.7+mlm@.1").map(([, share]) => share)).toEqual([0.2, 0.7, 0.1]);
    expect(parseArm(" mlm@0.5 + mdlm").name).toBe("mlm@0.5+mdlm");
  });

  test("under a name is called by it", () => {
    expect(parseArm("bd4 = bd3")).toEqual({
      name: "bd4",
      stages: [{ objective: "bd3", share: 1 }],
    });
    expect(parseArm("two-stage=mlm@0.25+mdlm")).toMatchObject({
      name: "two-stage",
      stages: [{ objective: "mlm", share: 0.25 }, { objective: "mdlm" }],
    });
  });

  const names = OBJECTIVE_NAMES.join(", ");
  test.each([
    [
      "mldm",
      `expected --objectives of ${names}, or some of them joined by +, got "mldm" in mldm (mdlm?)`,
    ],
    ["mlm+", `expected --objectives of ${names}, or some of them joined by +, got "" in mlm+`],
    [
      "mlm@2+mdlm",
      'expected the share after @ in mlm@2+mdlm to be a number above 0 and at most 1, got "2"',
    ],
    [
      "mlm@0+mdlm",
      'expected the share after @ in mlm@0+mdlm to be a number above 0 and at most 1, got "0"',
    ],
    [
      "mlm@a@b+mdlm",
      'expected the share after @ in mlm@a@b+mdlm to be a number above 0 and at most 1, got "a@b"',
    ],
    [
      "mlm@0.5+mdlm@0.2",
      "expected the shares of mlm@0.5+mdlm@0.2 to add up to 1, got 0.7 (without its share a stage takes what is left)",
    ],
    [
      "mlm@1+mdlm",
      "expected the shares of mlm@1+mdlm to leave some tokens for the stage that has none, got 1 in all",
    ],
    [
      "ar=mdlm",
      'expected the name before = in ar=mdlm to be of letters, digits, _ and -, and no objective\'s, got "ar"',
    ],
    [
      "a/b=mdlm",
      'expected the name before = in a/b=mdlm to be of letters, digits, _ and -, and no objective\'s, got "a/b"',
    ],
  ])("%s is refused", (text, message) => {
    expect(() => parseArm(text)).toThrow(new ConfigError(message));
  });

  test("comes once", () => {
    expect(() => parseArms(["mdlm", "mlm + mdlm", "mlm+mdlm"])).toThrow(
      new ConfigError("expected every arm once, got mlm+mdlm twice in --objectives"),
    );
  });
});

describe("steps of stages", () => {
  test("are the tokens over those of a step, to the nearest", () => {
    expect(stageSteps(parseArm("mdlm"), 1000, [128])).toEqual([8]); // 7.8
    expect(stageSteps(parseArm("mdlm"), 64, [128])).toEqual([1]); // 0.5 and more is one
  });

  test("add up to those of one stage, wherever the stages are cut", () => {
    for (let tokens = 1000; tokens < 1400; tokens += 7) {
      const [whole] = stageSteps(parseArm("mdlm"), tokens, [64]) as [number];
      for (const text of ["mlm+mdlm", "mlm@0.1+mdlm", "mlm+mdlm+mlm"]) {
        const arm = parseArm(text);
        const steps = stageSteps(
          arm,
          tokens,
          arm.stages.map(() => 64),
        );
        expect(steps.reduce((sum, count) => sum + count)).toBe(whole);
      }
    }
  });

  test("follow each stage's own size", () => {
    expect(stageSteps(parseArm("mlm+mdlm"), 1000, [50, 100])).toEqual([10, 5]);
  });

  test("too few tokens are refused with what would do", () => {
    const arm = parseArm("mlm@0.1+mdlm");
    const message =
      "expected --tokens of at least 640, a step of 64 for each stage of mlm@0.1+mdlm, got 200 (or make --batch-size, --accumulate or --length smaller)";
    expect(() => stageSteps(arm, 200, [64, 64])).toThrow(new ConfigError(message));
    expect(stageSteps(arm, 640, [64, 64])).toEqual([1, 9]);
  });
});
