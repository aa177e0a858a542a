import type { Created } from '../../runtime/data/tools/create/create-from-list.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { counted } from './number-text.js';

export interface CreateReport {
  readonly database: string;
  readonly created: Created;
}

export const createJson = ({ database, created }: CreateReport): JsonValue => ({
  database,
  records: created.records,
  kept: created.kept,
  leftOut: created.leftOut.map(({ file, line, problem }) => ({
    file,
    line,
    problem,
  })),
});

export function createView({
  database,
  created,
}: CreateReport): readonly Block[] {
  const { records, kept, leftOut } = created;
  return [
    {
      kind: 'line',
      text: `${database}: ${counted(records, 'record')}${kept === 0 ? '' : `, ${kept} of them from the run before`}`,
    },
    ...leftOut.map(({ file, line, problem }): Block => ({
      kind: 'line',
      text: `left out: line ${line}, ${file}: ${problem}`,
      tone: 'bad',
    })),
  ];
}
