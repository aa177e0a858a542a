/** When something ran; any unit, from any beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The wall time of each span where several run at once: a moment in which n of them run
 * counts as 1/n for each. The shares add up to the time in which anything ran at all.
 */
export function wallShares(spans: readonly Span[]): readonly number[] {
  const shares = spans.map(() => 0);
  const moments = spans
    .flatMap(({ start, end }, at) =>
      end > start
        ? [
            { time: start, at, begins: true },
            { time: end, at, begins: false },
          ]
        : [],
    )
    .toSorted((a, b) => a.time - b.time);
  const running = new Set<number>();
  let before = 0;
  for (const { time, at, begins } of moments) {
    const each = running.size === 0 ? 0 : (time - before) / running.size;
    for (const one of running) shares[one] = (shares[one] ?? 0) + each;
    if (begins) running.add(at);
    else running.delete(at);
    before = time;
  }
  return shares;
}
