/** Constraints that exclude each other, or that the way of sampling has no place for. */

import { ConfigError } from "../../../src/errors.ts";
import type { ChosenConfig } from "../check-method.ts";
import { parseGcWindow, parseInsert } from "./constraint-texts.ts";
import type { Constraints } from "./options.ts";

/** @throws {ConfigError} when something is asked for that goes with nothing else that is */
export function checkConstraints(
  asked: Constraints,
  { prompt, sample, process, run }: ChosenConfig,
): void {
  const refuse = (what: string): never => {
    throw new ConfigError(what);
  };
  if (asked.mask !== undefined && prompt === undefined) {
    refuse("expected --prompt with --mask: its regions are those of the prompt's records");
  }
  if (asked.iupac !== undefined && sample.length !== undefined) {
    refuse("expected --iupac or --length, got both: the letters have their own length");
  }
  const window = asked.gcWindow === undefined ? undefined : parseGcWindow(asked.gcWindow);
  if (window !== undefined && window.shares === undefined && asked.gc === undefined) {
    refuse(
      `expected --gc with --gc-window ${asked.gcWindow}, or its own share, ${asked.gcWindow}:0.4-0.6`,
    );
  }
  if (asked.pwmWeight !== undefined && asked.pwm === undefined) {
    refuse("expected --pwm with --pwm-weight, got no matrix to weigh");
  }
  if (asked.potential === undefined && asked.potentialWeight !== undefined) {
    refuse("expected --potential with --potential-weight, got no score to weigh");
  }
  if (asked.potential !== undefined && asked.particles === undefined) {
    refuse("expected --particles with --potential: designs are drawn among them by their scores");
  }
  if (asked.particles !== undefined) checkParticles(sample, refuse);
  if (process === "uniform") checkRedrawn(asked, run, refuse);
  if (sample.stride !== undefined) checkStride(asked, refuse);
}

function checkParticles(
  { method, temperature, topP, stride }: ChosenConfig["sample"],
  refuse: (what: string) => never,
): void {
  const needed = "--particles are weighed by the model's probabilities";
  if (method !== "random-order") {
    refuse(`expected --method random-order with --particles, got ${method}`);
  }
  if (temperature === 0) refuse(`expected a --temperature above 0, got 0: ${needed}`);
  if (topP !== 1) refuse(`expected --top-p 1, got ${topP}: ${needed}`);
  if (stride !== undefined) refuse("expected --particles or --stride, got both");
}

/** Leaning reads which bases are hidden; where any may be redrawn, none is. */
function checkRedrawn(
  { gcTarget, pwm }: Constraints,
  run: string,
  refuse: (what: string) => never,
): void {
  const stray = [
    ...(gcTarget === undefined ? [] : ["--gc-target"]),
    ...(pwm === undefined ? [] : ["--pwm"]),
  ][0];
  if (stray !== undefined)
    refuse(
      `expected a run that fills in hidden bases with ${stray}, got ${run}, which redraws bases`,
    );
}

/** A window that moves does not know where in the sequence it lies, and wants rows alike. */
function checkStride(asked: Constraints, refuse: (what: string) => never): void {
  const isNear = asked.insert?.some((text) => (parseInsert(text)?.distance ?? 0) > 0) === true;
  const stray = [
    ...(asked.pwm === undefined ? [] : ["--pwm"]),
    ...(asked.gcTarget === undefined ? [] : ["--gc-target"]),
    ...(isNear ? ["--insert with ~"] : []),
  ][0];
  if (stray !== undefined) refuse(`expected ${stray} or --stride, got both`);
}
