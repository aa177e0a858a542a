/** What a signal asks a training to do (caffe.cpp, SolverAction). */
export type SignalEffect = 'stop' | 'snapshot' | 'none';

/** What a training has been asked to do while it was at work. */
export interface Interruption {
  /** The oldest request that was not taken yet; it is asked between passes. */
  take(): 'stop' | 'snapshot' | undefined;
}

/** Requests as they come in, each once however often it was made (signal_handler.cpp). */
export class PendingRequests implements Interruption {
  readonly #pending = new Set<'stop' | 'snapshot'>();

  request(effect: SignalEffect): void {
    if (effect !== 'none') this.#pending.add(effect);
  }

  take(): 'stop' | 'snapshot' | undefined {
    const [first] = this.#pending;
    if (first !== undefined) this.#pending.delete(first);
    return first;
  }
}
