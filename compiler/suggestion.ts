/**
 * The candidate that `word` was probably meant to be: the nearest by edits (one of them
 * the exchange of two neighbours; of two the one that begins alike), if it is near enough to
 * be worth a question; else the one that it goes on from.
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  const wanted = word.toLowerCase();
  // An iterator would be used up by the first walk.
  const all = [...candidates];
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length * 0.4)) + 1;
  for (const candidate of all) {
    if (Math.abs(candidate.length - wanted.length) > least) continue;
    const edits = editDistance(wanted, candidate.toLowerCase());
    const isNearer =
      edits < least ||
      (edits === least &&
        best !== undefined &&
        samePrefix(wanted, candidate) > samePrefix(wanted, best));
    if (isNearer) {
      best = candidate;
      least = edits;
    }
  }
  return best ?? longestStem(wanted, all);
}

/**
 * The longest candidate that `word` goes on from at a boundary (`ave_pool` of
 * `ave_pool_gather`), or that goes on from it: blobs are named so.
 */
function longestStem(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  const goesOn = (whole: string, stem: string): boolean =>
    stem.length >= 3 &&
    whole.startsWith(stem) &&
    /^[^a-z0-9]/.test(whole.slice(stem.length));
  let best: string | undefined;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (!goesOn(word, other) && !goesOn(other, word)) continue;
    if (best === undefined || samePrefix(word, other) > samePrefix(word, best))
      best = candidate;
  }
  return best;
}

/** "did you mean 'x'?" where a candidate is near, as the notes of a diagnostic. */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
): readonly { readonly message: string }[] {
  const found = nearest(word, candidates);
  return found === undefined ? [] : [{ message: `did you mean '${found}'?` }];
}

/** How many characters both begin with: people err less at the start of a word. */
function samePrefix(word: string, candidate: string): number {
  const other = candidate.toLowerCase();
  let length = 0;
  while (length < word.length && word[length] === other[length]) length += 1;
  return length;
}

/** Insertions, deletions, substitutions and exchanges that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        a[row - 1] === b[column - 2] &&
        a[row - 2] === b[column - 1]
      ) {
        edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
