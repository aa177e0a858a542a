import { shapeText } from '../../compiler/ir/types.js';

import type { DatabaseLook } from '../../runtime/data/tools/show/look-into.js';
import type { Hdf5Look } from '../../runtime/data/tools/show/look-into-hdf5.js';
import type { Hdf5Dataset } from '../../runtime/hdf5/messages.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { amountText, counted, countText } from './number-text.js';

/** A look into a database. */
export interface DatabaseReport {
  readonly path: string;
  readonly look: DatabaseLook;
  /** Where the contact sheet was written. */
  readonly sheet: string | undefined;
  /** Names by label. */
  readonly classes: readonly string[] | undefined;
}

/** A look into an HDF5 file. */
export interface Hdf5Report {
  readonly path: string;
  readonly look: Hdf5Look;
  readonly classes: readonly string[] | undefined;
}

type Labels = ReadonlyMap<number, number>;
type Classes = readonly string[] | undefined;

const labelsJson = (labels: Labels, classes: Classes): JsonValue =>
  [...labels].map(([label, records]) => ({
    label,
    name: classes?.[label] ?? null,
    records,
  }));

export const databaseJson = ({
  path,
  look,
  sheet,
  classes,
}: DatabaseReport): JsonValue => ({
  database: path,
  backend: look.backend,
  records: look.records,
  bytes: look.bytes,
  keys: [look.firstKey ?? null, look.lastKey ?? null],
  kinds: Object.fromEntries(look.kinds),
  shapes: [...look.shapes].map(([shape, images]) => ({
    shape: shape.split('x').map(Number),
    images,
  })),
  labels: labelsJson(look.labels, classes),
  sheet: sheet ?? null,
  samples: look.samples.map(({ record, key, label }) => ({
    record,
    key,
    label,
  })),
  bad: look.bad.map(({ record, key, problem }) => ({ record, key, problem })),
});

/** Rows of a table on the screen; all of them are in the document. */
const mostRows = 40;

export function databaseView(report: DatabaseReport): readonly Block[] {
  const { path, look, sheet, classes } = report;
  const { records, bytes, firstKey, lastKey, samples, bad } = look;
  const facts: (readonly [string, string])[] = [
    ['database', `${path}, ${look.backend}`],
    ['records', `${countText(records)}, ${amountText(bytes, 'B')}`],
  ];
  if (firstKey !== undefined && lastKey !== undefined) {
    facts.push(['keys', `${firstKey} to ${lastKey}`]);
  }
  facts.push(['images', countsText(look.kinds)]);
  facts.push(['shapes', countsText(look.shapes)]);
  if (sheet !== undefined) {
    facts.push(['sheet', `${sheet}, ${counted(samples.length, 'image')}`]);
  }
  const shown = bad.slice(0, mostRows);
  return [
    { kind: 'facts', facts },
    ...labelBlocks(look.labels, classes),
    ...shown.map(({ record, key, problem }): Block => {
      const text = `bad: record ${record}, key '${key}': ${problem}`;
      return { kind: 'line', text, tone: 'bad' };
    }),
    ...more(bad.length - shown.length, 'bad record'),
  ];
}

/** `64 jpeg, 2 png`; of many, the most frequent. */
function countsText(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  const texts = sorted
    .slice(0, 5)
    .map(([name, count]) => `${countText(count)} ${name}`);
  if (texts.length === 0) return 'none';
  const rest = sorted.length - texts.length;
  return [...texts, ...(rest > 0 ? [`${rest} others`] : [])].join(', ');
}

function labelBlocks(labels: Labels, classes: Classes): readonly Block[] {
  if (labels.size === 0) return [];
  const shown = [...labels].slice(0, mostRows);
  return [
    {
      kind: 'table',
      columns: [
        { title: 'label', align: 'right' },
        { title: 'records', align: 'right' },
        ...(classes === undefined
          ? []
          : [{ title: 'class', shrinks: true as const }]),
      ],
      rows: shown.map(([label, records]) => [
        String(label),
        countText(records),
        ...(classes === undefined ? [] : [classes[label] ?? '']),
      ]),
    },
    ...more(labels.size - shown.length, 'label'),
  ];
}

const more = (count: number, noun: string): readonly Block[] =>
  count <= 0
    ? []
    : [
        {
          kind: 'line',
          text: `and ${counted(count, noun)} more (--json has all)`,
        },
      ];

export const hdf5Json = ({ path, look, classes }: Hdf5Report): JsonValue => ({
  file: path,
  datasets: look.datasets.map((dataset) => ({
    name: dataset.path,
    shape: dataset.shape,
    type: typeText(dataset),
  })),
  labels: look.labels === undefined ? null : labelsJson(look.labels, classes),
});

export const hdf5View = ({
  path,
  look,
  classes,
}: Hdf5Report): readonly Block[] => [
  { kind: 'facts', facts: [['file', path]] },
  {
    kind: 'table',
    columns: [
      { title: 'data set', shrinks: true },
      { title: 'shape' },
      { title: 'type' },
    ],
    rows: look.datasets.map((dataset) => [
      dataset.path,
      shapeText(dataset.shape),
      typeText(dataset),
    ]),
  },
  ...(look.labels === undefined ? [] : labelBlocks(look.labels, classes)),
];

/** `float32`, `integer64` */
const typeText = ({ element, width }: Hdf5Dataset): string =>
  element === 'other' ? 'other' : `${element}${8 * width}`;
