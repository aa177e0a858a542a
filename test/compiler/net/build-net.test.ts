import { expect } from 'chai';

import { positionAt } from '../../../grammar/source.js';

import { rules } from '../../../compiler/diagnostics.js';
import { shapeText } from '../../../compiler/ir/types.js';
import type { Layer } from '../../../compiler/net/net.js';
import { readNet, type ReadOptions } from '../../../compiler/read-net.js';

const data =
  'layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 4 } } }\n';

const layer = (
  name: string,
  type: string,
  bottoms: readonly string[],
  tops: readonly string[],
  fields = '',
): string =>
  `layer { name: "${name}" type: "${type}" ${[
    ...bottoms.map((bottom) => `bottom: "${bottom}"`),
    ...tops.map((top) => `top: "${top}"`),
    fields,
  ].join(' ')} }\n`;

const relu = (bottom: string, top: string): string =>
  layer(`relu_${top}`, 'ReLU', [bottom], [top]);

const product = (name: string, param: string, outputs = 3): string =>
  layer(
    name,
    'InnerProduct',
    ['data'],
    [name],
    `${param} inner_product_param { num_output: ${outputs} bias_term: false }`,
  );

interface Found {
  readonly layers: readonly Layer[];
  /** Names. */
  readonly outputs: readonly string[];
  /** `line code: message`, and the notes behind it. */
  readonly diagnostics: readonly string[];
}

function build(text: string, options: ReadOptions = {}): Found {
  const { net, diagnostics } = readNet(
    { name: 'net.prototxt', text: data + text },
    options,
  );
  return {
    layers: net?.layers ?? [],
    outputs: (net?.outputs ?? []).map(({ name }) => name),
    diagnostics: diagnostics.map(({ code, message, span, notes }) => {
      const line =
        span === undefined ? '-' : positionAt(span.source, span.start).line;
      return [
        `${line} ${code}: ${message}`,
        ...notes.map((n) => n.message),
      ].join(' | ');
    }),
  };
}

const outputsOf = (text: string): readonly string[] => build(text).outputs;

/** What is wrong with each net; the codes are all that nets have. */
const mistakes: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a bottom that nobody makes',
    relu('dat', 'y'),
    [
      "2 net/unknown-bottom: layer 'relu_y' reads 'dat', which no layer above makes | did you mean 'data'?",
    ],
  ],
  [
    'a bottom that is made below',
    relu('h', 'y') + relu('data', 'h'),
    [
      "2 net/unknown-bottom: layer 'relu_y' reads 'h', which no layer above makes | 'h' is made here, below",
    ],
  ],
  [
    'a type that does not exist',
    layer('conv', 'Convolutoin', ['data'], ['y']),
    [
      "2 net/unknown-layer-type: layer 'conv' is of the unknown type 'Convolutoin' | did you mean 'Convolution'?",
    ],
  ],
  [
    'a filler that does not exist',
    layer(
      'ip',
      'InnerProduct',
      ['data'],
      ['y'],
      'inner_product_param { num_output: 1 weight_filler { type: "xavir" } }',
    ),
    [
      "2 net/unknown-filler: layer 'ip' has a filler of the unknown type 'xavir' | did you mean 'xavier'?",
    ],
  ],
  [
    'a filler for another shape',
    layer(
      'ip',
      'InnerProduct',
      ['data'],
      ['y'],
      'inner_product_param { num_output: 1 weight_filler { type: "bilinear" } }',
    ),
    [
      "2 net/filler-shape: layer 'ip' has a bilinear filler, which is for square filters of four axes, not 1x4",
    ],
  ],
  [
    'too many bottoms and too few tops',
    layer('relu', 'ReLU', ['data', 'data'], []),
    [
      "2 net/blob-count: layer 'relu' has 2 bottoms; ReLU takes 1",
      "2 net/blob-count: layer 'relu' has 0 tops; ReLU takes 1",
    ],
  ],
  [
    'a top that another layer makes',
    relu('data', 'y') + relu('data', 'y'),
    [
      "3 net/duplicate-top: layer 'relu_y' makes 'y' again (only a layer that alone reads a blob may overwrite it) | 'y' is made here",
    ],
  ],
  [
    'more param blocks than blobs',
    product('ip', 'param { } param { }'),
    ["2 net/too-many-params: layer 'ip' has 2 param blocks for 1 blobs"],
  ],
  [
    'a shared parameter of two shapes',
    product('a', 'param { name: "w" }') +
      product('b', 'param { name: "w" }', 5),
    [
      "3 net/shared-shape: param 'w' is 5x4 in layer 'b' and 3x4 in 'a' | 'w' is first used here",
    ],
  ],
  [
    'a shared parameter of two rates',
    product('a', 'param { name: "w" lr_mult: 1 decay_mult: 1 }') +
      product('b', 'param { name: "w" lr_mult: 2 decay_mult: 1 }'),
    [
      "3 net/shared-multiplier: param 'w' is shared, with lr_mult 2 here and 1 before | it is given here",
    ],
  ],
  [
    'a loss weight too many and a propagate_down too few',
    layer(
      'sum',
      'Eltwise',
      ['data', 'data'],
      ['y'],
      'loss_weight: 1 loss_weight: 1 propagate_down: true',
    ),
    [
      "2 net/list-count: layer 'sum' has 2 of 'loss_weight' for 1 tops; give one for each, or none",
      "2 net/list-count: layer 'sum' has 1 of 'propagate_down' for 2 bottoms; give one for each, or none",
    ],
  ],
  [
    'rules of both kinds',
    layer('relu', 'ReLU', ['data'], ['y'], 'include { } exclude { }'),
    [
      "2 net/include-and-exclude: layer 'relu' has include and exclude rules; only one kind is allowed | an include rule is here",
    ],
  ],
];

