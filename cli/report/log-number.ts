import { generalText } from '../../compiler/schema/to-text.js';

/** A float as a C++ stream prints it, with six digits; what is no number as `nan` or `inf`. */
export function logNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return generalText(value, 6);
  return value > 0 ? 'inf' : '-inf';
}
