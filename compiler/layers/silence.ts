import { atLeast, defineLayer, exactly } from './define-layer.js';

/**
 * Silence (silence_layer.cpp): reads its bottoms, so that they are no outputs of the net, and
 * makes nothing.
 */
export const silence = defineLayer({
  type: 'Silence',
  bottoms: atLeast(1),
  tops: exactly(0),
  takesDynamicItems: true,
  setUp: () => ({ tops: [], lower: () => [] }),
});
