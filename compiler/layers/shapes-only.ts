import { InternalError } from '../diagnostics.js';
import type { Shape } from '../ir/types.js';
import type { ParameterSpec, SetUp, SetUpContext } from './define-layer.js';

/**
 * A layer of which only the shapes are known: `summary` and `check` tell them and warn, what
 * would run it refuses it at its type.
 */
export function shapesOnly(
  context: SetUpContext,
  tops: readonly Shape[],
  parameters: readonly ParameterSpec[] = [],
): SetUp {
  const { name, message } = context;
  context.report(
    'layer/shapes-only',
    { layer: name, type: message.get('type') },
    message.spanOf('type'),
  );
  return {
    tops,
    parameters,
    lower: () => {
      throw new InternalError(`layer ${name} is known by its shapes alone`);
    },
  };
}
