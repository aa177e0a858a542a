import type { ReadOptions } from '../compiler/read-net.js';
import { dialectNamed } from '../compiler/schema/dialect.js';
import type { LoadOptions } from '../compiler/schema/load-net.js';
import { dialectNames } from '../compiler/schema/message-type.js';
import { nearest } from '../compiler/suggestion.js';

import { readBlobFile } from '../runtime/blob-file.js';

import type { NetFlags, TextFlags } from './flags.js';
import { notYet, UsageError } from './usage-error.js';

/** What the command line says of how a text is to be read. */
export const loadOptionsOf = ({ dialect, strict }: TextFlags): LoadOptions => ({
  strict: strict === true,
  dialect: dialectOf(dialect),
});

/** What it says of how a net is to be read. */
export function readOptionsOf(flags: NetFlags): ReadOptions {
  if (flags.solver !== undefined) {
    throw notYet('--solver', "only 'summary' takes it; name the net itself");
  }
  return netOptionsOf(flags);
}

/** The same for commands that take the nets of a solver too. */
export function netOptionsOf(flags: NetFlags): ReadOptions {
  const { strict = false, phase, stage, level, bnStatistics } = flags;
  return {
    strict,
    dialect: dialectOf(flags.dialect),
    phase,
    stages: stage,
    level,
    inputShapes: flags.inputShape,
    globalPool: flags.globalPool ?? false,
    readBlob: readBlobFile,
    ...(bnStatistics === undefined ? {} : { bnStatistics }),
  };
}

function dialectOf(word: string): NonNullable<ReadOptions['dialect']> {
  const dialect = word === 'auto' ? word : dialectNamed(word);
  if (dialect !== undefined) return dialect;
  const words = ['auto', ...dialectNames, 'fork'];
  const near = nearest(word, words);
  throw new UsageError(
    `there is no dialect '${word}'`,
    near === undefined
      ? `there are ${words.join(', ')}`
      : `did you mean '${near}'?`,
  );
}
