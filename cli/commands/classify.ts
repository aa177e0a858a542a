import { compile, type Model } from '../../compiler/compile.js';
import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import { shapeText } from '../../compiler/ir/types.js';
import type { Observed } from '../../compiler/lower.js';
import { type Blob, finalBlob, type Net } from '../../compiler/net/net.js';
import type { FittedWeights } from '../../compiler/weights/fit.js';

import {
  type BadImage,
  type Scored,
  scoreImages,
  type Scoring,
} from '../../runtime/data/images/score-images.js';
import type { ImageSize, Mean } from '../../runtime/data/transform/settings.js';
import type { Evaluator } from '../../runtime/evaluator.js';
import { elementCount, type Tensor } from '../../runtime/tensor.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readBytes, readSource, requireFile } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { readMeanFlag } from '../mean-flag.js';
import { readOptionsOf } from '../read-options.js';
import {
  classifyJson,
  type ClassifyReport,
  classifyView,
} from '../report/classify.js';
import { UsageError } from '../usage-error.js';
import { openWeights } from '../weight-files.js';
import { withEvaluator } from '../with-evaluator.js';

export interface ClassifyFlags extends NetFlags, OutputFlags {
  readonly weights?: readonly string[];
  readonly labels?: string;
  readonly mean?: string;
  readonly scale: number;
  readonly std?: readonly number[];
  readonly imageSize?: readonly [height: number, width: number];
  readonly oversample?: true;
  readonly top: number;
  readonly blob?: string;
}

/** Images in, classes out (Caffe's classification.cpp and classify.py). */
export async function classify(
  path: string,
  files: readonly string[],
  flags: ClassifyFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = readOptionsOf(flags);
  const source = readSource(path);
  files.forEach(requireFile);
  const labels = readLabels(flags.labels);
  if (flags.weights === undefined) {
    throw new UsageError('classify needs --weights', 'name the weight file');
  }
  const opened = openWeights(flags.weights);
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    compile(source, {
      ...options,
      observed: (net) => observedScores(net, flags.blob),
    }),
  );
  emit({ kind: 'diagnostics', diagnostics });
  if (model === undefined) return 'refused';
  const { net } = model;
  const fitted = opened.fit(net);
  const found = endsOf(net, flags.blob);
  const mistakes = [
    ...strayShapes(net, options),
    ...fitted.diagnostics,
    ...found.diagnostics,
  ];
  emit({ kind: 'diagnostics', diagnostics: mistakes });
  const { ends } = found;
  if (ends === undefined || mistakes.some(isError)) return 'refused';
  const size = imageSize(ends, flags);
  const mean = readMeanFlag(flags.mean, size);
  const more = [...mean.diagnostics, ...labelFaults(ends, labels)];
  emit({ kind: 'diagnostics', diagnostics: more });
  if (more.some(isError)) return 'refused';

  const how = { ends, size, mean: mean.mean, flags };
  const { scores, bad } = await scored({ model, fitted }, how, files, emit);
  opened.close();
  if (bad !== undefined) {
    emit({ kind: 'diagnostics', diagnostics: [unreadable(bad)] });
    return 'refused';
  }
  const report: ClassifyReport = {
    images: files.map((file, i) => ({
      file,
      scores: scores[i] ?? new Float32Array(),
    })),
    labels: labels?.names,
    top: flags.top,
  };
  emit({
    kind: 'result',
    document: () => classifyJson(report),
    view: () => classifyView(report),
  });
  return 'done';
}

const unreadable = (bad: BadImage): Diagnostic =>
  diagnostic('data/unreadable-image', { ...bad });

interface Labels {
  readonly file: string;
  readonly names: readonly string[];
}

/** A label a line, as in Caffe's synset_words.txt. */
function readLabels(file: string | undefined): Labels | undefined {
  if (file === undefined) return undefined;
  const text = Buffer.from(readBytes(file)).toString('utf8');
  const names = text.replace(/\s+$/, '').split(/\r?\n/);
  return { file, names };
}

function labelFaults(
  { scores }: Ends,
  labels: Labels | undefined,
): readonly Diagnostic[] {
  if (labels === undefined) return [];
  const { file, names } = labels;
  const classes = classesOf(scores) ?? 0;
  if (names.length === classes) return [];
  const facts = { file, labels: names.length, classes };
  return [diagnostic('data/label-count', facts)];
}

type ImageShape = Scoring['shape'];

/** Where images go in, and scores come out. */
interface Ends {
  readonly input: string;
  readonly shape: ImageShape;
  readonly scores: Blob;
}

