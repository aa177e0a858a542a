import { expect } from 'chai';

import { readNet, type ReadOptions } from '../../../compiler/read-net.js';

const input =
  'layer { name: "data" type: "Input" top: "data" input_param { shape { dim: [1, 3, 8, 8] } } }';

const layer = (type: string, rest: string): string =>
  `layer { name: "${type}" type: "${type}" bottom: "data" top: "${type}" ${rest} }`;

const found = (layers: readonly string[], options: ReadOptions = {}) =>
  readNet({ name: 'x', text: [input, ...layers].join('\n') }, options);

const codes = (layers: readonly string[], options?: ReadOptions) =>
  found(layers, options).diagnostics.map(({ code }) => code);

describe('dialects that disagree', () => {
  const disagree = ['schema/dialects-disagree'];
  const bn = layer('BN', 'bn_param { frozen: true }');
  const theirs =
    'layer { name: "up" type: "Interp" bottom: "data" bottom: "data" top: "up" }';

  it('about BN are told of once, and of no net that is the authors own', () => {
    expect(codes([bn])).to.deep.equal(disagree);
    expect(codes([bn, bn.replace('top: "BN"', 'top: "b"')])).to.deep.equal(
      disagree,
    );
    expect(codes([bn, theirs])).to.deep.equal([]);
  });

  it('are not told of where the user has said which is meant', () => {
    expect(codes([bn], { dialect: 'ran' })).to.deep.equal([]);
    expect(codes([bn], { dialect: 'pspnet' })).to.deep.equal([]);
    expect(codes([bn], { bnStatistics: 'variance' })).to.deep.equal([]);
  });

  it('are told of with the evidence', () => {
    const other = layer('ReLU', 'video_data_param { source: "x" }');
    const [warning] = found([bn, other]).diagnostics;
    expect(warning?.severity).to.equal('warning');
    expect(warning?.notes.map(({ message }) => message)).to.include(
      "'video_data_param' speaks for yjxiong",
    );
  });

  it('about the blobs of BatchNorm name the option', () => {
    const norm = layer('BatchNorm', 'batch_norm_param { scale_bias: true }');
    const [warning] = found([norm]).diagnostics;
    expect(warning?.code).to.equal('schema/dialects-disagree');
    expect(warning?.message).to.include("'scale_bias' (nvidia)");
  });
});

describe('fields that the named dialect lacks', () => {
  const told = (layers: readonly string[], options: ReadOptions) =>
    found(layers, options).diagnostics.map(
      ({ severity, code, message, span }) => [
        severity,
        code,
        message,
        span?.source.text.slice(span.start, span.end),
      ],
    );

  it('are told of with the forks that have them, once each', () => {
    const bn = layer('BN', 'bn_param { frozen: true }');
    const warning = [
      'warning',
      'schema/other-dialect',
      "LayerParameter has no field 'bn_param' in the dialect bvlc; it is taken as that of ran, happynear, pspnet and 8 more",
      'bn_param',
    ];
    expect(
      told([bn, bn.replace('top: "BN"', 'top: "b"')], { dialect: 'bvlc' }),
    ).to.deep.equal([warning]);
    const [error] = told([bn], { dialect: 'bvlc', strict: true });
    expect(error?.slice(0, 2)).to.deep.equal(['error', 'text/unknown-field']);
  });

  it("are told of where only a value is another fork's", () => {
    const text = layer(
      'Convolution',
      'convolution_param { num_output: 1 kernel_size: 1 engine: MKL2017 }',
    );
    expect(told([text], { dialect: 'bvlc' })).to.deep.equal([
      [
        'warning',
        'schema/other-dialect',
        "'MKL2017' is no value of 'engine' in the dialect bvlc; it is taken as that of intel",
        'MKL2017',
      ],
    ]);
    expect(told([text], { dialect: 'intel' })).to.deep.equal([]);
  });

  it('are not what rancc adds', () => {
    const text =
      'layer { name: "d" type: "ImageData" top: "d" top: "l" image_data_param { source: "s" batch_size: 2 new_height: 4 new_width: 4 } transform_param { rancc_augment { } } }';
    expect(codes([text], { dialect: 'ran' })).to.deep.equal(codes([text], {}));
  });
});

