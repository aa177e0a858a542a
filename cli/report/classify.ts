import type { Block } from './block.js';
import { JsonText, type JsonValue } from './json-text.js';
import { floatText, measureText } from './number-text.js';

/** The classes of images. */
export interface ClassifyReport {
  readonly images: readonly {
    readonly file: string;
    /** By class. */
    readonly scores: Float32Array;
  }[];
  /** By class, where they are known. */
  readonly labels: readonly string[] | undefined;
  /** How many classes are shown of each image. */
  readonly top: number;
}

interface Prediction {
  readonly index: number;
  readonly label: string | undefined;
  readonly score: number;
}

/** The best first; of equal ones the first; what is no number last. */
function predictionsOf(
  scores: Float32Array,
  { labels, top }: ClassifyReport,
): readonly Prediction[] {
  const rank = (score: number) => (Number.isNaN(score) ? -Infinity : score);
  return Array.from(scores, (score, index) => ({
    index,
    label: labels?.[index],
    score,
  }))
    .toSorted((a, b) => rank(b.score) - rank(a.score) || a.index - b.index)
    .slice(0, top);
}

export const classifyJson = (report: ClassifyReport): JsonValue => ({
  images: report.images.map(({ file, scores }) => ({
    file,
    predictions: predictionsOf(scores, report).map(
      ({ index, label, score }) => ({
        index,
        label: label ?? null,
        score: Number.isFinite(score) ? new JsonText(floatText(score)) : score,
      }),
    ),
  })),
});

/** A table an image, the best class first. */
export const classifyView = (report: ClassifyReport): readonly Block[] =>
  report.images.flatMap(({ file, scores }): readonly Block[] => [
    { kind: 'line', text: file },
    {
      kind: 'table',
      columns: [
        { title: 'score', align: 'right' },
        { title: 'class', align: 'right' },
        ...(report.labels === undefined
          ? []
          : [{ title: 'label', shrinks: true as const }]),
      ],
      rows: predictionsOf(scores, report).map(({ index, label, score }) => [
        measureText(score),
        String(index),
        ...(label === undefined ? [] : [label]),
      ]),
    },
  ]);
