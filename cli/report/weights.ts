import { shapeText } from '../../compiler/ir/types.js';
import type {
  BlobDifference,
  WeightDifference,
} from '../../compiler/weights/diff.js';
import type { WeightReport } from '../../compiler/weights/inspect.js';
import type { UnusedLayer } from '../../compiler/weights/match.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { counted, countText, measureText } from './number-text.js';

/** Values of the file as float32, which are fewer digits than as doubles. */
export const weightsJson = ({ layers, ...file }: WeightReport): JsonValue => ({
  ...file,
  layers: layers.map(({ name, type, blobs }) => ({
    name,
    type,
    blobs: blobs.map(({ first, ...blob }) => ({
      ...blob,
      first: Float32Array.from(first),
    })),
  })),
});

/** A row a blob. */
export function weightsView(report: WeightReport): readonly Block[] {
  const withBlobs = report.layers.filter(({ blobs }) => blobs.length > 0);
  return [
    {
      kind: 'facts',
      facts: [
        ['file', report.path],
        ['format', report.format],
        ['net', report.name === '' ? '(unnamed)' : report.name],
        [
          'layers',
          `${countText(report.layers.length)}, ${countText(withBlobs.length)} with blobs`,
        ],
        ['parameters', countText(report.parameters)],
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: 'layer', shrinks: true },
        { title: 'type' },
        { title: 'blob', align: 'right' },
        { title: 'shape' },
        { title: 'min', align: 'right' },
        { title: 'max', align: 'right' },
        { title: 'mean', align: 'right' },
        { title: 'l2', align: 'right' },
      ],
      rows: withBlobs.flatMap(({ name, type, blobs }) =>
        blobs.map(({ number, shape, min, max, mean, l2, nonFinite }) => [
          name,
          type,
          String(number),
          shapeText(shape),
          measureText(min),
          measureText(max),
          measureText(mean),
          nonFinite === 0
            ? measureText(l2)
            : counted(nonFinite, 'non-finite value'),
        ]),
      ),
    },
  ];
}

/** Layers of each file that were left aside, as Caffe does. */
export function unusedFacts(
  unused: readonly UnusedLayer[],
): readonly (readonly [string, string])[] {
  const files = new Set(unused.map(({ file }) => file));
  return [...files].map((file) => {
    const layers = unused.filter((layer) => layer.file === file);
    const names = layers.slice(0, 3).map(({ name }) => name);
    const more = layers.length > 3 ? ', …' : '';
    return [
      'unused',
      `${counted(layers.length, 'layer')} of ${file}: ${names.join(', ')}${more}`,
    ];
  });
}

export const differenceJson = ({
  equal,
  onlyIn,
  layers,
}: WeightDifference): JsonValue => ({
  equal,
  onlyIn,
  layers: layers.map(({ name, types, counts, blobs }) => ({
    name,
    types,
    counts,
    blobs: blobs.map(({ index, shapes, maxAbs, maxRel, differing }) => ({
      index,
      shapes,
      maxAbs: maxAbs ?? null,
      maxRel: maxRel ?? null,
      differing: differing ?? null,
    })),
  })),
});

/** A row for each blob that differs. */
export function differenceView(
  { equal, onlyIn, layers }: WeightDifference,
  paths: readonly [string, string],
): readonly Block[] {
  if (equal) return [{ kind: 'line', text: 'equal', tone: 'good' }];
  const rows = layers.flatMap(({ name, types, counts, blobs }) => {
    const numbers = counts[0] === counts[1] ? [] : [counts.join(' and ')];
    return [
      ...numbers.map((text) => [name, types[0], '', `${text} blobs`, '', '']),
      ...blobs.map((blob) => [
        name,
        types[0],
        String(blob.index),
        ...blobCells(blob),
      ]),
    ];
  });
  return [
    ...onlyIn.flatMap((names, index) =>
      names.length === 0
        ? []
        : [
            {
              kind: 'line' as const,
              text: `only in ${paths[index] ?? ''}: ${names.join(', ')}`,
            },
          ],
    ),
    ...(rows.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: [
              { title: 'layer', shrinks: true as const },
              { title: 'type' },
              { title: 'blob', align: 'right' as const },
              { title: 'values that differ' },
              { title: 'max abs', align: 'right' as const },
              { title: 'max rel', align: 'right' as const },
            ],
            rows,
          },
        ]),
    { kind: 'line', text: 'the files differ', tone: 'bad' },
  ];
}

const blobCells = (blob: BlobDifference): readonly string[] => {
  const shapes = `shapes ${blob.shapes.map(shapeText).join(' and ')}`;
  if (blob.differing === undefined) return [shapes, '', ''];
  if (blob.differing === 0) return [`none; ${shapes}`, '', ''];
  return [
    countText(blob.differing),
    measureText(blob.maxAbs ?? NaN),
    measureText(blob.maxRel ?? NaN),
  ];
};
