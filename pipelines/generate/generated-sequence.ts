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
  readonly nelbo?: SequenceBound;
}

/** An upper bound on −log p of a whole sequence under the run. */
export interface SequenceBound {
  readonly nats: number;
  /** Monte Carlo standard error; absent with one draw. */
  readonly standardErrorNats?: number;
}
