/**
 * An arm of a study: an objective, or several one after another from each other's weights, `mlm@0.25+mdlm`; under a name where one
 * objective is to be had with other settings, `bd4=bd3`.
 */

import { OBJECTIVE_NAMES, type ObjectiveName } from "../../src/diffusion/objective.ts";
import { ConfigError } from "../../src/errors.ts";
import { nearestName } from "../../src/util/nearest-name.ts";

export interface ArmStage {
  readonly objective: ObjectiveName;
  /** Of the arm's tokens. */
  readonly share: number;
}

export interface Arm {
  /** The one that was given, or its stages as they were written; unique in a study, and the name of a folder. */
  readonly name: string;
  /** At least one; their shares add up to 1. */
  readonly stages: readonly ArmStage[];
}

/** Of a sum of shares that is written in decimals. */
const TOLERANCE = 1e-9;

/**
 * Parses an arm. A stage without a share takes an equal part of what the others leave.
 *
 * @throws {ConfigError} naming what is no objective, no share, or does not add up
 */
export function parseArm(text: string): Arm {
  const [, name, recipe = text] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined) expectName(name.trim(), text);
  const written = recipe.split("+").map((stage) => {
    const [name = "", share, ...rest] = stage.trim().split("@");
    const shown = rest.length === 0 ? share : [share, ...rest].join("@");
    return { objective: objectiveNamed(name, text), share: shareOf(shown, text) };
  });
  const given = written.reduce((sum, { share = 0 }) => sum + share, 0);
  const open = written.filter(({ share }) => share === undefined).length;
  const left = 1 - given;
  if (open > 0 && left < TOLERANCE) {
    throw new ConfigError(
      `expected the shares of ${text} to leave some tokens for the stage that has none, got ${given} in all`,
    );
  }
  if (open === 0 && Math.abs(left) > TOLERANCE) {
    throw new ConfigError(
      `expected the shares of ${text} to add up to 1, got ${given} (without its share a stage takes what is left)`,
    );
  }
  return {
    name: (name ?? recipe).replaceAll(/\s/g, ""),
    stages: written.map(({ objective, share = left / open }) => ({ objective, share })),
  };
}

/**
 * Parses the arms of a study.
 *
 * @throws {ConfigError} when one cannot be parsed, or comes twice
 */
export function parseArms(texts: readonly string[]): readonly Arm[] {
  const arms = texts.map(parseArm);
  const again = arms.find(({ name }, i) => arms.findIndex((other) => other.name === name) < i);
  if (again === undefined) return arms;
  throw new ConfigError(`expected every arm once, got ${again.name} twice in --objectives`);
}

function expectName(name: string, arm: string): void {
  const isTaken = OBJECTIVE_NAMES.some((one) => one === name);
  if (!isTaken && /^\w[\w-]*$/.test(name)) return;
  throw new ConfigError(
    `expected the name before = in ${arm} to be of letters, digits, _ and -, and no objective's, got ${JSON.stringify(name)}`,
  );
}

function objectiveNamed(name: string, arm: string): ObjectiveName {
  const known = OBJECTIVE_NAMES.find((one) => one === name);
  if (known !== undefined) return known;
  const nearest = nearestName(name, OBJECTIVE_NAMES);
  const hint = nearest === undefined ? "" : ` (${nearest}?)`;
  throw new ConfigError(
    `expected --objectives of ${OBJECTIVE_NAMES.join(", ")}, or some of them joined by +, got ${JSON.stringify(name)} in ${arm}${hint}`,
  );
}

function shareOf(text: string | undefined, arm: string): number | undefined {
  if (text === undefined) return undefined;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (share > 0 && share <= 1) return share;
  throw new ConfigError(
    `expected the share after @ in ${arm} to be a number above 0 and at most 1, got ${JSON.stringify(text)}`,
  );
}

/**
 * Returns how many steps each stage takes: the ends of stages, in tokens, to the nearest step, so that arms whose steps are of one size
 * take as many steps in all.
 *
 * @param tokensPerStep of each stage
 * @throws {ConfigError} when a stage would have none
 */
export function stageSteps(
  { name, stages }: Arm,
  tokens: number,
  tokensPerStep: readonly number[],
): readonly number[] {
  let done = 0;
  return stages.map(({ share }, i) => {
    const perStep = tokensPerStep[i] as number;
    const steps =
      Math.round(((done + share) * tokens) / perStep) - Math.round((done * tokens) / perStep);
    done += share;
    if (steps > 0) return steps;
    const least = Math.ceil(
      Math.max(...stages.map((stage, s) => (tokensPerStep[s] as number) / stage.share)),
    );
    throw new ConfigError(
      `expected --tokens of at least ${least}, a step of ${perStep} for each stage of ${name}, got ${tokens} (or make --batch-size, --accumulate or --length smaller)`,
    );
  });
}
