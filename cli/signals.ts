type Signal = 'SIGINT' | 'SIGHUP' | 'SIGTERM';

/** Who answers a signal in place of the end of the process. */
const takers = new Map<string, () => void>();

/** Answers signals: by whoever has taken them over, else by `end` with the shells' status. */
export function listenForSignals(
  statuses: Readonly<Record<Signal, number>>,
  end: (status: number) => void,
): void {
  for (const [signal, status] of Object.entries(statuses)) {
    process.on(signal, () => {
      const taker = takers.get(signal);
      if (taker === undefined) end(status);
      else taker();
    });
  }
}

/** From now on `answer` is called on the signal; gives what hands it back. */
export function takeOver(signal: Signal, answer: () => void): () => void {
  takers.set(signal, answer);
  return () => {
    takers.delete(signal);
  };
}