describe('fields of forks in the net itself', () => {
  const net = ['default_forward_type: FLOAT16', 'reduce_buckets: 6'];
  const first =
    "the net has 'default_forward_type' of nvidia, which plays no part here";
  const messages = (options: ReadOptions) =>
    found(net, options).diagnostics.map(({ message }) => message);

  it('are told of, but where they say what silence does', () => {
    expect(messages({})).to.deep.equal([first]);
    expect(messages({ dialect: 'nvidia' })).to.deep.equal([first]);
    expect(codes(net)).to.deep.equal(['schema/foreign-field']);
  });

  it("are told of as another dialect's where the user named one", () => {
    expect(messages({ dialect: 'ran' })).to.deep.equal(
      ['default_forward_type', 'reduce_buckets'].map(
        (field) =>
          `NetParameter has no field '${field}' in the dialect ran; it is taken as that of nvidia`,
      ),
    );
    expect(codes(net, { dialect: 'ran', strict: true })).to.deep.equal([
      'text/unknown-field',
      'text/unknown-field',
    ]);
  });
});

describe('options of forks', () => {
  const refused = ['layer/foreign-option'];
  for (const [text, expected] of [
    [layer('ReLU', 'relu_param { negative_slope: 0.1 }'), []],
    [layer('Pooling', 'pooling_param { kernel_size: 2 ceil_mode: false }'), []],
    [
      layer(
        'Convolution',
        'convolution_param { num_output: 1 kernel_size: 1 engine: MKL2017 }',
      ),
      [],
    ],
    [
      layer(
        'Convolution',
        'convolution_param { num_output: 1 kernel_size: 1 fuse_type: UNFUSED }',
      ),
      refused,
    ],
    [layer('ReLU', 'forward_type: FLOAT display: true'), []],
    [layer('ReLU', 'forward_type: FLOAT16'), ['layer/foreign-field']],
    [
      layer(
        'InnerProduct',
        'inner_product_param { num_output: 1 } param { force_mult: 2 }',
      ),
      ['layer/foreign-field'],
    ],
    [layer('Proposal', 'forward_type: FLOAT16'), ['net/unknown-layer-type']],
    [layer('Dropout', 'dropout_param { scale_train: false }'), refused],
    [
      layer('ReLU', 'quantization_param { precision: DYNAMIC_FIXED_POINT }'),
      refused,
    ],
    [
      layer('Pooling', 'pooling_param { kernel_sise: 2 kernel_size: 2 }'),
      ['text/unknown-field', 'layer/unknown-option'],
    ],
  ] as const) {
    it(text, () => {
      expect(codes([text])).to.deep.equal(expected);
    });
  }
});

describe('fields of forks in transform_param', () => {
  it('are warned of where they stand, once each', () => {
    const { diagnostics } = found([
      'layer { name: "d" type: "ImageData" top: "d" top: "l"',
      '  image_data_param { source: "s" batch_size: 2 new_height: 4 new_width: 4 }',
      '  transform_param { mirror: true crop_size: 2 scale_factors: [0.5, 1]',
      '    random_90_deg_rot: false vertical_mirror: true } }',
    ]);
    expect(
      diagnostics.map(({ code, message, span }) => [
        code,
        message.replace(/ of [^']*, which/, ' of X, which'),
        span?.source.text.slice(span.start, span.end),
      ]),
    ).to.deep.equal([
      [
        'layer/foreign-field',
        "layer 'd' has 'transform_param.scale_factors' of X, which plays no part here",
        '0.5',
      ],
      [
        'layer/foreign-field',
        "layer 'd' has 'transform_param.vertical_mirror' of X, which plays no part here",
        'true',
      ],
    ]);
  });
});

describe('layers of unknown types', () => {
  it('are told of once for each type, and nothing is made up after them', () => {
    const { net, diagnostics } = found([
      layer('Proposal', ''),
      'layer { name: "p2" type: "Proposal" bottom: "Proposal" top: "p2" }',
      'layer { name: "relu" type: "ReLU" bottom: "p2" top: "relu" }',
      layer('Convolutoin', ''),
      layer('Sigmoid', ''),
    ]);
    expect(
      diagnostics.map(({ message, notes }) =>
        [message, ...notes.map((note) => note.message)].join('; '),
      ),
    ).to.deep.equal([
      "layer 'Proposal' is of the type 'Proposal', which is not supported (2 layers are of it)",
      "layer 'Convolutoin' is of the unknown type 'Convolutoin'; did you mean 'Convolution'?",
    ]);
    expect(
      net?.layers.map(
        ({ name, tops }) => `${name} ${tops[0]?.shape?.join('x') ?? '?'}`,
      ),
    ).to.deep.equal([
      'data 1x3x8x8',
      'Proposal ?',
      'p2 ?',
      'relu ?',
      'Convolutoin ?',
      'Sigmoid 1x3x8x8',
    ]);
  });
});
