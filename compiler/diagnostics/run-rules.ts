import { error, shapeText } from './rule.js';

/** What a run is given. */
export const runRules = {
  'run/unknown-blob': error<{ blob: string; net: string }>(
    (f) => `${f.net} has no blob '${f.blob}'`,
  ),
  'run/unknown-input': error<{ input: string }>(
    (f) => `'${f.input}' is no input of the net`,
  ),
  'run/missing-input': error<{ input: string; shape: readonly number[] }>(
    (f) =>
      `the net's input '${f.input}' (${shapeText(f.shape)}) gets no values`,
  ),
  'run/input-records': error<{
    input: string;
    file: string;
    records: number;
    batch: number;
  }>(
    (f) =>
      `${f.file} has ${f.records} records for '${f.input}', which is no multiple of its batch_size, ${f.batch}`,
  ),
  'run/unequal-records': error<{
    layer: string;
    input: string;
    records: number;
    other: string;
    otherRecords: number;
  }>(
    (f) =>
      `layer '${f.layer}' gets ${f.records} records for '${f.input}' and ${f.otherRecords} for '${f.other}'`,
  ),
  'run/input-shape': error<{
    input: string;
    file: string;
    found: readonly number[];
    shape: readonly number[];
  }>(
    (f) =>
      `${f.file} is ${shapeText(f.found)}, and the net's input '${f.input}' is ${shapeText(f.shape)}`,
  ),
};
