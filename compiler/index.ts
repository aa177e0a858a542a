/**
 * The public interface of rancc: what programs may rely on. It opens no files and loads no
 * native library: texts go in, values come out.
 */
export type { Diagnostic, Note, Severity } from '../grammar/diagnostic.js';
export { parse, type Parsed } from '../grammar/parse.js';
export {
  type Position,
  positionAt,
  type Source,
  type Span,
} from '../grammar/source.js';
export { renderDiagnostic } from './code-frame.js';
export {
  compile,
  type Compiled,
  type CompileOptions,
  type Model,
} from './compile.js';
export { isError } from './diagnostics.js';
export type { Net } from './net/net.js';
export { type ReadNet, readNet, type ReadOptions } from './read-net.js';
export {
  type LayerSummary,
  type NetSummary,
  summarizeNet as summary,
} from './summary.js';
