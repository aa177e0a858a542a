import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { readArrayName } from './array-names.js';
import { assembleLayers, type FoundArray } from './assemble-layers.js';
import { readRuns } from './blob-data.js';
import type { ByteSource } from './byte-source.js';
import type { ReadWeights } from './caffemodel-reader.js';
import { type NumberFormat, widthOf } from './number-format.js';
import {
  readSafetensorsHeader,
  type TensorEntry,
} from './safetensors-header.js';
import { unnamedArrays } from './unnamed-arrays.js';
import { countOf, type WeightBlob } from './weight-file.js';
import { formText } from './weight-form.js';
import { metadataName, readMetadata } from './weight-metadata.js';

const formats: Readonly<Record<string, NumberFormat>> = {
  F32: 'float32',
  F64: 'float64',
  F16: 'float16',
  BF16: 'bfloat16',
};

/** Indexes a safetensors file; the values of a tensor are read when they are asked for. */
export function readSafetensors(source: ByteSource): ReadWeights {
  const file = source.name;
  const refused = (...diagnostics: Diagnostic[]): ReadWeights => ({
    file: undefined,
    diagnostics,
  });
  const what = formText.safetensors;
  const read = readSafetensorsHeader(source);
  if ('problem' in read)
    return refused(
      diagnostic('weights/damaged', { file, what, problem: read.problem }),
    );
  const { tensors, metadata } = read.header;
  const arrays: FoundArray[] = [];
  const unnamed: string[] = [];
  for (const tensor of tensors) {
    const name = readArrayName(tensor.name);
    if (name === undefined) {
      unnamed.push(tensor.name);
      continue;
    }
    const format = formats[tensor.dtype];
    if (format === undefined)
      return refused(
        diagnostic('weights/unreadable', {
          file,
          what,
          problem: `'${tensor.name}' is of ${tensor.dtype}; F32, F64, F16 and BF16 are read`,
        }),
      );
    arrays.push({ ...name, blob: tensorBlob(source, tensor, format) });
  }
  const problem = unnamedArrays(file, what, arrays, unnamed);
  if (problem.some(({ severity }) => severity === 'error'))
    return refused(...problem);
  const about = readMetadata(metadata.get(metadataName) ?? '');
  return {
    file: {
      path: file,
      name: about?.name ?? '',
      format: 'safetensors',
      layers: assembleLayers(arrays, about),
    },
    diagnostics: problem,
  };
}

function tensorBlob(
  source: ByteSource,
  { offset, shape }: TensorEntry,
  format: NumberFormat,
): WeightBlob {
  const count = countOf(shape);
  const stride = widthOf[format];
  return {
    shape,
    storedAs: 'shape',
    count,
    format,
    read: () => readRuns(source, [{ offset, count, stride, format }]),
  };
}
