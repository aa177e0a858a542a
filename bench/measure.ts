/** What to time, by the name that the report shows. */
export type Subjects = Readonly<Record<string, () => unknown>>;

/** Milliseconds of every round, by subject. */
export type Timings = Readonly<Record<string, readonly number[]>>;

/**
 * Times the subjects in turns, so that a slow moment of the machine meets all of them. The
 * order of a round is turned about with every round.
 */
export async function interleaved(
  subjects: Subjects,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<Timings> {
  const entries = Object.entries(subjects);
  const timings = new Map<string, number[]>(
    entries.map(([name]) => [name, []]),
  );
  for (let round = -warmUp; round < rounds; round++) {
    const order = round % 2 === 0 ? entries : entries.toReversed();
    for (const [name, run] of order) {
      const start = performance.now();
      await run();
      if (round >= 0) timings.get(name)?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(timings);
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1
    ? upper
    : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export const best = (numbers: readonly number[]): number =>
  Math.min(...numbers);

/** The median over rounds of `a / b`: both were measured moments apart. */
export const medianRatio = (
  a: readonly number[],
  b: readonly number[],
): number => median(a.map((value, round) => value / (b[round] ?? Number.NaN)));

/** One measurement of something that takes long or can be done once only. */
export async function timed<Result>(
  run: () => Result | Promise<Result>,
): Promise<{ readonly result: Result; readonly milliseconds: number }> {
  const start = performance.now();
  const result = await run();
  return { result, milliseconds: performance.now() - start };
}

/** What all threads of this process work meanwhile, in milliseconds. */
export async function processorTime(
  work: () => Promise<unknown>,
): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