interface FoundEnds {
  readonly ends: Ends | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function endsOf(net: Net, blob: string | undefined): FoundEnds {
  const diagnostics: Diagnostic[] = [];
  const images = net.inputs.flatMap(({ name, shape = [] }) => {
    const sizes = imageShape(shape);
    return sizes === undefined ? [] : [{ name, sizes }];
  });
  const [image] = images;
  if (image === undefined || images.length > 1) {
    const inputs = net.inputs.map(blobText);
    const facts = { net: net.name, inputs };
    diagnostics.push(diagnostic('data/no-image-input', facts));
  }
  const scores = scoreBlobs(net, blob);
  const [first] = scores;
  if (first === undefined || scores.length > 1) {
    const notes = [{ message: 'name it with --blob' }];
    const blobs = net.outputs.map(blobText);
    const facts = { net: net.name, blobs };
    diagnostics.push(diagnostic('data/no-scores', facts, { notes }));
  }
  if (image === undefined || first === undefined || diagnostics.length > 0) {
    return { ends: undefined, diagnostics };
  }
  const ends = { input: image.name, shape: image.sizes, scores: first };
  return { ends, diagnostics };
}

const blobText = ({ name, shape = [] }: Blob): string =>
  `'${name}' (${shapeText(shape)})`;

function imageShape(shape: readonly number[]): ImageShape | undefined {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  return shape.length === 4 && (channels === 1 || channels === 3)
    ? [count, channels, height, width]
    : undefined;
}

/** N x K, also with axes of 1 behind it; undefined where a blob is of another shape. */
function classesOf({ shape = [] }: Blob): number | undefined {
  const [, classes = 0, ...rest] = shape;
  return classes > 0 && rest.every((size) => size === 1) ? classes : undefined;
}

/** The blobs that have a score for each class: the one that is named, or outputs. */
function scoreBlobs(net: Net, name: string | undefined): readonly Blob[] {
  const blobs =
    name === undefined
      ? net.outputs
      : [finalBlob(net, name)].flatMap((b) => b ?? []);
  return blobs.filter((blob) => classesOf(blob) !== undefined);
}

function observedScores(net: Net, name: string | undefined): Observed {
  const [first, ...others] = scoreBlobs(net, name);
  return {
    kind: 'blobs',
    blobs: first === undefined || others.length > 0 ? net.outputs : [first],
  };
}

/** What images are resized to: --image-size, or the net's input. */
function imageSize(
  { shape: [, channels, height, width] }: Ends,
  { imageSize: [tall, wide] = [height, width] }: ClassifyFlags,
): ImageSize {
  if (tall < height || wide < width) {
    throw new UsageError(
      `--image-size ${tall}x${wide} is smaller than the net's input of ${height}x${width}`,
    );
  }
  return { channels, height: tall, width: wide };
}

interface How {
  readonly ends: Ends;
  readonly size: ImageSize;
  readonly mean: Mean;
  readonly flags: ClassifyFlags;
}

async function scored(
  { model, fitted }: { readonly model: Model; readonly fitted: FittedWeights },
  how: How,
  files: readonly string[],
  emit: Emit,
): Promise<Scored> {
  return withEvaluator(model, fitted, emit, (evaluator) => {
    const scoring = scoringOf(how, model.net, evaluator);
    return runStage(emit, 'classifying', (progress) =>
      scoreImages(scoring, files, progress),
    );
  });
}

function scoringOf(
  { ends, size, mean, flags }: How,
  net: Net,
  evaluator: Evaluator,
): Scoring {
  const { input, shape, scores } = ends;
  const zeros = net.inputs
    .filter(({ name }) => name !== input)
    .map(({ name, shape = [] }): [string, Tensor] => [name, zerosOf(shape)]);
  return {
    shape,
    height: size.height,
    width: size.width,
    settings: {
      phase: 'TEST',
      decode: size.channels === 1 ? 'gray' : 'color',
      crop: 0,
      mirror: false,
      mean,
      scale: Math.fround(flags.scale),
      std: (flags.std ?? []).map(Math.fround),
      shortSide: 0,
      pad: 0,
      area: undefined,
      colour: undefined,
      labelNoise: undefined,
    },
    oversample: flags.oversample === true,
    predict: async (data) => {
      // What else the net takes (labels of a test net) does not reach the scores.
      const inputs = new Map<string, Tensor>(zeros);
      inputs.set(input, { dtype: 'float32', shape, data });
      const outputs = await evaluator.predict(inputs, [scores.name]);
      const values = outputs.get(scores.name)?.data;
      return values instanceof Float32Array ? values : new Float32Array();
    },
  };
}

const zerosOf = (shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(elementCount(shape)),
});
