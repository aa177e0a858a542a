import { type Diagnostic, diagnostic } from '../../diagnostics.js';
import type { Variable } from '../../ir/graph.js';
import { sameShape } from '../../ir/types.js';
import type { Layer, Net, Parameter } from '../../net/net.js';
import { VariableTable } from '../variable-table.js';

export interface TestVariables {
  readonly variables: VariableTable;
  readonly diagnostics: readonly Diagnostic[];
}

/** The blobs of two layers of one name have to be the same. */
function compareLayers(tested: Layer, trained: Layer): readonly Diagnostic[] {
  const [own, others] = [tested.parameters, trained.parameters];
  const layer = tested.name;
  if (own.length !== others.length) {
    const facts = { layer, blobs: own.length, trained: others.length };
    const span = tested.message.span;
    return [diagnostic('solver/test-blob-count', facts, { span })];
  }
  return own.flatMap((parameter, index) => {
    const { shape } = parameter.spec;
    const shapeThere = others[index]?.spec.shape ?? [];
    if (sameShape(shape, shapeThere)) return [];
    const facts = { layer, index, shape, trained: shapeThere };
    const notes = [
      {
        message: `layer '${layer}' of the train net is here`,
        span: trained.message.span,
      },
    ];
    return [
      diagnostic('solver/test-blob-shape', facts, {
        span: parameter.span,
        notes,
      }),
    ];
  });
}

/**
 * The variables of a test net: those of the train net's layers of the same names, and its own
 * for layers that the train net lacks (net.cpp, ShareTrainedLayersWith).
 */
export function testVariables(
  test: Net,
  prefix: string,
  train: Net,
  trainVariables: VariableTable,
): TestVariables {
  const tested = new Map<string, Layer>();
  for (const layer of test.layers) {
    if (!tested.has(layer.name)) tested.set(layer.name, layer);
  }
  const shared = new Map<Parameter, Variable>();
  const diagnostics: Diagnostic[] = [];
  for (const trained of train.layers) {
    const layer = tested.get(trained.name);
    if (layer === undefined) continue;
    diagnostics.push(...compareLayers(layer, trained));
    layer.parameters.forEach((parameter, index) => {
      const source = trained.parameters[index];
      if (source !== undefined) {
        shared.set(parameter, trainVariables.of(source));
      }
    });
  }
  const variables = new VariableTable(test, {
    prefix,
    sharedWith: (parameter) => shared.get(parameter),
  });
  return { variables, diagnostics };
}
