/** What the metrics of a classifier are, in words for a page. */
export const METRICS_NOTE =
  "Matthews correlation (of more classes, Gorodkin’s). AUROC and AUPRC (average precision) of more classes are means, one class against the rest. Log loss in nats; Brier score of the last of two classes, summed over more; ECE over 15 bins of the most probable class.";
