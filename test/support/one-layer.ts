import type { Diagnostic } from '../../compiler/diagnostics.js';
import { shapeText } from '../../compiler/ir/types.js';
import type { Layer } from '../../compiler/net/net.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import type { DialectName } from '../../compiler/schema/message-type.js';

/** A net of Input layers `x0`, `x1`, ... and one layer `layer` that reads them. */
export interface OneLayer {
  readonly type: string;
  readonly bottoms: readonly (readonly number[])[];
  /** What else the layer has: `relu_param { negative_slope: 0.1 }`. */
  readonly fields?: string;
  /** Whose fields it has (default: the authors'). */
  readonly dialect?: DialectName;
  /** Names of its tops (default: `y`). */
  readonly tops?: readonly string[];
}

const inputText = (name: string, shape: readonly number[]): string =>
  `layer { name: "${name}" type: "Input" top: "${name}" input_param { shape { ${shape
    .map((size) => `dim: ${size}`)
    .join(' ')} } } }`;

export function oneLayerText({
  type,
  bottoms,
  fields = '',
  tops = ['y'],
}: OneLayer): string {
  const names = bottoms.map((_, index) => `x${index}`);
  return [
    ...bottoms.map((shape, index) => inputText(`x${index}`, shape)),
    'layer {',
    `  name: "layer" type: "${type}"`,
    `  ${names.map((name) => `bottom: "${name}"`).join(' ')}`,
    `  ${tops.map((top) => `top: "${top}"`).join(' ')}`,
    `  ${fields}`,
    '}',
    '',
  ].join('\n');
}

/** What the compiler makes of the layer; shapes as diagnostics write them. */
export interface LayerFound {
  readonly tops: readonly string[];
  readonly parameters: readonly string[];
  readonly macs: number | undefined;
  /** `code: message` of each diagnostic, without the words that name the layer. */
  readonly diagnostics: readonly string[];
}

const text = ({ code, message }: Diagnostic): string =>
  code === 'layer/refused'
    ? message.replace(/^\w+ layer 'layer': /, 'refused: ')
    : `${code}: ${message}`;

export function readOneLayer(
  layer: OneLayer,
  options: ReadOptions = {},
): LayerFound {
  const source = { name: 'net.prototxt', text: oneLayerText(layer) };
  const { net, diagnostics } = readNet(source, {
    dialect: layer.dialect ?? 'ran',
    ...options,
  });
  const found: Layer | undefined = net?.layers.at(-1);
  return {
    tops: (found?.setUp?.tops ?? []).map(shapeText),
    parameters: (found?.parameters ?? []).map(({ spec }) =>
      shapeText(spec.shape),
    ),
    macs: found?.setUp?.macs,
    // Layers of all forks are read in one dialect here.
    diagnostics: diagnostics
      .filter(({ code }) => code !== 'schema/other-dialect')
      .map(text),
  };
}

/** Shapes of the tops of a layer that is set up without a word. */
export function topsOf(
  layer: OneLayer,
  options: ReadOptions = {},
): readonly string[] {
  const { tops, diagnostics } = readOneLayer(layer, options);
  if (diagnostics.length > 0) throw new Error(diagnostics.join('\n'));
  return tops;
}

/** Why a layer is refused. */
export function refusalOf(layer: OneLayer, options: ReadOptions = {}): string {
  return readOneLayer(layer, options).diagnostics.join('\n');
}
