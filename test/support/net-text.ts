import { shapeText } from '../../compiler/ir/types.js';
import type { Blob, Net, Parameter } from '../../compiler/net/net.js';

const blobText = ({ name, shape }: Blob): string =>
  `${name} ${shape === undefined ? '?' : shapeText(shape)}`;

const parameterText = (parameter: Parameter): string => {
  const { variable, owner, spec, lrMult, decayMult } = parameter;
  const filler =
    'constant' in spec.filler
      ? `starts at ${spec.filler.constant}`
      : `filler ${spec.filler.get('type')}`;
  return [
    `    ${variable}: ${shapeText(spec.shape)}`,
    owner === undefined ? filler : `shares ${owner.variable}`,
    `lr_mult ${lrMult}`,
    `decay_mult ${decayMult}`,
    ...(spec.statistics === true ? ['statistics'] : []),
  ].join(', ');
};

/** The typed net for people: a line for each layer, and one below for each parameter. */
export const netText = (net: Net): string =>
  [
    `net '${net.name}' ${net.phase}`,
    ...net.layers.flatMap(({ name, type, bottoms, tops, parameters }) => [
      `  ${name} (${type}): ${bottoms.map(blobText).join(', ')} -> ${tops.map(blobText).join(', ')}`,
      ...parameters.map(parameterText),
    ]),
    `  inputs: ${net.inputs.map(({ name }) => name).join(', ')}`,
    `  outputs: ${net.outputs.map(({ name }) => name).join(', ')}`,
    '',
  ].join('\n');
