import type {
  Imported,
  PublicSet,
} from '../../runtime/data/tools/import/import-settings.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { counted } from './number-text.js';

/** What was made of a public data set. */
export interface ImportReport {
  readonly set: PublicSet;
  readonly folder: string;
  readonly output: string;
  readonly imported: Imported;
  readonly flags: {
    readonly resizeHeight?: number;
    readonly resizeWidth?: number;
    readonly shortSide?: number;
    readonly encoded?: true;
    readonly seed?: number;
  };
}

export const importJson = ({
  set,
  folder,
  output,
  imported,
  flags,
}: ImportReport): JsonValue => ({
  set,
  folder,
  output,
  encoded: flags.encoded ?? false,
  resize:
    flags.shortSide !== undefined
      ? { shortSide: flags.shortSide }
      : flags.resizeHeight === undefined
        ? null
        : { height: flags.resizeHeight, width: flags.resizeWidth ?? null },
  seed: flags.seed ?? null,
  parts: imported.parts.map(({ database, records, skipped }) => ({
    database,
    records,
    skipped: skipped.map(({ file, record, problem }) => ({
      file,
      record,
      problem,
    })),
  })),
  classes: imported.classes?.length ?? null,
  mean: imported.mean === undefined ? null : 'mean.binaryproto',
  leftAside: imported.leftAside,
});

/** So many bad pictures are named on the screen; all of them in the document. */
const mostShown = 20;

export function importView({
  output,
  imported,
}: ImportReport): readonly Block[] {
  const { parts, classes, mean, leftAside } = imported;
  const bad = parts.flatMap(({ skipped }) => skipped);
  const facts: (readonly [string, string])[] = [
    ['folder', output],
    ...parts.map(
      ({ database, records }) =>
        [database, counted(records, 'record')] as const,
    ),
  ];
  if (classes !== undefined) {
    facts.push(['classes.txt', counted(classes.length, 'name')]);
  }
  if (mean !== undefined) {
    facts.push(['mean.binaryproto', `the mean of ${parts[0]?.database ?? ''}`]);
  }
  if (leftAside > 0) {
    const files = counted(leftAside, 'file');
    facts.push(['left aside', `${files} that have no picture's name`]);
  }
  if (bad.length > 0) {
    facts.push(['left out', counted(bad.length, 'bad picture')]);
  }
  const shown = bad.slice(0, mostShown);
  const more = bad.length - shown.length;
  return [
    { kind: 'facts', facts },
    ...shown.map(({ file, record, problem }): Block => {
      const text = `left out: ${file}, record ${record}: ${problem}`;
      return { kind: 'line', text, tone: 'bad' };
    }),
    ...(more === 0
      ? []
      : [{ kind: 'line', text: `and ${more} more (--json has all)` } as const]),
  ];
}
