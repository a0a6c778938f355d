/**
 * TensorFlow.js' cpu backend with memory that C++ can work on. A kernel that is not replaced still runs, in
 * JavaScript. What a tensor holds is the backend's own: arrays handed in are copied, and so is what is read.
 */

import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { BackendError } from "../../errors.ts";
import { tf } from "../../tensor/tf.ts";
import type { Precision } from "../precision.ts";
import type { Binding } from "./binding.ts";
import { KernelRuns } from "./kernel-runs.ts";
import type { PoolStatistics } from "./memory/pool.ts";
import { TensorMemory } from "./memory/tensor-memory.ts";
import {
  type BackendValues,
  isNumeric,
  type NumericArray,
  type NumericType,
  typed,
  widened,
} from "./memory/values.ts";

export type { Precision };

/** What the backend did since it started or since resetCounters(). */
export interface Counters extends PoolStatistics {
  /** Calls of C++ kernels, and of those that only count references, by name. */
  readonly nativeCalls: ReadonlyMap<string, number>;
  /** Calls that fell to TensorFlow.js' JavaScript, by name and, where C++ has the kernel, why it declined the call. */
  readonly fallbacks: ReadonlyMap<string, number>;
  /** Time in the kernels of each name, in those that they call too. */
  readonly milliseconds: ReadonlyMap<string, number>;
}

type DataId = tf.TensorInfo["dataId"];
type Held = Pick<tf.TensorInfo, "dataId">;

export class NativeBackend extends MathBackendCPU {
  readonly binding: Binding;
  readonly precision: Precision;
  /** Runs every kernel of the backend. */
  readonly kernels: KernelRuns;
  readonly #memory: TensorMemory;
  #nextId = 0;

  /** @param isPoisoning for tests: free and unwritten memory holds NaN, and writing to free memory is an error */
  constructor(binding: Binding, precision: Precision, isPoisoning = false) {
    super();
    this.binding = binding;
    this.precision = precision;
    this.#memory = new TensorMemory(binding, isPoisoning);
    this.kernels = new KernelRuns({
      discard: (dataId) => this.disposeData(dataId, true),
      trim: () => this.trim(),
    });
  }

  /** Whether kernels are to round the operands of products. */
  get isBf16(): boolean {
    return this.precision === "bf16";
  }

  /** Bytes of one value of an operand that a kernel keeps for the backward pass. */
  get operandBytes(): number {
    return this.isBf16 && this.binding.hasBf16() ? 2 : 4;
  }

