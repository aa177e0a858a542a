import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { Source } from '../grammar/source.js';
import { decodeText } from '../grammar/text-encoding.js';

import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import { dynamic } from '../compiler/ir/types.js';
import type { Net } from '../compiler/net/net.js';
import { setUpNet } from '../compiler/read-net.js';
import { loadNet } from '../compiler/schema/load-net.js';
import { loadSolver } from '../compiler/schema/load-solver.js';
import { makeMessage, withFields } from '../compiler/schema/make-message.js';
import type { Message } from '../compiler/schema/message.js';
import { upgradeNet } from '../compiler/schema/upgrade/upgrade-net.js';

import { referenceFolder } from './support/reference.js';

/** What the reference Caffe made of a file in one state. */
interface ExpectedNet {
  /** `none`: it made nothing. */
  readonly basis: string;
  readonly param_count: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly layers?: readonly {
    readonly name: string;
    readonly type: string;
    readonly tops: Readonly<Record<string, readonly number[]>>;
    readonly params: readonly (readonly number[])[];
  }[];
}

interface Expected {
  readonly file: string;
  readonly kind: string;
  /** By phase, or phase and stages; a text names a phase that is the same. */
  readonly phases?: Readonly<Record<string, ExpectedNet | string>>;
}

/** Layers that read data, which the expectations have inputs for. */
const isData = (layer: Message<'LayerParameter'>): boolean => {
  const type = layer.get('type');
  return (
    (type !== 'DummyData' && type.endsWith('Data')) ||
    (type === 'Python' && !layer.has('bottom'))
  );
};

/** The net that a file is, or the one in a solver. */
function netIn(
  source: Source,
  kind: string,
): Message<'NetParameter'> | undefined {
  if (kind !== 'solver') return loadNet(source).net;
  const { solver } = loadSolver(source);
  return solver && upgradeNet(solver.get('net_param')).net;
}

/** The net with its data layers as inputs of the shapes that the expectation has. */
function withInputs(
  net: Message<'NetParameter'>,
  expected: ExpectedNet,
): Message<'NetParameter'> {
  const shapes = new Map(
    expected.layers?.flatMap(({ tops }) => Object.entries(tops)),
  );
  const layer = net.get('layer').map((one) => {
    if (!isData(one)) return one;
    const from = { span: one.span, dialect: one.dialect };
    const shape = one
      .get('top')
      .map((top) =>
        makeMessage('BlobShape', { dim: shapes.get(top) ?? [1] }, from),
      );
    const others = one
      .written()
      .map(({ entry }) => entry.name)
      .filter((name) => name.endsWith('_param'));
    return withFields(one, {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      type: 'Input',
      input_param: makeMessage('InputParameter', { shape }, from),
    });
  });
  return withFields(net, { layer });
}

/** What of a net rancc does not do (yet), as its diagnostics say it. */
const isNotThere = (found: Diagnostic): boolean =>
  ['net/unknown-layer-type', 'layer/foreign-option'].includes(found.code) ||
  found.message.includes('not supported');

/** A size that only the data tell is 1 to Caffe before the first pass. */
const atSetUp = (shape: readonly number[]): string =>
  shape.map((size) => (size === dynamic ? 1 : size)).join('x');

/** That a layer is known by its shapes alone does not make them wrong. */
const isMistake = (found: Diagnostic): boolean =>
  isError(found) && found.code !== 'layer/shapes-only';

const described = (net: Net) =>
  net.layers.map(({ name, tops, parameters }) => ({
    name,
    tops: tops.map((top) => `${top.name} ${atSetUp(top.shape ?? [])}`),
    params: parameters.map(({ spec }) => spec.shape.join('x')),
  }));

const describedExpectation = ({ layers = [] }: ExpectedNet) =>
  layers.map(({ name, tops, params }) => ({
    name,
    tops: Object.entries(tops).map(
      ([top, shape]) => `${top} ${shape.join('x')}`,
    ),
    params: params.map((shape) => shape.join('x')),
  }));

const parameterCount = (net: Net): number =>
  net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined)
    .reduce(
      (sum, { spec }) => sum + spec.shape.reduce((size, dim) => size * dim, 1),
      0,
    );

/** How many nets, in all their states, are known to be covered: it may only grow. */
const leastCovered = 157;

describe('shapes and parameters of published nets', function () {
  this.timeout(60_000);
  const folder = referenceFolder('corpus/prototxts');
  if (folder === undefined) {
    it('needs the corpus');
    return;
  }
  let covered = 0;
  const missing = new Map<string, Set<string>>();

  for (const name of readdirSync(join(folder, 'expect')).sort()) {
    const {
      file,
      kind,
      phases = {},
    } = JSON.parse(
      readFileSync(join(folder, 'expect', name), 'utf8'),
    ) as Expected;
    const states = Object.entries(phases).flatMap(([state, found]) => {
      const meant =
        typeof found === 'string'
          ? phases[found.replace(/^same as /, '')]
          : found;
      return meant === undefined || typeof meant === 'string' || !meant.layers
        ? []
        : [{ state, expected: meant }];
    });
    if (states.length === 0) continue;
    const path = join(folder, file);
    for (const { state, expected } of states) {
      it(`${file} in ${state}`, function () {
        const text = decodeText(readFileSync(path));
        const message = netIn({ name: file, text }, kind);
        if (message === undefined) throw new Error('not read');
        const [phase, stages] = state.split(':');
        const { net, diagnostics } = setUpNet(
          withInputs(message, expected),
          {
            phase: phase === 'TRAIN' ? 'TRAIN' : 'TEST',
            level: 0,
            stages: stages?.split(',') ?? [],
          },
          file,
          {},
        );
        const unsupported = diagnostics.filter(isNotThere);
        if (unsupported.length > 0) {
          for (const { span, code, message: words } of unsupported) {
            const what =
              code === 'net/unknown-layer-type'
                ? (span?.source.text.slice(span.start, span.end) ?? '')
                : words.replace(/'[^']*' ?/, '');
            missing.set(what, (missing.get(what) ?? new Set()).add(file));
          }
          this.skip();
        }
        expect(
          diagnostics.filter(isMistake).map((found) => found.message),
        ).to.deep.equal([]);
        if (net === undefined) throw new Error('not set up');
        expect(described(net)).to.deep.equal(describedExpectation(expected));
        // A MemoryData layer loads without its data.
        if (Object.keys(expected.inputs).length > 0) {
          expect(net.inputs.map((blob) => blob.name)).to.have.members(
            Object.keys(expected.inputs),
          );
        }
        expect(net.outputs.map((blob) => blob.name)).to.have.members(
          Object.keys(expected.outputs),
        );
        expect(parameterCount(net)).to.equal(expected.param_count);
        covered += 1;
      });
    }
  }

  it('are as many as before, or more', () => {
    expect(covered).to.be.at.least(leastCovered);
  });

  after(() => {
    if (process.env['RANCC_CORPUS_TABLE'] !== '1') return;
    const rows = [...missing].sort(([, a], [, b]) => b.size - a.size);
    process.stderr.write(
      `    ${covered} states of nets are covered; missing, with the number of files:\n${rows
        .map(([what, files]) => `    ${files.size}  ${what}\n`)
        .join('')}`,
    );
  });

  it('has no expectation without its file', () => {
    for (const name of readdirSync(join(folder, 'expect'))) {
      expect(existsSync(join(folder, name.replace(/\.json$/, '')))).to.equal(
        true,
        name,
      );
    }
  });
});
