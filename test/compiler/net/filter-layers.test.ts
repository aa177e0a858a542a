import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import { filterLayers } from '../../../compiler/net/filter-layers.js';
import { loadNet } from '../../../compiler/schema/load-net.js';

interface Result {
  readonly phase: 'TRAIN' | 'TEST';
  readonly level?: number | null;
  readonly stages?: readonly string[] | null;
  readonly layers?: readonly string[];
  readonly fatal?: string;
}

interface Case {
  readonly name: string;
  readonly results: readonly Result[];
}

const folder = new URL('../../reference/filter/', import.meta.url);
const text = (path: string): string =>
  readFileSync(new URL(path, folder), 'utf8');

const { nets } = JSON.parse(text('cases.json')) as { nets: readonly Case[] };

describe('layers that survive the state of a net', () => {
  for (const { name, results } of nets) {
    it(name, () => {
      const path = `${name}.prototxt`;
      const { net, diagnostics } = loadNet({ name: path, text: text(path) });
      expect(diagnostics.filter(isError)).to.deep.equal([]);
      if (net === undefined) throw new Error('not loaded');
      for (const { phase, level, stages, layers, fatal } of results) {
        const found = filterLayers(net, {
          phase,
          level: level ?? 0,
          stages: stages ?? [],
        });
        if (fatal?.includes('include rules or exclude rules')) {
          expect(found.diagnostics.map(({ code }) => code)).to.deep.equal([
            'net/include-and-exclude',
          ]);
        } else if (layers !== undefined) {
          expect(found.diagnostics).to.deep.equal([]);
          expect(found.layers.map((layer) => layer.get('name'))).to.deep.equal(
            layers,
          );
        }
      }
    });
  }
});
