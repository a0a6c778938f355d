/** What a request comes to: its sequences to make, in order, and what is to be said of them before. */

import { ConfigError } from "../../src/errors.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { formatCount } from "../../src/util/format.ts";
import type { ChosenConfig } from "./check-method.ts";
import { checkRequests } from "./check-requests.ts";
import { checkConstraints } from "./constraints/check-constraints.ts";
import {
  askedConstraints,
  type ConstraintInputs,
  loadConstraints,
} from "./constraints/constraint-inputs.ts";
import { type ConstraintRecord, describeConstraints } from "./constraints/describe-constraints.ts";
import { planDesign } from "./constraints/design.ts";
import { iupacAsPrompts, withIupac } from "./constraints/iupac-prompts.ts";
import { maskPrompts } from "./constraints/mask-prompts.ts";
import type { SampledModel } from "./methods.ts";
import {
  type Prompt,
  promptedRequests,
  promptOf,
  readPrompts,
  type SampleRequest,
  unpromptedRequests,
} from "./requests.ts";

export interface RequestPlan {
  readonly requests: Iterable<SampleRequest>;
  readonly count: number;
  /** Records to fill; undefined where everything is free. */
  readonly prompts?: readonly Prompt[];
  /** What the sequences have to be; undefined where they may be anything. */
  readonly constraints?: ConstraintRecord;
  readonly notices: readonly string[];
}

/**
 * Plans what `config` asks for.
 *
 * @param model whose windows are those that the run was trained on
 * @throws {ConfigError} when the stride is longer than such a window, no sequence keeps the constraints, or the method fills no such rows
 * @throws {GdiffError} when a file of prompts or constraints is refused
 */
export async function planRequests(
  config: ChosenConfig,
  model: SampledModel,
): Promise<RequestPlan> {
  const { window: trained } = model;
  const { stride, count } = config.sample;
  if (stride !== undefined && stride > trained) {
    throw new ConfigError(
      `expected --stride of at most the ${formatCount(trained)} bases of the run's windows, got ${stride}`,
    );
  }
  const asked = await askedConstraints(config.constraints);
  checkConstraints(asked, config);
  const inputs = await loadConstraints(asked, config.constraints.tries);
  const prompts = await promptsOf(config, inputs);
  const longest =
    prompts === undefined
      ? (config.sample.length ?? trained)
      : prompts.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const isLonger = longest > trained && stride === undefined;
  const notices = isLonger
    ? [
        `warning: ${formatCount(longest)} bases are more than the windows of ${formatCount(trained)} that the run was trained on (--stride moves a window along them)`,
      ]
    : [];
  const common = {
    notices,
    ...(inputs === undefined ? {} : { constraints: describeConstraints(inputs) }),
  };
  if (prompts === undefined) {
    const ids = new Uint8Array(longest).fill(MASK_ID);
    const design = inputs === undefined ? undefined : planDesign({ ids }, inputs);
    checkRequests(unpromptedRequests(count, ids, design), config, model, () => "");
    return { requests: unpromptedRequests(count, ids, design), count, ...common };
  }
  const designed =
    inputs === undefined
      ? prompts
      : prompts.map((prompt) => ({ ...prompt, design: planDesign(prompt, inputs) }));
  const file = config.prompt ?? asked.iupac ?? "";
  checkRequests(
    promptedRequests(designed, count),
    config,
    model,
    ({ sample }) => `${file}: record ${prompts[Math.floor(sample / count)]?.id}: `,
  );
  return {
    requests: promptedRequests(designed, count),
    count: prompts.length * count,
    prompts,
    ...common,
  };
}

/** Records to fill, from the prompt, its mask and the letters of its positions. */
async function promptsOf(
  { prompt: file }: ChosenConfig,
  { asked, mask, iupac }: Partial<ConstraintInputs> = {},
): Promise<Prompt[] | undefined> {
  if (file === undefined) return iupac === undefined ? undefined : iupacAsPrompts(iupac);
  const texts = await readPrompts(file);
  const masked = mask === undefined ? texts : maskPrompts(texts, mask, asked?.mask ?? "");
  const prompts = masked.map((text) => promptOf(text, file));
  return iupac === undefined ? prompts : withIupac(prompts, iupac, asked?.iupac ?? "");
}
