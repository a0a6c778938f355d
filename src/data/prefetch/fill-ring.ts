/** The worker's side of a ring: claims units, makes them, and waits while the ring is full. */

import { describeFailure, type PortableFailure } from "./portable-failure.ts";
import { ringView, type SharedRing, STOP, WAITER } from "./shared-ring.ts";

/** What a worker tells the thread that takes. */
export type WorkerMessage =
  /** Something was filled while the taker waited. */
  | { readonly kind: "filled" }
  /** A unit could not be made. */
  | { readonly kind: "failed"; readonly unit: number; readonly failure: PortableFailure };

/** A wait looks for the stop that often: one that comes between a look and a wait would else be missed. */
const LOOK_EVERY_MS = 100;

/**
 * Fills units until there are no more, or the ring is stopped. Blocks its thread while the ring is full.
 *
 * @param make writes a unit into a slot whose bytes are whatever they were
 */
export async function fillRing(
  ring: SharedRing,
  make: (unit: number, slot: Uint8Array) => void | Promise<void>,
  tell: (message: WorkerMessage) => void,
): Promise<void> {
  const { control, next, times, turnOf, slotOf } = ringView(ring);
  const isStopped = (): boolean => Atomics.load(control, STOP) !== 0;
  while (!isStopped()) {
    const unit = Number(Atomics.add(next, 0, 1n));
    if (unit >= ring.units) return;
    const { slot, phaseAt, free, filled } = turnOf(unit);
    for (let phase = Atomics.load(control, phaseAt); phase !== free; ) {
      Atomics.wait(control, phaseAt, phase, LOOK_EVERY_MS);
      if (isStopped()) return;
      phase = Atomics.load(control, phaseAt);
    }
    const start = performance.now();
    try {
      await make(unit, slotOf(unit));
      times[slot] = performance.now() - start;
    } catch (error) {
      times[slot] = Number.NaN;
      tell({ kind: "failed", unit, failure: describeFailure(error) });
    }
    Atomics.store(control, phaseAt, filled);
    if (Atomics.exchange(control, WAITER, 0) !== 0) tell({ kind: "filled" });
  }
}
