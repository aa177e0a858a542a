import type { Span } from '../../grammar/source.js';

import type { Code, FactsOf, Note } from '../diagnostics.js';

/** Adds a diagnostic about the net. */
export type Report = <C extends Code>(
  code: C,
  facts: FactsOf<C>,
  span: Span,
  notes?: readonly Note[],
) => undefined;
