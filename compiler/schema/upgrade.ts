import type { Span } from '../../grammar/source.js';

import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { makeMessage, withFields } from './make-message.js';
import type { Message } from './message.js';

/** A net in today's form; undefined where it cannot be brought there. */
export interface Upgraded {
  readonly net: Message<'NetParameter'> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Brings a net of any age to today's form, in the order in which Caffe does. */
export function upgradeNet(net: Message<'NetParameter'>): Upgraded {
  const refused = refuseOldLayers(net);
  if (refused !== undefined) return { net: undefined, diagnostics: [refused] };
  const { net: withInputs, diagnostics } = upgradeInputs(net);
  return {
    net: withInputs && upgradeBatchNorm(withInputs),
    diagnostics,
  };
}

function refuseOldLayers(net: Message<'NetParameter'>): Diagnostic | undefined {
  const [first] = net.get('layers');
  if (first === undefined) return undefined;
  const isV0 = net.get('layers').some((layer) => layer.has('layer'));
  return diagnostic(
    'schema/v1-net',
    { form: isV0 ? 'V0' : 'V1' },
    { span: first.span },
  );
}

/**
 * `input` with `input_shape`, or with four `input_dim` each, becomes an Input layer in
 * front; inputs without either are dropped, as in Caffe.
 */
function upgradeInputs(net: Message<'NetParameter'>): Upgraded {
  const inputs = net.get('input');
  if (inputs.length === 0) return { net, diagnostics: [] };
  const shapes = net.has('input_shape') ? inputShapes(net) : inputDims(net);
  const missing = inputs[shapes.length];
  if (missing !== undefined && shapes.length > 0) {
    const wrong = diagnostic(
      'schema/input-without-shape',
      {
        input: missing,
        field: net.has('input_shape') ? 'input_shape' : 'input_dim',
      },
      { span: net.spanOf('input', shapes.length) },
    );
    return { net: undefined, diagnostics: [wrong] };
  }
  const tops = inputs.map((_, index) => net.spanOf('input', index));
  const [span = net.span] = tops;
  const from = { span, dialect: net.dialect };
  const layer = makeMessage(
    'LayerParameter',
    {
      name: 'input',
      type: 'Input',
      top: inputs,
      input_param: makeMessage(
        'InputParameter',
        { shape: shapes },
        { ...from, spans: { shape: shapes.map((shape) => shape.span) } },
      ),
    },
    { ...from, spans: { top: tops } },
  );
  const layers = net.get('layer');
  const asBefore = layers.map((_, index) => net.spanOf('layer', index));
  const first = shapes.length > 0;
  return {
    net: withFields(
      net,
      {
        input: undefined,
        input_shape: undefined,
        input_dim: undefined,
        layer: first ? [layer, ...layers] : layers,
      },
      { layer: first ? [span, ...asBefore] : asBefore },
    ),
    diagnostics: [],
  };
}

/** The shapes of the inputs, as far as there are any. */
const inputShapes = (net: Message<'NetParameter'>) =>
  net.get('input_shape').slice(0, net.get('input').length);

function inputDims(net: Message<'NetParameter'>): Message<'BlobShape'>[] {
  const dims = net.get('input_dim');
  const shapes: Message<'BlobShape'>[] = [];
  for (const index of net.get('input').keys()) {
    const start = index * 4;
    const dim = dims.slice(start, start + 4);
    if (dim.length < 4 && dims.length > 0) break;
    if (dim.length < 4) continue;
    const places = dim.map((_, axis) => net.spanOf('input_dim', start + axis));
    shapes.push(
      makeMessage(
        'BlobShape',
        { dim },
        {
          span: joined(places) ?? net.span,
          spans: { dim: places },
          dialect: net.dialect,
        },
      ),
    );
  }
  return shapes;
}

const joined = (spans: readonly Span[]): Span | undefined => {
  const [first] = spans;
  const last = spans.at(-1);
  return first && last && { ...first, end: last.end };
};

/**
 * The three blobs of a BatchNorm layer are statistics: where each has a `param`, the solver
 * is kept away from them.
 */
function upgradeBatchNorm(
  net: Message<'NetParameter'>,
): Message<'NetParameter'> {
  const layers = net.get('layer');
  const isOld = (layer: Message<'LayerParameter'>): boolean =>
    layer.get('type') === 'BatchNorm' && layer.get('param').length === 3;
  if (!layers.some(isOld)) return net;
  const upgraded = layers.map((layer) => {
    if (!isOld(layer)) return layer;
    const param = layer.get('param');
    return withFields(
      layer,
      {
        param: param.map((one) =>
          withFields(one, { lr_mult: 0, decay_mult: 0 }),
        ),
      },
      { param: param.map((one) => one.span) },
    );
  });
  return withFields(
    net,
    { layer: upgraded },
    { layer: layers.map((_, index) => net.spanOf('layer', index)) },
  );
}
