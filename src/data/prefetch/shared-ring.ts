/**
 * A bounded ring of slots in shared memory: worker threads fill them, one thread takes them in order. Unit u lies in slot
 * u mod slots; a slot's phase counts its fillings and takings, so each side knows whose turn it is without a lock.
 *
 *     phase of a slot:  2k     free for its k-th unit
 *                       2k + 1 filled with it
 */

/** What one thread hands another: plain data and shared memory. */
export interface SharedRing {
  readonly slots: number;
  readonly slotBytes: number;
  /** Units that there are: 0 … units − 1. */
  readonly units: number;
  /** Int32: stop, waiter, then the phase of every slot. */
  readonly control: SharedArrayBuffer;
  /** BigInt64: the next unit that nobody has claimed. */
  readonly next: SharedArrayBuffer;
  /** Float64 a slot: milliseconds of making its unit; NaN where making it failed. */
  readonly times: SharedArrayBuffer;
  /** The slots' bytes, one after the other. */
  readonly bytes: SharedArrayBuffer;
}

/** Not 0 once everyone is to stop. */
export const STOP = 0;
/** 1 while the taker waits for a message. */
export const WAITER = 1;
const PHASES = 2;

/** @param slotBytes a multiple of 8 */
export function sharedRing(slots: number, slotBytes: number, units: number): SharedRing {
  return {
    slots,
    slotBytes,
    units,
    control: new SharedArrayBuffer(4 * (PHASES + slots)),
    next: new SharedArrayBuffer(8),
    times: new SharedArrayBuffer(8 * slots),
    bytes: new SharedArrayBuffer(slots * slotBytes),
  };
}

/** A ring as either side uses it. */
export interface RingView {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly next: BigInt64Array<SharedArrayBuffer>;
  readonly times: Float64Array<SharedArrayBuffer>;
  /** Where in `control` the phase of a unit's slot is, what it is when the slot is free for the unit, and when filled. */
  turnOf(unit: number): Turn;
  /** Bytes of a unit's slot. */
  slotOf(unit: number): Uint8Array<SharedArrayBuffer>;
}

interface Turn {
  readonly slot: number;
  readonly phaseAt: number;
  readonly free: number;
  readonly filled: number;
}

/** Returns views of a ring's memory. */
export function ringView({ slots, slotBytes, control, next, times, bytes }: SharedRing): RingView {
  return {
    control: new Int32Array(control),
    next: new BigInt64Array(next),
    times: new Float64Array(times),
    turnOf(unit) {
      const slot = unit % slots;
      const free = (2 * Math.floor(unit / slots)) | 0; // wraps as the phase itself does
      return { slot, phaseAt: PHASES + slot, free, filled: (free + 1) | 0 };
    },
    slotOf: (unit) => new Uint8Array(bytes, (unit % slots) * slotBytes, slotBytes),
  };
}
