/** Whether each stage of an arm can begin with the weights of the one before it, told before any is trained. */

import { ConfigError } from "../../src/errors.ts";
import type { PretrainConfig } from "../pretrain/options.ts";
import { misfitOf, shiftedAfter } from "../pretrain/shift-of-init.ts";
import type { Arm } from "./arm.ts";

/**
 * @param configs of the stages; what one inherits from those before it need not be in its own
 * @throws {ConfigError} naming the first stage that cannot go on, by the rules of `gdiff pretrain --init`
 */
export function expectStagesFit({ name, stages }: Arm, configs: readonly PretrainConfig[]): void {
  let [before, ...later] = configs;
  for (const [i, config] of later.entries()) {
    if (before === undefined) return;
    const misfit = misfitOf(before.model, config);
    if (misfit !== undefined) {
      const { needed, reason, got } = misfit;
      const done = stages.slice(0, i + 1).map(({ objective }) => objective);
      throw new ConfigError(
        `expected ${needed} before stage ${i + 2} of ${name} with ${reason}, got ${done.join("+")}, ${got}`,
      );
    }
    before = shiftedAfter(before.model, config);
  }
}
