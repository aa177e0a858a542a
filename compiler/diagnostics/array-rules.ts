import { error } from './rule.js';

/** Files of arrays. */
export const arrayRules = {
  'array/corrupt': error<{ file: string; problem: string }>(
    (f) => `${f.file} is no array file or damaged: ${f.problem}`,
  ),
  'array/unsupported': error<{ file: string; what: string }>(
    (f) => `${f.file} has ${f.what}, which rancc does not read`,
  ),
};
