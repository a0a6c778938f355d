/** Where windows come from: addressed, so any worker makes window i, and a run goes on from any step. */

import type { Residence } from "../genome/genome.ts";
import type { Window } from "./window.ts";

export interface WindowSource {
  /** Windows of an epoch. */
  readonly windows: number;
  /** Of the bases that they are made of. */
  readonly residence: Residence;
  /**
   * Makes window `index`, which counts over the whole run: its epoch is floor(index / windows).
   *
   * @throws {RegionError} when no window passes the filters
   * @throws {FastaError | CompressionError | IndexFileError} when the genome is damaged
   */
  window(index: number): Promise<Window>;
  /** The same at once, where the bytes can be read without waiting: several times faster. */
  windowSync?(index: number): Window;
  /** Class of window `index`, where windows have one. */
  labelOf?(index: number): number;
}
