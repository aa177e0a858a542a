import type { Diagnostic } from '../compiler/diagnostics.js';

/** What `check` and `summary` only warn of: they tell of a net as far as it is known. */
const lenient: ReadonlySet<string> = new Set([
  'net/unknown-layer-type',
  'layer/unknown-option',
  'layer/foreign-option',
]);

export const leniently = (
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] =>
  withReasons(diagnostics).map((found) =>
    lenient.has(found.code) ? { ...found, severity: 'warning' } : found,
  );

/** Layers of Caffe that read data or judge results, which nets for training have. */
const trainingLayers =
  /^"?(Data|ImageData|HDF5Data|HDF5Output|MemoryData|WindowData|DummyData|Accuracy|\w*Loss)"?$/;

/** Says of layers that only nets for training have, how such a net is used here. */
export const withReasons = (
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] =>
  diagnostics.map((found) => {
    const { span } = found;
    if (found.code !== 'net/unknown-layer-type' || span === undefined) {
      return found;
    }
    const type = span.source.text.slice(span.start, span.end);
    if (!trainingLayers.test(type)) return found;
    return {
      ...found,
      notes: [
        ...found.notes,
        {
          message:
            'layers that read data or compute a loss are not supported yet; a deploy net has an Input layer in their place',
        },
      ],
    };
  });
