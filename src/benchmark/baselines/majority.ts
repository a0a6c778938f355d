/** The class that most training sequences have, whatever the sequence. */

import type { Baseline } from "./baseline.ts";

/** Gives every sequence the shares of the classes in the training set. */
export const majority: Baseline = {
  name: "majority",
  fit: ({ labels, classes }) => {
    const shares = new Float64Array(classes);
    for (const label of labels) shares[label] = (shares[label] as number) + 1 / labels.length;
    return (ids) =>
      Float64Array.from({ length: ids.length * classes }, (_, i) => shares[i % classes] as number);
  },
};
