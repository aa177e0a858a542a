import { join, type Span } from '../../../grammar/source.js';

import { diagnostic } from '../../diagnostics.js';
import { makeMessage, withFields } from '../make-message.js';
import type { Message } from '../message.js';
import type { NetStep, NetStepResult } from './net-step.js';

/**
 * `input` with `input_shape`, or with four `input_dim` each, becomes an Input layer in
 * front; inputs without either are dropped, as in Caffe.
 */
export const upgradeInputs: NetStep = {
  name: 'inputs',
  isNeeded: (net) => net.has('input'),
  upgrade,
};

function upgrade(net: Message<'NetParameter'>): NetStepResult {
  const inputs = net.get('input');
  const shapes = net.has('input_shape') ? inputShapes(net) : inputDims(net);
  const missing = inputs[shapes.length];
  const isShaped = net.has('input_shape') || net.has('input_dim');
  if (missing !== undefined && isShaped) {
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
  return first && spans.reduce(join, first);
};
