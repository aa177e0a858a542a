import type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';
import type { Span } from '../grammar/source.js';

export type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';

interface Rule<Facts> {
  readonly severity: Severity;
  readonly message: (facts: Facts) => string;
}

const error = <Facts>(message: (facts: Facts) => string): Rule<Facts> => ({
  severity: 'error',
  message,
});
const warning = <Facts>(message: (facts: Facts) => string): Rule<Facts> => ({
  severity: 'warning',
  message,
});

const shapeText = (shape: readonly (number | string)[]): string =>
  shape.length === 0 ? 'scalar' : shape.join('x');

/**
 * Every diagnostic beyond the syntax of text (see grammar/syntax-errors.ts), by stage. A new
 * code is one entry here; the parameters of its message are typed.
 */
export const rules = {
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
  'solver/no-net': error<Record<never, never>>(
    () =>
      `the solver names no net to train: give net, train_net, net_param or train_net_param`,
  ),
  'solver/two-train-nets': error<{ first: string; second: string }>(
    (f) =>
      `the solver has ${f.first} and ${f.second}; only one of them can be trained`,
  ),
  'solver/net-file-missing': error<{ field: string; file: string }>(
    (f) => `there is no file '${f.file}', which '${f.field}' names`,
  ),
  'solver/test-iter-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_iter for ${f.nets} test nets; give one for each`,
  ),
  'solver/test-state-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_state for ${f.nets} test nets; give one for each, or none`,
  ),
  'net/include-and-exclude': error<{ layer: string }>(
    (f) =>
      `layer '${f.layer}' has include and exclude rules; only one kind is allowed`,
  ),
  'net/unknown-bottom': error<{ layer: string; bottom: string }>(
    (f) => `layer '${f.layer}' reads '${f.bottom}', which no layer above makes`,
  ),
  'net/unknown-layer-type': error<{
    layer: string;
    type: string;
    /** One of Caffe's or a fork's that rancc does not compile. */
    isCaffes: boolean;
    /** That are of this type. */
    layers: number;
  }>((f) =>
    f.isCaffes
      ? `layer '${f.layer}' is of the type '${f.type}', which is not supported${f.layers === 1 ? '' : ` (${f.layers} layers are of it)`}`
      : `layer '${f.layer}' is of the unknown type '${f.type}'${f.layers === 1 ? '' : ` (${f.layers} layers are)`}`,
  ),
  'net/unknown-filler': error<{ layer: string; type: string }>(
    (f) => `layer '${f.layer}' has a filler of the unknown type '${f.type}'`,
  ),
  'net/filler-shape': error<{
    layer: string;
    type: string;
    shape: readonly number[];
  }>(
    (f) =>
      `layer '${f.layer}' has a ${f.type} filler, which is for square filters of four axes, not ${shapeText(f.shape)}`,
  ),
  'net/blob-count': error<{
    layer: string;
    type: string;
    side: 'bottom' | 'top';
    found: number;
    wanted: string;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.found} ${f.side}${f.found === 1 ? '' : 's'}; ${f.type} takes ${f.wanted}`,
  ),
  'net/duplicate-top': error<{ layer: string; top: string }>(
    (f) =>
      `layer '${f.layer}' makes '${f.top}' again (only a layer that alone reads a blob may overwrite it)`,
  ),
  'net/list-count': error<{
    layer: string;
    field: 'loss_weight' | 'propagate_down';
    written: number;
    side: 'bottom' | 'top';
    blobs: number;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.written} of '${f.field}' for ${f.blobs} ${f.side}s; give one for each, or none`,
  ),
  'net/too-many-params': error<{
    layer: string;
    written: number;
    blobs: number;
  }>(
    (f) =>
      `layer '${f.layer}' has ${f.written} param blocks for ${f.blobs} blobs`,
  ),
  'net/shared-shape': error<{
    param: string;
    layer: string;
    shape: readonly number[];
    owner: string;
    ownerShape: readonly number[];
  }>(
    (f) =>
      `param '${f.param}' is ${shapeText(f.shape)} in layer '${f.layer}' and ${shapeText(f.ownerShape)} in '${f.owner}'`,
  ),
  'net/shared-multiplier': error<{
    param: string;
    field: string;
    value: number;
    first: number;
  }>(
    (f) =>
      `param '${f.param}' is shared, with ${f.field} ${f.value} here and ${f.first} before`,
  ),
  'layer/refused': error<{ layer: string; type: string; reason: string }>(
    (f) => `${f.type} layer '${f.layer}': ${f.reason}`,
  ),
  'layer/unknown-option': error<{
    layer: string;
    kind: 'field' | 'value';
    name: string;
  }>((f) =>
    f.kind === 'field'
      ? `layer '${f.layer}' has the unknown option '${f.name}', which may change what it does`
      : `layer '${f.layer}' has an unknown value for '${f.name}', which may change what it does`,
  ),
  'layer/foreign-option': error<{
    layer: string;
    option: string;
    owners: readonly string[];
  }>(
    (f) =>
      `layer '${f.layer}' has the option '${f.option}' of ${f.owners.join(', ')}, which is not supported`,
  ),
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
  'weights/shape-mismatch': error<{
    layer: string;
    blob: number;
    file: readonly number[];
    net: readonly (number | string)[];
  }>(
    (f) =>
      `blob ${f.blob} of layer '${f.layer}' is ${shapeText(f.file)} in the file and ${shapeText(f.net)} in the net`,
  ),
  'weights/missing-layer': warning<{ layer: string }>(
    (f) =>
      `the weight file has no layer '${f.layer}'; its parameters keep their fillers' values`,
  ),
  'weights/foreign-file': error<{ file: string; what: string }>(
    (f) => `${f.file} is no caffemodel but ${f.what}`,
  ),
  'weights/corrupt': error<{
    file: string;
    offset: number;
    /** In or after which layer. */
    place: string | undefined;
    problem: string;
  }>(
    (f) =>
      `${f.file} is damaged or no caffemodel: at byte ${f.offset}${f.place === undefined ? '' : ` (${f.place})`} ${f.problem}`,
  ),
  'weights/no-layers': error<{ file: string }>(
    (f) => `${f.file} has no layers; it is cut off or no caffemodel`,
  ),
  'weights/mixed-versions': warning<{ file: string; ignored: number }>(
    (f) =>
      `${f.file} has old 'layers' and ${f.ignored} of today's 'layer'; as in Caffe the latter are ignored`,
  ),
  'weights/data-count': error<{
    file: string;
    offset: number;
    layer: string;
    blob: number;
    shape: readonly number[];
    values: number;
  }>(
    (f) =>
      `${f.file}: blob ${f.blob} of layer '${f.layer}' (at byte ${f.offset}) has ${f.values} values for the shape ${shapeText(f.shape)}`,
  ),
  'weights/foreign-data': error<{
    file: string;
    layer: string;
    blob: number;
    field: string;
  }>(
    (f) =>
      `${f.file}: blob ${f.blob} of layer '${f.layer}' keeps its values in the field '${f.field}' of another fork, which cannot be read`,
  ),
  'array/corrupt': error<{ file: string; problem: string }>(
    (f) => `${f.file} is no array file or damaged: ${f.problem}`,
  ),
  'array/unsupported': error<{ file: string; what: string }>(
    (f) => `${f.file} has ${f.what}, which rancc does not read`,
  ),
  'weights/other-form': warning<{ file: string; what: string }>(
    (f) => `${f.file} is ${f.what}, whatever its name says; it is read as that`,
  ),
  'weights/damaged': error<{ file: string; what: string; problem: string }>(
    (f) => `${f.file} is ${f.what}, but damaged: ${f.problem}`,
  ),
  'weights/unreadable': error<{ file: string; what: string; problem: string }>(
    (f) =>
      `${f.file} is ${f.what} that cannot be read as weights: ${f.problem}`,
  ),
  'weights/array-names': warning<{
    file: string;
    names: readonly string[];
    more: number;
  }>(
    (f) =>
      `${f.file} has arrays whose names tell no layer and blob (as conv1/0 or conv1.weight do); they are ignored: ${f.names.join(', ')}${f.more > 0 ? ` and ${f.more} more` : ''}`,
  ),
  'weights/repeated-layer': warning<{ layer: string }>(
    (f) =>
      `the weights have several layers '${f.layer}'; this form of file holds one of a name, and the last is written, which Caffe would take`,
  ),
  'weights/left-out-blob': error<{ layer: string; blob: number }>(
    (f) =>
      `layer '${f.layer}' lacks blob ${f.blob}, which it shares with another layer; HDF5 does not say with which, so that no caffemodel can be made of it`,
  ),
  'weights/too-large': error<{ file: string; bytes: number }>(
    (f) =>
      `${f.file} would have ${f.bytes} bytes; protobuf, and so Caffe, reads no caffemodel of 2 GiB or more`,
  ),
  'weights/hdf5-slash': warning<{ file: string; layer: string; count: number }>(
    (f) =>
      `${f.file}: the names of ${f.count} layers have slashes ('${f.layer}'), which are groups within groups in HDF5; Caffe can neither write nor load such a file, rancc and others read it`,
  ),
  'weights/hdf5-name': error<{ layer: string; problem: string }>(
    (f) => `layer '${f.layer}' cannot be written as HDF5: ${f.problem}`,
  ),
  'weights/old-shapes': warning<{ file: string; layer: string; count: number }>(
    (f) =>
      `${f.file}: the shapes of ${f.count} blobs are the four numbers of an old file (layer '${f.layer}'), of which their type does not tell today's; Caffe compares them with the net's in full`,
  ),
  'weights/blob-number': error<{ layer: string; file: number; net: number }>(
    (f) =>
      `layer '${f.layer}' has ${f.file} blobs in the weight file and ${f.net} in the net`,
  ),
  'weights/bad-golden': error<{ file: string; problem: string }>(
    (f) => `${f.file} is no golden: ${f.problem}`,
  ),
  'weights/no-formula': error<{
    layer: string;
    type: string;
    blob: number;
  }>(
    (f) =>
      `the formula of the goldens has no values for blob ${f.blob} of layer '${f.layer}' of type ${f.type}`,
  ),
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
  'run/input-shape': error<{
    input: string;
    file: string;
    found: readonly number[];
    shape: readonly number[];
  }>(
    (f) =>
      `${f.file} is ${shapeText(f.found)}, and the net's input '${f.input}' is ${shapeText(f.shape)}`,
  ),
} satisfies Record<string, Rule<never>>;

export type Code = keyof typeof rules;
export type FactsOf<C extends Code> = Parameters<
  (typeof rules)[C]['message']
>[0];

export interface Place {
  readonly span?: Span | undefined;
  readonly notes?: readonly Note[];
}

/** Makes the diagnostic `code` of the table with its message filled in. */
export function diagnostic<C extends Code>(
  code: C,
  facts: FactsOf<C>,
  place: Place = {},
): Diagnostic {
  const rule = rules[code] as unknown as Rule<FactsOf<C>>;
  return {
    code,
    severity: rule.severity,
    message: rule.message(facts),
    span: place.span,
    notes: place.notes ?? [],
  };
}

export const isError = (found: Diagnostic): boolean =>
  found.severity === 'error';

/** A fault in rancc itself, never in its input. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Says that `condition` cannot be false unless rancc has a fault. */
export function invariant(
  condition: unknown,
  message: string,
): asserts condition {
  if (!condition) throw new InternalError(message);
}
