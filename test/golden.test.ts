import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { renderDiagnostic } from '../compiler/code-frame.js';
import { compile } from '../compiler/compile.js';
import { emitGraph } from '../compiler/emit/graph-def.js';
import type { NodeDef } from '../compiler/emit/node-emitter.js';
import { functionOf, type Graph, type Stage } from '../compiler/ir/graph.js';
import { printGraph } from '../compiler/ir/printer.js';
import { verify } from '../compiler/ir/verify.js';

import { expectGolden, updatesGoldens } from './support/golden-file.js';
import { nodesText } from './support/graph-def-text.js';
import { netText } from './support/net-text.js';

const folder = fileURLToPath(new URL('golden/', import.meta.url));
const input = 'input.prototxt';

/** Assigning and reading parameters is the same in every net, and left out. */
const graphText = (graph: Graph<Stage>, functions: readonly string[]): string =>
  printGraph({
    ...graph,
    functions: graph.functions.filter(({ name }) => functions.includes(name)),
  });

const predictNodes = (graph: Graph<'physical'>): readonly NodeDef[] =>
  emitGraph({ ...graph, functions: [functionOf(graph, 'predict')] }).nodes;

/** What is seen of a net on its way through the compiler, by the name of the file. */
function viewsOf(text: string): ReadonlyMap<string, string> {
  let logical = '';
  const { model, diagnostics } = compile(
    { name: input, text },
    {
      observe: (pass, graph) => {
        verify(graph, `after ${pass}`);
        if (pass === 'lower') logical = graphText(graph, ['predict']);
      },
    },
  );
  const views = new Map<string, string>();
  if (diagnostics.length > 0) {
    views.set(
      'diagnostics.txt',
      diagnostics
        .map((found) => `${renderDiagnostic(found, { colour: false })}\n`)
        .join('\n'),
    );
  }
  if (model !== undefined) {
    const { net, graph } = model;
    const physical = graphText(graph, ['predict', 'derive']);
    views.set('net.txt', netText(net));
    views.set('ir.txt', `${logical}\n${physical}`);
    views.set('graphdef.txt', nodesText(predictNodes(graph)));
  }
  return views;
}

describe('Goldens', () => {
  for (const name of readdirSync(folder).toSorted()) {
    it(name, () => {
      const path = (file: string): string => join(folder, name, file);
      expect(existsSync(path(input)), `${name} has no ${input}`).to.equal(true);
      const views = viewsOf(readFileSync(path(input), 'utf8'));
      for (const [file, text] of views) expectGolden(path(file), text);
      const stale = readdirSync(path('')).filter(
        (file) => file !== input && !views.has(file),
      );
      if (updatesGoldens) for (const file of stale) rmSync(path(file));
      else expect(stale, 'goldens of nothing').to.deep.equal([]);
    });
  }
});
