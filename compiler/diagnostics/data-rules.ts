import { error, shapeText, warning } from './rule.js';

/** Sources of data, and what they hold. */
export const dataRules = {
  'data/source-missing': warning<{
    layer: string;
    source: string;
    taken: string;
  }>(
    (f) =>
      `layer '${f.layer}' takes its shape from '${f.source}', which was not read; ${f.taken} (--input-shape says otherwise)`,
  ),
  'data/shape-unknown': error<{
    layer: string;
    source: string;
    top: string;
    shape: string;
  }>(
    (f) =>
      `the shape of '${f.top}' stands in '${f.source}' alone, which was not read; give it by --input-shape ${f.top}=${f.shape}`,
  ),
  'data/not-written': warning<{ layer: string; file: string }>(
    (f) =>
      `what layer '${f.layer}' writes to '${f.file}' is written by 'run' alone, not by the graph`,
  ),
  'data/not-writable': error<{ layer: string; file: string; problem: string }>(
    (f) => `layer '${f.layer}' cannot write '${f.file}': ${f.problem}`,
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
  'data/mean-by-channel': warning<{
    file: string;
    mean: readonly number[];
    image: readonly number[];
  }>(
    (f) =>
      `the mean '${f.file}' (${shapeText(f.mean)}) is of another size than the images (${shapeText(f.image)}): the mean of each channel is taken`,
  ),
  'data/unreadable-image': error<{ file: string; problem: string }>(
    (f) => `${f.file}: ${f.problem}`,
  ),
  'data/label-count': error<{ file: string; labels: number; classes: number }>(
    (f) => `'${f.file}' has ${f.labels} labels for ${f.classes} classes`,
  ),
  'data/no-image-input': error<{ net: string; inputs: readonly string[] }>(
    (f) =>
      `${f.net} has no single input for images (N x 1 or 3 x H x W) but ${f.inputs.length === 0 ? 'none' : f.inputs.join(', ')}`,
  ),
  'data/no-scores': error<{ net: string; blobs: readonly string[] }>(
    (f) =>
      `${f.net} has no single output with a score for each class, but ${f.blobs.join(', ')}`,
  ),
  'data/source-unreadable': error<{
    layer: string;
    source: string;
    problem: string;
  }>((f) => `layer '${f.layer}' cannot read '${f.source}': ${f.problem}`),
};
