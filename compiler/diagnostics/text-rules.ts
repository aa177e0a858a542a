import { error, warning } from './rule.js';

/** What the schema says of a text, beyond its syntax (see grammar/syntax-errors.ts). */
export const textRules = {
  'text/unknown-field': warning<{ message: string; field: string }>(
    (f) => `${f.message} has no field '${f.field}'`,
  ),
  'text/unknown-enum-value': warning<{ field: string; value: string }>(
    (f) => `'${f.value}' is no value of '${f.field}'`,
  ),
  'text/unknown-extension': error<{ message: string; name: string }>(
    (f) => `${f.message} has no extension '${f.name}'`,
  ),
  'text/duplicate-field': error<{ field: string }>(
    (f) => `'${f.field}' is given twice, and is not a list`,
  ),
  'text/missing-required': error<{ path: string }>(
    (f) => `'${f.path}' has to be given`,
  ),
  'text/expected-token': error<{ token: string; found: string }>(
    (f) => `expected '${f.token}', found ${f.found}`,
  ),
  'text/expected-string': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes a string in quotes, not ${f.found}`,
  ),
  'text/expected-integer': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes a whole number, not ${f.found}`,
  ),
  'text/expected-number': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes a number, not ${f.found}`,
  ),
  'text/expected-identifier': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes true or false, not ${f.found}`,
  ),
  'text/expected-enum-value': error<{ field: string; found: string }>(
    (f) =>
      `'${f.field}' takes the name of a value, without quotes, not ${f.found}`,
  ),
  'text/invalid-bool': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes true or false, not ${f.found}`,
  ),
  'text/float-not-decimal': error<{ field: string; found: string }>(
    (f) => `'${f.field}' takes a decimal number, not ${f.found}`,
  ),
  'text/integer-out-of-range': error<{
    field: string;
    found: string;
    least: bigint;
    most: bigint;
  }>(
    (f) =>
      `${f.found} is too large for '${f.field}': from ${f.least} to ${f.most}`,
  ),
};
