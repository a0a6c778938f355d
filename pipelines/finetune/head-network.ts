/** Training a head alone: what the backbone says of a sequence is the same in every epoch, so it is asked once. */

import { predictionBatches } from "../../src/data/labelled/length-buckets.ts";
import { classifierHead } from "../../src/model/classifier.ts";
import { classificationLoss } from "../../src/train/classification/classification-loss.ts";
import {
  featureBytes,
  featureRows,
  type SequenceFeatures,
  sequenceFeatures,
} from "../../src/train/classification/sequence-features.ts";
import { formatBytes } from "../../src/util/format.ts";
import type { FinetuneNetwork } from "./network.ts";
import type { FinetuneConfig } from "./options.ts";

/** Most memory for features; where they need more they are computed anew in every epoch. */
const MAX_BYTES = 2 ** 32;

/** Token ids of the sequences of each part. */
interface PartIds {
  readonly train: readonly Uint8Array[];
  readonly valid: readonly Uint8Array[];
}

interface HeadNetwork {
  readonly network: FinetuneNetwork;
  /** What its features take in memory, before any is computed. */
  readonly notices: readonly string[];
}

/**
 * Returns `network` with passes over kept features where those save work: not where bases are masked anew in every epoch,
 * and not with as many epochs as strands or fewer, when each strand is read about once anyway.
 *
 * Features are computed in batches by length. A sequence's are the same bits in any batch of its length, and beside longer
 * ones the same to float32 rounding; so are the weights of a run that keeps them and of one that does not.
 *
 * @param network whose head alone is tuned
 */
export function headNetwork(
  network: FinetuneNetwork,
  ids: PartIds,
  { model, train: { epochs, tokens, maskShare } }: Pick<FinetuneConfig, "model" | "train">,
): HeadNetwork {
  const isBoth = { train: model.strand !== "forward", valid: model.strand === "average" };
  if (maskShare !== 0 || epochs <= (isBoth.train ? 2 : 1)) return { network, notices: [] };
  const bytes =
    featureBytes(ids.train.length, model.width, isBoth.train) +
    featureBytes(ids.valid.length, model.width, isBoth.valid);
  if (bytes > MAX_BYTES) {
    const notice = `--tune head: the features of all sequences would take ${formatBytes(bytes)}, more than ${formatBytes(MAX_BYTES)}: computed anew in every epoch`;
    return { network, notices: [notice] };
  }
  const featuresOf = (
    part: keyof PartIds,
    turn: (done: number) => Promise<void>,
  ): Promise<SequenceFeatures> => {
    const lengths = ids[part].map(({ length }) => length);
    const batches = predictionBatches(lengths, tokens);
    return sequenceFeatures(network.start, model, ids[part], {
      ...{ batches, isBothStrands: isBoth[part], turn },
    });
  };
  return {
    network: {
      ...network,
      async passes(turn) {
        const total = ids.train.length + ids.valid.length;
        const train = await featuresOf("train", (done) => turn(done, total));
        const valid = await featuresOf("valid", (done) => turn(ids.train.length + done, total));
        await turn(total, total);
        return {
          loss: classificationLoss((rows) => {
            const features = featureRows(train, rows);
            return (params) => classifierHead(params, model, features);
          }),
          validLogits: (params, rows) => classifierHead(params, model, featureRows(valid, rows)),
        };
      },
    },
    notices: [
      `--tune head: the features of all sequences are computed once and kept, ${formatBytes(bytes)}`,
    ],
  };
}
