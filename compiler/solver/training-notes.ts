import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { Layer, Net, Parameter } from '../net/net.js';
import type { SolverSettings } from './solver-settings.js';

/** A net without a loss has nothing to train by. */
export const lossOfNet = (net: Net): readonly Diagnostic[] =>
  net.layers.some(({ tops }) => tops.some((blob) => blob.lossWeight !== 0))
    ? []
    : [diagnostic('solver/no-loss', { net: net.name })];

const isShrunk = ({ spec, lrMult, decayMult }: Parameter): boolean =>
  spec.statistics === true && lrMult !== 0 && decayMult !== 0;

/** Moving statistics that weight decay acts on, as on any parameter. */
export function statisticsUnderDecay(
  net: Net,
  { weightDecay }: SolverSettings,
): readonly Diagnostic[] {
  if (weightDecay === 0) return [];
  return aboutLayers('solver/statistics-decay', net.layers, ({ parameters }) =>
    parameters.some(isShrunk),
  );
}

/**
 * BN layers that start with slopes of 0: nothing passes them, forward or backward.
 * `missing` are the layers that no weights were given for.
 */
export function slopesAtZero(
  net: Net,
  missing: readonly string[],
): readonly Diagnostic[] {
  const unknown = new Set(missing);
  return aboutLayers(
    'solver/slope-starts-at-zero',
    net.layers,
    ({ name, type, parameters: [slope] }) => {
      if (type !== 'BN' || slope === undefined || !unknown.has(name)) {
        return false;
      }
      const { filler } = slope.spec;
      return 'constant' in filler
        ? filler.constant === 0
        : filler.get('type') === 'constant' && filler.get('value') === 0;
    },
  );
}

/** One diagnostic for all layers that something is true of, at the first. */
function aboutLayers(
  code: 'solver/statistics-decay' | 'solver/slope-starts-at-zero',
  layers: readonly Layer[],
  isTrue: (layer: Layer) => boolean,
): readonly Diagnostic[] {
  const found = layers.filter(isTrue);
  const [first] = found;
  if (first === undefined) return [];
  const facts = { layer: first.name, layers: found.length };
  return [diagnostic(code, facts, { span: first.message.span })];
}