describe('Building a net', () => {
  for (const [what, text, diagnostics] of mistakes) {
    it(`refuses ${what}`, () => {
      expect(build(text).diagnostics).to.deep.equal(diagnostics);
    });
  }

  it('has a test for each of its diagnostics', () => {
    const shown = mistakes.flatMap(([, , diagnostics]) => diagnostics).join();
    const codes = Object.keys(rules).filter((code) => code.startsWith('net/'));
    expect(codes.filter((code) => !shown.includes(code))).to.deep.equal([]);
  });

  it('collects what is wrong, and is silent about what follows from it', () => {
    const text =
      layer('bad', 'Pooling', ['data'], ['h']) +
      relu('h', 'i') +
      relu('nothing', 'j') +
      relu('j', 'k');
    const codes = build(text).diagnostics.map((line) => line.split(':')[0]);
    expect(codes).to.deep.equal(['2 layer/refused', '4 net/unknown-bottom']);
  });

  it('refuses unknown options of a layer, and warns of unknown fields beside them', () => {
    const text = layer(
      'relu',
      'ReLU',
      ['data'],
      ['y'],
      'relu_param { negative_slop: 0.1 } colour: 1',
    );
    expect(
      build(text, { dialect: 'bvlc' }).diagnostics.map(
        (line) => line.split(':')[0],
      ),
    ).to.include.members(['2 layer/unknown-option', '2 text/unknown-field']);
  });
});

