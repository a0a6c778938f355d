/** Arrays by name, the form in which parameters and optimiser state travel between tensors and files. */

/** `data` is row-major and holds the product of `shape` numbers; a scalar has shape `[]`. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type NamedArrays = Readonly<Record<string, NamedArray>>;

/** `[4, 128]` */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
