import { error, warning } from './rule.js';

/** Sources of data, and what they hold. */
export const dataRules = {
  'data/source-missing': warning<{
    layer: string;
    source: string;
    taken: string;
  }>(
    (f) =>
      `layer '${f.layer}' takes its shape from '${f.source}', which is not opened when compiling; ${f.taken} (--input-shape says otherwise)`,
  ),
  'data/shape-unknown': error<{
    layer: string;
    source: string;
    top: string;
    shape: string;
  }>(
    (f) =>
      `the shape of '${f.top}' stands in '${f.source}' alone, which is not opened when compiling; give it by --input-shape ${f.top}=${f.shape}`,
  ),
  'data/not-written': warning<{ layer: string; file: string }>(
    (f) =>
      `what layer '${f.layer}' writes to '${f.file}' in Caffe is not written`,
  ),
  'data/mean-file': error<{ file: string; problem: string }>(
    (f) => `the mean '${f.file}' ${f.problem}`,
  ),
  'data/transform-refused': error<{ reason: string }>(
    (f) => `transform_param: ${f.reason}`,
  ),
  'data/transform-misfit': error<{ reason: string }>(
    (f) => `transform_param does not fit the images: ${f.reason}`,
  ),
};
