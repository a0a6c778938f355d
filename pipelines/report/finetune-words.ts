/** What a fine-tuning run's configuration says, in words for its page. */

import { BENCHMARK_CNN, type FinetuneConfig } from "../finetune/options.ts";
import { hiddenWords } from "../finetune/plan.ts";
import { splitWords } from "../labelled/split-words.ts";

/** How the parts came about, and what the epoch was chosen by. */
export function protocolWords({ data, seed, train }: FinetuneConfig): string {
  const isOfficial = data.set !== undefined;
  const given = [
    ...(isOfficial ? ["Official test"] : []),
    ...(data.test === undefined ? [] : ["Test from a file of its own"]),
    ...(data.valid === undefined ? [] : ["Validation from a file of its own"]),
  ];
  const drawn = splitWords(
    {
      validShare: data.valid === undefined ? data.validShare : 0,
      testShare: isOfficial || data.test !== undefined ? 0 : data.testShare,
      groups: data.groupColumn === undefined ? data.groups : "named",
    },
    `by seed ${seed}`,
  );
  const parts = [...given, ...(drawn === undefined ? [] : [`Of the training sequences ${drawn}`])];
  const hidden = train.maskShare === 0 ? "" : ` ${capitalised(hiddenWords(train.maskShare))}.`;
  return `${parts.join(". ")}. The epoch is chosen by validation ${train.select}.${hidden}`;
}

/** What the network began as, and what of it was trained. */
export function networkWords({ run, fromScratch, model }: FinetuneConfig): string {
  if (fromScratch === BENCHMARK_CNN) return "the benchmark’s CNN, from fresh weights";
  const start =
    run === undefined ? `the network of ${fromScratch}, from fresh weights` : `pretrained: ${run}`;
  const { tune, head, strand } = model;
  const trained =
    tune === "all"
      ? "all of it trained"
      : tune === "head"
        ? "the head alone trained"
        : `the last ${tune.slice("last:".length)} blocks and the head trained`;
  return `${start}; ${trained}; head ${head}, strand ${strand}`;
}

function capitalised(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
