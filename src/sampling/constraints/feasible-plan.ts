import { ConfigError } from "../../errors.ts";
import { describeConflict } from "./conflict.ts";
import { type DesignPlan, designPlan } from "./design-plan.ts";
import type { DesignRules } from "./design-rules.ts";

/**
 * Returns the plan of rules that a sequence can keep, as far as the plan knows.
 *
 * @throws {ConfigError} naming the positions and rules that exclude each other, or words that are too many
 */
export function feasiblePlan(rules: DesignRules): DesignPlan {
  const plan = designPlan(rules);
  if (!("places" in plan) && !plan.row().isBroken) return plan;
  throw new ConfigError(`no sequence keeps the constraints: ${describeConflict(rules)}`);
}