describe('Blobs of a net', () => {
  it('are outputs where nothing reads them, by name', () => {
    expect(outputsOf(relu('data', 'z') + relu('data', 'a'))).to.deep.equal([
      'a',
      'z',
    ]);
    expect(outputsOf('')).to.deep.equal(['data']);
  });

  it('stay outputs where they are losses', () => {
    const loss = layer('h', 'ReLU', ['data'], ['h'], 'loss_weight: 0.5');
    expect(outputsOf(loss + relu('h', 'y'))).to.deep.equal(['h', 'y']);
    const none = layer('h', 'ReLU', ['data'], ['h'], 'loss_weight: 0');
    expect(outputsOf(none + relu('h', 'y'))).to.deep.equal(['y']);
  });

  it('get a new value from a layer that works in place', () => {
    const { layers, diagnostics } = build(
      relu('data', 'data') + relu('data', 'y'),
    );
    expect(diagnostics).to.deep.equal([]);
    const [first, second, third] = layers;
    expect(second?.bottoms[0]).to.equal(first?.tops[0]);
    expect(third?.bottoms[0]).to.equal(second?.tops[0]);
    expect(second?.tops[0]).not.to.equal(first?.tops[0]);
  });

  it('may not be overwritten once another layer reads them', () => {
    const overwritten = relu('data', 'y') + relu('data', 'data');
    expect(build(overwritten).diagnostics).to.deep.equal([
      "3 net/duplicate-top: layer 'relu_data' makes 'data' again (only a layer that alone reads a blob may overwrite it) | 'data' is made here",
    ]);
    const loss = layer('h', 'ReLU', ['data'], ['h'], 'loss_weight: 1');
    expect(build(loss + relu('h', 'h')).diagnostics).to.have.length(1);
  });

  it('may be read by others after a layer worked in place', () => {
    const text = relu('data', 'data') + relu('data', 'a') + relu('data', 'b');
    expect(build(text).diagnostics).to.deep.equal([]);
  });

  it('are in place only beside the bottom of their name', () => {
    const swapped = layer('slice', 'Slice', ['data'], ['y', 'data']);
    expect(build(swapped).diagnostics).to.have.length(1);
  });
});

describe('Parameters of a net', () => {
  const parametersOf = (text: string) =>
    build(text).layers.flatMap(({ parameters }) => parameters);

  it('have a variable each, even where two layers have one name', () => {
    const twice = product('ip', '').replace('top: "ip"', 'top: "other"');
    const found = parametersOf(product('ip', '') + twice);
    expect(found.map(({ variable }) => variable)).to.deep.equal([
      'ip/0',
      'ip/0#2',
    ]);
  });

  it('belong to the first layer that names them', () => {
    const [a, b] = parametersOf(
      product('a', 'param { name: "w" }') + product('b', 'param { name: "w" }'),
    );
    expect(a?.owner).to.equal(undefined);
    expect(b?.owner).to.equal(a);
  });

  it('may differ in shape where the sharing is permissive', () => {
    const transposed = layer(
      'b',
      'InnerProduct',
      ['data'],
      ['b'],
      'param { name: "w" share_mode: PERMISSIVE } inner_product_param { num_output: 3 bias_term: false transpose: true }',
    );
    const text = product('a', 'param { name: "w" }') + transposed;
    expect(build(text).diagnostics).to.deep.equal([]);
    expect(
      parametersOf(text).map(({ spec }) => shapeText(spec.shape)),
    ).to.deep.equal(['3x4', '4x3']);
  });

  it('take multipliers from whichever layer writes them', () => {
    const found = parametersOf(
      product('a', 'param { name: "w" lr_mult: 3 }') +
        product('b', 'param { name: "w" decay_mult: 0 }') +
        product('c', ''),
    );
    expect(
      found.map(({ lrMult, decayMult }) => [lrMult, decayMult]),
    ).to.deep.equal([
      [3, 0],
      [3, 0],
      [1, 1],
    ]);
  });

  it('have a global pool to fit to, where the user wants it', () => {
    const text = [
      'layer { name: "x" type: "Input" top: "x" input_param { shape { dim: 1 dim: 2 dim: 9 dim: 9 } } }',
      layer(
        'early',
        'Pooling',
        ['x'],
        ['p'],
        'pooling_param { pool: AVE kernel_size: 2 }',
      ),
      layer(
        'late',
        'Pooling',
        ['p'],
        ['q'],
        'pooling_param { pool: AVE kernel_size: 2 }',
      ),
    ].join('\n');
    const tops = build(text, { globalPool: true }).layers.map(
      ({ tops: [top] }) => shapeText(top?.shape ?? []),
    );
    expect(tops.slice(2)).to.deep.equal(['1x2x8x8', '1x2x1x1']);
  });
});