  /**
   * A new tensor; its contents are undefined until a kernel has written them.
   *
   * @throws {BackendError} when there is no memory for it
   */
  output(shape: readonly number[], dtype: NumericType = "float32"): tf.TensorInfo {
    const own = [...shape];
    const values = this.#allocate(tf.util.sizeFromShape(own), own, dtype);
    return { dataId: this.#store(values, dtype), shape: own, dtype };
  }

  /**
   * Memory that only kernels read, as a scalar to TensorFlow.js: what a forward kernel keeps for its backward one.
   *
   * @throws {BackendError} when there is no memory for it
   */
  opaque(bytes: number): tf.TensorInfo {
    const words = Math.ceil(bytes / 4);
    const values = this.#allocate(words, [words], "int32");
    return { dataId: this.#store(values, "int32"), shape: [], dtype: "int32" };
  }

  floats({ dataId }: Held): Float32Array {
    return this.#values(dataId, "float32") as Float32Array;
  }

  ints({ dataId }: Held): Int32Array {
    return this.#values(dataId, "int32") as Int32Array;
  }

  /** The values of a tensor of type bool, one byte each. */
  bytes({ dataId }: Held): Uint8Array {
    return this.#values(dataId, "bool") as Uint8Array;
  }

  /** Whether nothing else shares the tensor's memory: no clone, reshape, variable, slice or saved tensor. */
  canDonate({ dataId, dtype }: Pick<tf.TensorInfo, "dataId" | "dtype">): boolean {
    const { values, refCount, dtype: stored } = this.data.get(dataId);
    const isAlone = refCount === 1 && ArrayBuffer.isView(values);
    return isAlone && stored === dtype && this.#memory.count(values) === 1;
  }

  /**
   * A new tensor in the memory of `donor`, whose contents it starts with: for kernels that work in place. The donor
   * must not be read again; who passed it to the kernel disposes it, which frees nothing.
   *
   * @param shape of as many values as the donor has; its own if absent
   * @throws {BackendError} when something else shares the donor's memory, see canDonate
   */
  outputOver(donor: tf.TensorInfo, shape: readonly number[] = donor.shape): tf.TensorInfo {
    const own = [...shape];
    if (tf.util.sizeFromShape(own) !== tf.util.sizeFromShape(donor.shape)) {
      throw new BackendError(
        `internal: expected a shape of as many values as [${donor.shape.join(", ")}] has, to take over its memory, got [${own.join(", ")}]`,
      );
    }
    if (!this.canDonate(donor)) {
      throw new BackendError(
        `expected the memory of the tensor [${donor.shape.join(", ")}], updated in place, to be its own, got memory ` +
          "that a clone, a slice, a variable or the tape shares: dispose those first, or update a copy (tf.add(x, 0))",
      );
    }
    this.kernels.noteDonated();
    const { values } = this.data.get(donor.dataId);
    return { dataId: this.#store(values, donor.dtype), shape: own, dtype: donor.dtype };
  }

  /** What was computed, by whom, and what memory it took. */
  get counters(): Counters {
    const { native, fallback } = this.kernels.counts;
    return {
      nativeCalls: new Map(native),
      fallbacks: new Map(fallback),
      milliseconds: new Map(this.kernels.milliseconds),
      ...this.#memory.statistics,
    };
  }

  /** Counts calls, fresh blocks and the peak from now on. */
  resetCounters(): void {
    this.kernels.reset();
    this.#memory.resetStatistics();
  }

  /** Gives memory that no tensor is in back to the system: for the end of a phase that needed more than the next. */
  trim(): void {
    this.#memory.trim();
  }

  /** Takes a copy: arrays from outside may change, and are never changed here. */
  override write(values: BackendValues, shape: number[], dtype: tf.DataType): DataId {
    return this.#store(this.#copy(values, shape, dtype), dtype);
  }

  override move(
    dataId: DataId,
    values: BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    this.#set(dataId, this.#copyOrKeep(values, shape, dtype), dtype, refCount);
  }

  /** Takes the array itself, which is a kernel's: fresh, or a view of an input's memory. */
  override makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: BackendValues | string[],
  ): tf.TensorInfo {
    return { dataId: this.#store(encoded(values, dtype), dtype), shape, dtype };
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const isGone = super.disposeData(dataId, force);
    if (isGone && ArrayBuffer.isView(values)) this.#memory.drop(values);
    return isGone;
  }

  /** A copy: the memory is used again when the tensor is disposed. */
  override readSync(dataId: DataId): BackendValues {
    this.#memory.expectOpen();
    const values = super.readSync(dataId);
    const isTheTensors = ArrayBuffer.isView(values) && this.#memory.count(values) > 0;
    return isTheTensors ? values.slice() : values;
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  override memory(): { unreliable: boolean; reasons: string[]; numBytesAllocated: number } {
    return { unreliable: false, reasons: [], numBytesAllocated: this.#memory.bytes };
  }

  /** Gives all memory back at once; tensors that are still here can only be disposed. */
  override dispose(): void {
    this.#memory.close();
  }

  #allocate(size: number, shape: readonly number[], dtype: NumericType): NumericArray {
    return this.#memory.allocate(size, dtype, () => `a tensor [${shape.join(", ")}] of ${dtype}`);
  }

  #copy(values: BackendValues, shape: readonly number[], dtype: tf.DataType): BackendValues {
    if (!ArrayBuffer.isView(values) || !isNumeric(dtype)) return values;
    const copy = this.#allocate(values.length, shape, dtype);
    copy.set(values);
    return copy;
  }

  /**
   * A copy, or the array itself where there is no room for one: the backend that had it has given it up. It is
   * counted once more than there are tensors in it, so nothing is ever written over it.
   */
  #copyOrKeep(values: BackendValues, shape: readonly number[], dtype: tf.DataType): BackendValues {
    try {
      return this.#copy(values, shape, dtype);
    } catch (error) {
      if (!(error instanceof BackendError) || !ArrayBuffer.isView(values)) throw error;
      this.#memory.hold(values);
      return values;
    }
  }

  #store(values: BackendValues | undefined, dtype: tf.DataType): DataId {
    const dataId = { id: this.#nextId++ };
    this.#set(dataId, values, dtype, 1);
    this.kernels.noteMade(dataId);
    return dataId;
  }

  #set(
    dataId: DataId,
    values: BackendValues | undefined,
    dtype: tf.DataType,
    refCount: number,
  ): void {
    if (ArrayBuffer.isView(values)) this.#memory.hold(values);
    this.data.set(dataId, values === undefined ? { dtype, refCount } : { values, dtype, refCount });
  }

  #values(dataId: DataId, dtype: NumericType): NumericArray {
    this.#memory.expectOpen();
    const { values, dtype: stored } = this.data.get(dataId);
    if (stored === dtype && ArrayBuffer.isView(values)) return values;
    const wide = ArrayBuffer.isView(values) ? widened(values, stored, dtype) : undefined;
    if (wide !== undefined) return wide;
    throw new TypeError(`internal: expected a tensor of ${dtype}, got one of ${stored}`);
  }
}

/** What JavaScript kernels hand over, in the form that C++ reads: some make plain arrays. */
function encoded(
  values: BackendValues | string[] | undefined,
  dtype: tf.DataType,
): BackendValues | undefined {
  if (values === undefined || values === null) return undefined;
  if (isStrings(values)) return values.map((text) => tf.util.encodeString(text));
  if (!isNumeric(dtype)) return values;
  return typed(values as ArrayLike<number>, dtype);
}

function isStrings(values: BackendValues | string[]): values is string[] {
  return Array.isArray(values) && typeof values[0] === "string";
}
