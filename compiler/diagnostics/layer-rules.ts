import { error, warning } from './rule.js';

/** What a layer type asks of its parameters and bottoms. */
export const layerRules = {
  'layer/refused': error<{ layer: string; type: string; reason: string }>(
    (f) => `${f.type} layer '${f.layer}': ${f.reason}`,
  ),
  'layer/unknown-option': error<{
    layer: string;
    kind: 'field' | 'value';
    name: string;
  }>((f) =>
    f.kind === 'field'
      ? `layer '${f.layer}' has the unknown option '${f.name}', which may change what it does`
      : `layer '${f.layer}' has an unknown value for '${f.name}', which may change what it does`,
  ),
  'layer/foreign-option': error<{
    layer: string;
    option: string;
    owners: readonly string[];
  }>(
    (f) =>
      `layer '${f.layer}' has the option '${f.option}' of ${f.owners.join(', ')}, which is not supported`,
  ),
  'layer/shapes-only': error<{ layer: string; type: string }>(
    (f) =>
      `layer '${f.layer}' is of the type '${f.type}', of which only the shapes are known: it cannot be run`,
  ),
  'layer/foreign-field': warning<{
    layer: string;
    field: string;
    owners: readonly string[];
  }>(
    (f) =>
      `layer '${f.layer}' has '${f.field}' of ${f.owners.join(', ')}, which plays no part here`,
  ),
};
