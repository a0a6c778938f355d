/** A sequence that was made. */

export interface GeneratedSequence {
  readonly id: string;
  /** Its number in the whole request, from 0. */
  readonly sample: number;
  readonly sequence: string;
  /** Network evaluations asked for. */
  readonly calls: number;
  readonly free: number;
  /** With constraints: how often the sequence was made before, and broke one. */
  readonly redraws?: number;
  /** With constraints: motifs whose places were drawn, `TATAWAW@72`. */
  readonly inserts?: readonly string[];
  /** With --nelbo. */
  readonly nelbo?: SequenceNats;
}

/** −log p of a whole sequence under the run, or an upper bound on it: the same of all sequences, as their origin says. */
export interface SequenceNats {
  readonly nats: number;
  /** Monte Carlo standard error of a bound; absent with one draw. */
  readonly standardErrorNats?: number;
}
