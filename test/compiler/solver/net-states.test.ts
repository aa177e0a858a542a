import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import type { Source } from '../../../grammar/source.js';

import type { NetState } from '../../../compiler/net/filter-layers.js';
import { filterLayers } from '../../../compiler/net/filter-layers.js';
import { loadNet } from '../../../compiler/schema/load-net.js';
import { loadSolver } from '../../../compiler/schema/load-solver.js';
import {
  type StateOptions,
  toolState,
} from '../../../compiler/solver/net-states.js';
import { netsOfSolver } from '../../../compiler/solver/nets-of-solver.js';

interface SolverCase {
  readonly name: string;
  readonly train: readonly string[];
  readonly test: readonly (readonly string[])[];
}

interface ToolCase {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly nets: readonly (readonly string[])[];
}

const folder = new URL('../../reference/filter/', import.meta.url);
const sourceAt = (path: string): Source => ({
  name: path,
  text: readFileSync(new URL(path, folder), 'utf8'),
});

const { solvers, tool } = JSON.parse(sourceAt('cases.json').text) as {
  solvers: readonly SolverCase[];
  tool: readonly ToolCase[];
};

/** The names of the layers of each net of the solver in the folder `name`. */
function netsIn(
  name: string,
  options?: StateOptions,
): readonly (readonly string[])[] {
  const loaded = loadSolver(sourceAt(`${name}/solver.prototxt`));
  if (loaded.solver === undefined) throw new Error('not loaded');
  const { nets, diagnostics } = netsOfSolver(
    loaded.solver,
    (path) => sourceAt(`${name}/${path}`),
    options === undefined ? {} : { tool: options },
  );
  expect(diagnostics).to.deep.equal([]);
  return nets.map(({ net }) => (net?.layers ?? []).map((layer) => layer.name));
}

const layersIn = (name: string, state: NetState): readonly string[] => {
  const { net } = loadNet(sourceAt(`${name}/net.prototxt`));
  if (net === undefined) throw new Error('not loaded');
  return filterLayers(net, state).layers.map((layer) => layer.get('name'));
};

/** `-level 1` as it stands in the arguments. */
const optionOf = (
  words: readonly string[],
  flag: string,
): string | undefined =>
  words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined;

function optionsOf(words: readonly string[]): StateOptions {
  const level = optionOf(words, '-level');
  const phase = optionOf(words, '-phase');
  return {
    level: level === undefined ? undefined : Number(level),
    phase: phase === 'TRAIN' || phase === 'TEST' ? phase : undefined,
    stage: optionOf(words, '-stage'),
  };
}

describe('states of the nets of a solver', () => {
  for (const { name, train, test } of solvers) {
    it(name, () => {
      expect(netsIn(name)).to.deep.equal([train, ...test]);
    });
  }
});

describe("states that Caffe's commands give to nets", () => {
  for (const { name, arguments: words, nets } of tool) {
    it(name, () => {
      const options = optionsOf(words);
      const found =
        words[0] === 'train'
          ? netsIn(name, options)
          : [layersIn(name, toolState('time', options))];
      expect(found).to.deep.equal(nets);
    });
  }
});
