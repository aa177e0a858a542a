import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import {
  readCaffemodel,
  type ReadWeights,
} from '../../compiler/weights/caffemodel-reader.js';
import { headOf } from '../../compiler/weights/foreign-file.js';
import { readSafetensors } from '../../compiler/weights/safetensors-reader.js';
import {
  formByContent,
  formByName,
  formText,
  type WeightForm,
} from '../../compiler/weights/weight-form.js';

import { openFile } from '../file-source.js';
import { readHdf5Weights } from './hdf5-weights.js';
import { readNpzWeights } from './npz-weights.js';

/** A weight file that is open until its values have been read. */
export interface OpenWeightFile extends ReadWeights {
  readonly form: WeightForm;
  readonly close: () => void;
}

/**
 * Opens a weight file of any form. The form is told by the content, with a warning where
 * the name says another.
 */
export function openWeightFile(path: string): OpenWeightFile {
  const source = openFile(path);
  const form = formByContent(headOf(source));
  const { file, diagnostics, close } = read(source, form);
  // What no reader takes has its own diagnostic, and may be of the named form.
  const warning = file === undefined ? [] : nameWarning(path, form);
  return { form, file, close, diagnostics: [...warning, ...diagnostics] };
}

function read(
  source: ReturnType<typeof openFile>,
  form: WeightForm,
): ReadWeights & { readonly close: () => void } {
  switch (form) {
    case 'hdf5':
      // The library reads the file by itself.
      source.close();
      return readHdf5Weights(source.name);
    case 'npz':
      return { ...readNpzWeights(source), close: source.close };
    case 'safetensors':
      return { ...readSafetensors(source), close: source.close };
    case 'caffemodel':
      return { ...readCaffemodel(source), close: source.close };
  }
}

function nameWarning(path: string, form: WeightForm): readonly Diagnostic[] {
  const named = formByName(path);
  return named === undefined || named === form
    ? []
    : [diagnostic('weights/other-form', { file: path, what: formText[form] })];
}
