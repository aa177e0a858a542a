import { error, warning } from './rule.js';

/** Kinds, ages and dialects of files. */
export const schemaRules = {
  'schema/mixed-layers': error<Record<never, never>>(
    () => `the net has both 'layer' and the old 'layers'; one form is allowed`,
  ),
  'schema/v0-unknown-type': error<{ layer: string; type: string }>(
    (f) => `layer '${f.layer}' in V0 form is of the unknown type '${f.type}'`,
  ),
  'schema/v0-field-dropped': warning<{
    layer: string;
    type: string;
    field: string;
  }>(
    (f) =>
      `'${f.field}' of layer '${f.layer}' is left out: ${f.type} layers do not have it`,
  ),
  'schema/v0-padding': error<{ layer: string; type: string }>(
    (f) =>
      `layer '${f.layer}' (${f.type}) reads a padding layer; only conv and pool layers with one bottom can`,
  ),
  'schema/two-solver-types': error<Record<never, never>>(
    () => `the solver has both 'type' and the old 'solver_type'`,
  ),
  'schema/input-without-shape': error<{ input: string; field: string }>(
    (f) =>
      `the input '${f.input}' has no ${f.field}: there are too few of them`,
  ),
  'schema/wrong-kind': error<{ wanted: string; found: string | undefined }>(
    (f) =>
      f.found === undefined
        ? `this is no ${f.wanted}: none of its fields is one of Caffe's`
        : `this is a ${f.found}, not a ${f.wanted}`,
  ),
  'schema/other-dialect': warning<{
    /** What is not there, as a sentence. */
    what: string;
    dialect: string;
    owners: string;
  }>(
    (f) =>
      `${f.what} in the dialect ${f.dialect}; it is taken as that of ${f.owners}`,
  ),
  'schema/foreign-field': warning<{
    field: string;
    owners: readonly string[];
  }>(
    (f) =>
      `the net has '${f.field}' of ${f.owners.join(', ')}, which plays no part here`,
  ),
  'schema/dialects-disagree': warning<{
    layer: string;
    type: string;
    /** What it is to whom. */
    readings: readonly string[];
    taken: string;
  }>(
    (f) =>
      `forks disagree about ${f.type} layers such as '${f.layer}': ${f.readings.join(', or ')}; ${f.taken} is taken`,
  ),
};
