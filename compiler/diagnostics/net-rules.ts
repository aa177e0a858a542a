import { error, shapeText } from './rule.js';

/** Nets: their layers, blobs and parameters. */
export const netRules = {
  'net/include-and-exclude': error<{ layer: string }>(
    (f) =>
      `layer '${f.layer}' has include and exclude rules; only one kind is allowed`,
  ),
  'net/unknown-bottom': error<{ layer: string; bottom: string }>(
    (f) => `layer '${f.layer}' reads '${f.bottom}', which no layer above makes`,
  ),
  'net/unknown-layer-type': error<{
    layer: string;
    type: string;
    /** One of Caffe's or a fork's that rancc does not compile. */
    isCaffes: boolean;
    /** That are of this type. */
    layers: number;
  }>((f) =>
    f.isCaffes
      ? `layer '${f.layer}' is of the type '${f.type}', which is not supported${f.layers === 1 ? '' : ` (${f.layers} layers are of it)`}`
      : `layer '${f.layer}' is of the unknown type '${f.type}'${f.layers === 1 ? '' : ` (${f.layers} layers are)`}`,
  ),
  'net/unknown-filler': error<{ layer: string; type: string }>(
    (f) => `layer '${f.layer}' has a filler of the unknown type '${f.type}'`,
  ),
  'net/filler-shape': error<{
    layer: string;
    type: string;
    shape: readonly number[];
  }>(
    (f) =>
      `layer '${f.layer}' has a ${f.type} filler, which is for square filters of four axes, not ${shapeText(f.shape)}`,
  ),
  'net/blob-count': error<{
    layer: string;
    type: string;
    side: 'bottom' | 'top';
    found: number;
    wanted: string;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.found} ${f.side}${f.found === 1 ? '' : 's'}; ${f.type} takes ${f.wanted}`,
  ),
  'net/duplicate-top': error<{ layer: string; top: string }>(
    (f) =>
      `layer '${f.layer}' makes '${f.top}' again (only a layer that alone reads a blob may overwrite it)`,
  ),
  'net/list-count': error<{
    layer: string;
    field: 'loss_weight' | 'propagate_down';
    written: number;
    side: 'bottom' | 'top';
    blobs: number;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.written} of '${f.field}' for ${f.blobs} ${f.side}s; give one for each, or none`,
  ),
  'net/too-many-params': error<{
    layer: string;
    written: number;
    blobs: number;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.written} param blocks for ${f.blobs} blobs`,
  ),
  'net/shared-shape': error<{
    param: string;
    layer: string;
    shape: readonly number[];
    owner: string;
    ownerShape: readonly number[];
  }>(
    (f) =>
      `param '${f.param}' is ${shapeText(f.shape)} in layer '${f.layer}' and ${shapeText(f.ownerShape)} in '${f.owner}'`,
  ),
  'net/shared-multiplier': error<{
    param: string;
    field: string;
    value: number;
    first: number;
  }>(
    (f) =>
      `param '${f.param}' is shared, with ${f.field} ${f.value} here and ${f.first} before`,
  ),
};
