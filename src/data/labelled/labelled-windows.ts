/** Labelled sequences as training windows of one length: a length must not tell the class. */

import { addressedRandom } from "../../random/addressed.ts";
import { permute } from "../../random/permutation.ts";
import { reverseComplementIds } from "../../tokens/complement.ts";
import { baseCount, type Window } from "../window.ts";
import type { WindowSource } from "../window-source.ts";
import type { LabelledSequence } from "./labelled-sequence.ts";

/** A window of which the class is known. */
export interface LabelledWindow extends Window {
  readonly label: number;
}

export interface CutWindows {
  readonly windows: readonly LabelledWindow[];
  /** Sequences that have no window: too short, or with too many N in it. */
  readonly tooShort: number;
  readonly tooManyN: number;
}

/**
 * Cuts the middle `length` bases out of every sequence that has as many; an interval names the sequence's id.
 *
 * @param maxN largest share of N in a window
 */
export function cutLabelledWindows(
  sequences: readonly LabelledSequence[],
  length: number,
  maxN: number,
): CutWindows {
  const windows: LabelledWindow[] = [];
  let tooShort = 0;
  let tooManyN = 0;
  for (const { id, ids, label } of sequences) {
    const start = Math.floor((ids.length - length) / 2);
    const cut = ids.subarray(start, start + length);
    if (start < 0) tooShort++;
    else if (length - baseCount(cut) > maxN * length) tooManyN++;
    else {
      const interval = { contig: id, start, end: start + length };
      const isSoftMasked = new Uint8Array(length); // labelled sequences keep no case
      windows.push({ interval, strand: "+", ids: cut, isSoftMasked, label });
    }
  }
  return { windows, tooShort, tooManyN };
}

/**
 * Returns the windows as a source: an epoch has each once, in an order of its own, on either strand.
 *
 * @param reverseComplement probability that a window is read from the other strand
 */
export function labelledWindowSource(
  windows: readonly LabelledWindow[],
  { reverseComplement, seed }: { readonly reverseComplement: number; readonly seed: number },
): WindowSource {
  const order = addressedRandom(seed, "labelledOrder");
  const strand = addressedRandom(seed, "strand");
  const at = (index: number): LabelledWindow => {
    const epoch = Math.floor(index / windows.length);
    return windows[permute(index % windows.length, windows.length, order, epoch)] as LabelledWindow;
  };
  const windowSync = (index: number): Window => {
    const window = at(index);
    if (strand.uniform(index) >= reverseComplement) return window;
    return { ...window, strand: "-", ids: reverseComplementIds(window.ids) };
  };
  return {
    windows: windows.length,
    residence: "memory",
    window: async (index) => windowSync(index),
    windowSync,
    labelOf: (index) => at(index).label,
  };
}
