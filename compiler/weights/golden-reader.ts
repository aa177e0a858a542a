import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type {
  Golden,
  GoldenBlob,
  GoldenInput,
  GoldenLayer,
  GoldenParameter,
  GoldenProbabilities,
} from './golden.js';
import { JsonCursor } from './json-cursor.js';
import type { FormulaRanges, Range } from './synthesize.js';
import { countOf } from './weight-file.js';

export interface ReadGolden {
  readonly golden: Golden | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a golden of any of the three formats; `file` is what diagnostics call it. */
export function readGolden(file: string, text: string): ReadGolden {
  const refused = (problem: string): ReadGolden => ({
    golden: undefined,
    diagnostics: [diagnostic('weights/bad-golden', { file, problem })],
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const root = new JsonCursor(document);
  const format = formatOf(root);
  if (format === undefined)
    return refused("it has none of 'formula', 'outputs' and 'deploy'");
  const golden = readers[format](root);
  const [problem] = root.problems;
  return problem === undefined ? { golden, diagnostics: [] } : refused(problem);
}

function formatOf(root: JsonCursor): Golden['format'] | undefined {
  if (root.has('formula')) return 'net';
  if (root.has('outputs')) return 'corpus';
  return root.has('deploy') ? 'caffemodel' : undefined;
}

const readers: Readonly<
  Record<Golden['format'], (root: JsonCursor) => Golden>
> = {
  net: (root) => ({
    format: 'net',
    name: root.at('golden').text(),
    prototxt: root.at('prototxt').text(),
    weights: undefined,
    input: readStreamInput(root.at('input')),
    ranges: readRanges(root.at('formula').at('ranges')),
    averagePoolKernel: readKernel(root),
    checksums: new Map(
      root
        .at('blob_crc32')
        .entries()
        .map(([layer, sums]) => [layer, sums.sizes()]),
    ),
    parameters: [],
    layers: readLayers(root),
    outputs: [],
    probabilities: readProbabilities(root, root.at('output').text()),
  }),
  caffemodel: (root) => {
    const layers = readLayers(root);
    return {
      format: 'caffemodel',
      name: root.at('golden').text(),
      prototxt: root.at('deploy').text(),
      weights: root.at('weights').text(),
      input: { from: 'file', path: root.at('inputs').text() },
      ranges: undefined,
      averagePoolKernel: undefined,
      checksums: new Map(),
      parameters: root.at('params').items().map(readParameter),
      layers,
      outputs: [],
      probabilities: readProbabilities(root, layers.at(-1)?.top ?? ''),
    };
  },
  corpus: (root) => ({
    format: 'corpus',
    name: root.at('prototxt').text(),
    prototxt: root.at('prototxt').text(),
    weights: root.at('weights').text(),
    input: readStreamInput(root.at('input')),
    ranges: undefined,
    averagePoolKernel: undefined,
    checksums: new Map(),
    parameters: [],
    layers: readLayers(root),
    outputs: root
      .at('outputs')
      .entries()
      .map(([name, blob]) => ({ name, ...readBlob(blob) })),
    probabilities: undefined,
  }),
};

const readStreamInput = (input: JsonCursor): GoldenInput => ({
  from: 'stream',
  blob: input.at('blob').text(),
  stream: input.at('stream').text(),
  shape: input.at('shape').sizes(),
  range: readRange(input.at('range')),
  crc32: input.at('crc32').size(),
});

function readRange(range: JsonCursor): Range {
  const [lo, hi] = range.numbers();
  if (lo === undefined || hi === undefined) range.fail('is not a range');
  return [lo ?? 0, hi ?? 0];
}

const readRanges = (ranges: JsonCursor): FormulaRanges => ({
  conv_gain: ranges.at('conv_gain').number(),
  fc_gain: ranges.at('fc_gain').number(),
  bias: readRange(ranges.at('bias')),
  bn_slope: readRange(ranges.at('bn_slope')),
  bn_bias: readRange(ranges.at('bn_bias')),
  bn_mean: readRange(ranges.at('bn_mean')),
  bn_inv_std: readRange(ranges.at('bn_inv_std')),
  input: readRange(ranges.at('input')),
});

function readKernel(root: JsonCursor): number | undefined {
  const key = 'ave_pool kernel_size';
  const overrides = root.at('overrides');
  return overrides.has(key) ? overrides.at(key).size() : undefined;
}

const readParameter = (parameter: JsonCursor): GoldenParameter => ({
  layer: parameter.at('layer').text(),
  index: parameter.at('blob').size(),
  shape: parameter.at('shape').sizes(),
  l2: parameter.at('l2').number(),
  sum: parameter.at('sum').number(),
  first16: parameter.at('first16').numbers(),
});

const readLayers = (root: JsonCursor): readonly GoldenLayer[] =>
  root
    .at('layers')
    .items()
    .map((layer) => ({
      name: layer.at('name').text(),
      type: layer.at('type').text(),
      top: layer.at('top').text(),
      ...readBlob(layer),
    }));

function readBlob(blob: JsonCursor): GoldenBlob {
  const shape = blob.at('shape').sizes();
  const places: number[] = [];
  const values: number[] = [];
  for (const key of ['values', 'first16']) {
    if (!blob.has(key)) continue;
    const first = blob.at(key).numbers();
    places.push(...first.keys());
    values.push(...first);
  }
  if (blob.has('sample')) {
    places.push(...blob.at('sample_idx').sizes());
    values.push(...blob.at('sample').numbers());
  }
  if (places.length !== values.length)
    blob.fail('has not as many samples as positions');
  const count = countOf(shape);
  if (places.some((place) => place >= count))
    blob.fail('has values beyond its shape');
  return {
    shape,
    mean: blob.at('mean').number(),
    std: blob.at('std').number(),
    absmax: blob.at('absmax').number(),
    l2: blob.at('l2').number(),
    places,
    values,
  };
}

/** A batch of one is written as a plain list of numbers. */
function readProbabilities(
  root: JsonCursor,
  blob: string,
): GoldenProbabilities {
  const all = root.at('prob');
  const [first] = all.items();
  const rows = first?.isList()
    ? all.items().map((row) => row.numbers())
    : [all.numbers()];
  const top5 = root.has('top5')
    ? root
        .at('top5')
        .items()
        .map((row) => row.sizes())
    : undefined;
  return { blob, rows, top5 };
}
