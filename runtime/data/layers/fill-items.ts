import { BadRecord, checkHalt, type Halt } from './layer-source.js';

export interface Filling {
  /** How many items a batch has. */
  readonly batch: number;
  /**
   * Puts a record into the place of item `item`: the one that belongs there, or with a
   * higher `attempt` the one that comes after so many. undefined: it was done at once.
   */
  put(item: number, attempt: number): Promise<void> | undefined;
  /** How many records there are to try. */
  readonly attempts: number;
  readonly skipBad: boolean;
  /** The failure that names the record. */
  failure(item: number, attempt: number, bad: BadRecord): Error;
  readonly halt: Halt;
}

/** So many are decoded side by side: reading and decoding overlap, and memory stays bounded. */
const atOnce = 8;

/** Fills all items of a batch; gives how many bad records were passed over. */
export async function fillItems(filling: Filling): Promise<number> {
  const { batch, halt } = filling;
  let skipped = 0;
  for (let from = 0; from < batch; from += atOnce) {
    checkHalt(halt);
    const started = startItems(filling, from, Math.min(from + atOnce, batch));
    for (const [index, outcome] of started.entries()) {
      const bad = outcome instanceof Promise ? await outcome : outcome;
      if (bad === undefined) continue;
      skipped += await replaceItem(filling, from + index, bad);
    }
  }
  return skipped;
}

type Outcome = BadRecord | undefined;

function startItems(
  filling: Filling,
  from: number,
  to: number,
): readonly (Outcome | Promise<Outcome>)[] {
  const started: (Outcome | Promise<Outcome>)[] = [];
  for (let item = from; item < to; item++)
    started.push(putItem(filling, item, 0));
  // Those behind one that fails may fail, too, when nobody looks any more.
  for (const one of started) {
    if (one instanceof Promise) one.catch(() => undefined);
  }
  return started;
}

function putItem(
  filling: Filling,
  item: number,
  attempt: number,
): Outcome | Promise<Outcome> {
  try {
    return filling.put(item, attempt)?.then(() => undefined, badOrThrow);
  } catch (thrown) {
    return badOrThrow(thrown);
  }
}

function badOrThrow(thrown: unknown): BadRecord {
  if (thrown instanceof BadRecord) return thrown;
  throw thrown;
}

/** Puts the next good record in the place of a bad one. */
async function replaceItem(
  filling: Filling,
  item: number,
  first: BadRecord,
): Promise<number> {
  let bad = first;
  for (let attempt = 0; ; attempt++) {
    if (!filling.skipBad || attempt + 1 >= filling.attempts) {
      throw filling.failure(item, attempt, bad);
    }
    checkHalt(filling.halt);
    const next = await putItem(filling, item, attempt + 1);
    if (next === undefined) return attempt + 1;
    bad = next;
  }
}
