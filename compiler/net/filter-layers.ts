import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { Message } from '../schema/message.js';

/** What decides which layers of a net are there. */
export interface NetState {
  readonly phase: 'TRAIN' | 'TEST';
  readonly level: number;
  readonly stages: readonly string[];
}

export interface FilteredLayers {
  readonly layers: readonly Message<'LayerParameter'>[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The layers that are there in `state`, to whose stages those of the net's own `state` are
 * added: with `include` rules a layer needs one that is met, with `exclude` rules it needs
 * that none is.
 */
export function filterLayers(
  net: Message<'NetParameter'>,
  state: NetState,
): FilteredLayers {
  const stages = new Set([...net.get('state').get('stage'), ...state.stages]);
  const isMet = (rule: Message<'NetStateRule'>): boolean =>
    (!rule.has('phase') || rule.get('phase') === state.phase) &&
    (!rule.has('min_level') || state.level >= rule.get('min_level')) &&
    (!rule.has('max_level') || state.level <= rule.get('max_level')) &&
    rule.get('stage').every((stage) => stages.has(stage)) &&
    !rule.get('not_stage').some((stage) => stages.has(stage));

  const diagnostics: Diagnostic[] = [];
  const layers = net.get('layer').filter((layer) => {
    const isBoth = layer.has('include') && layer.has('exclude');
    if (isBoth) diagnostics.push(bothKinds(layer));
    return (
      // What reads its tops is no mistake of its own.
      isBoth ||
      ((!layer.has('include') || layer.get('include').some(isMet)) &&
        !layer.get('exclude').some(isMet))
    );
  });
  return { layers, diagnostics };
}

const bothKinds = (layer: Message<'LayerParameter'>): Diagnostic =>
  diagnostic(
    'net/include-and-exclude',
    { layer: layer.get('name') },
    {
      span: layer.spanOf('exclude'),
      notes: [
        {
          message: 'an include rule is here',
          span: layer.spanOf('include'),
        },
      ],
    },
  );
