import { invariant } from '../diagnostics.js';

/** The place that an axis of Caffe's order has taken. */
export const axisWent = (axisOf: readonly number[], axis: number): number => {
  const place = axisOf[axis];
  invariant(place !== undefined, `axis ${axis} has no place`);
  return place;
};
