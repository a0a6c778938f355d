/** What a request comes to: its sequences to make, in order, and what is to be said of them before. */

import { ConfigError } from "../../src/errors.ts";
import { formatCount } from "../../src/util/format.ts";
import type { GenerateConfig } from "./options.ts";
import {
  type Prompt,
  promptedRequests,
  readPrompts,
  type SampleRequest,
  unpromptedRequests,
} from "./requests.ts";

export interface RequestPlan {
  readonly requests: Iterable<SampleRequest>;
  readonly count: number;
  /** Records to fill; undefined where everything is free. */
  readonly prompts?: readonly Prompt[];
  readonly notices: readonly string[];
}

/**
 * Plans what `config` asks for.
 *
 * @param trained bases of the windows that the run was trained on
 * @throws {ConfigError} when the stride is longer than such a window
 * @throws {FastaError} when the prompt file is refused
 */
export async function planRequests(
  { prompt, sample }: GenerateConfig,
  trained: number,
): Promise<RequestPlan> {
  const { stride, count } = sample;
  if (stride !== undefined && stride > trained) {
    throw new ConfigError(
      `expected --stride of at most the ${formatCount(trained)} bases of the run's windows, got ${stride}`,
    );
  }
  const prompts = prompt === undefined ? undefined : await readPrompts(prompt);
  const longest =
    prompts === undefined
      ? (sample.length ?? trained)
      : prompts.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const isLonger = longest > trained && stride === undefined;
  const notices = isLonger
    ? [
        `warning: ${formatCount(longest)} bases are more than the windows of ${formatCount(trained)} that the run was trained on (--stride moves a window along them)`,
      ]
    : [];
  return prompts === undefined
    ? { requests: unpromptedRequests(count, longest), count, notices }
    : {
        requests: promptedRequests(prompts, count),
        count: prompts.length * count,
        prompts,
        notices,
      };
}
