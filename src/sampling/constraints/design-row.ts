/** What steers one row, as the pipelines see it. */

import type { RowConstraint } from "../constraint.ts";

export interface DesignRow extends RowConstraint {
  /**
   * Whether the row is known to have no way on: its sets of bases say nothing then beyond what stands at single positions,
   * and what comes of it breaks a rule. Only rows whose plan is not exact break.
   */
  readonly isBroken: boolean;
}
