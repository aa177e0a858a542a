/** Fills batches of one data layer; each thread has its own. */
export interface LayerSource {
  /**
   * Fills the layer's tops with its batch number `batch`, counted from 0. Gives how many bad
   * records were passed over; throws a `DataFailure` where that is not allowed.
   */
  fill(batch: number, tops: readonly Float32Array[]): Promise<number>;
  close(): Promise<void>;
}

/** Asked between records, so that a stop need not wait for a batch to be full. */
export interface Halt {
  readonly isRaised: boolean;
}

/** A batch that was given up because nobody wants it any more. */
export class Halted extends Error {
  override readonly name = 'Halted';

  constructor() {
    super('the data layers were closed');
  }
}

export function checkHalt(halt: Halt): void {
  if (halt.isRaised) throw new Halted();
}

/** One record is not as it should be; the sentence tells what is wrong with it. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord';
}
