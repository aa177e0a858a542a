import { InternalError } from '../diagnostics.js';
import type {
  Graph,
  GraphFunction,
  Op,
  Stage,
  Value,
  Variable,
} from './graph.js';
import { printFunction } from './printer.js';
import { sameType } from './types.js';

/** What is wrong with an op at its place; undefined where nothing is. */
function faultOf(
  op: Op,
  stage: Stage,
  defined: ReadonlySet<Value>,
): string | undefined {
  if (!op.definition.stages.includes(stage)) {
    return `${op.definition.name} may not stand in the ${stage} graph`;
  }
  const unknown = op.inputs.findIndex((input) => !defined.has(input));
  if (unknown !== -1) return `input ${unknown} is not defined before`;
  if (op.outputs.some((output) => defined.has(output))) {
    return 'an output is defined twice';
  }
  const { format } = op.attributes as { format?: string };
  const wanted = stage === 'logical' ? 'NCHW' : 'NHWC';
  if (format !== undefined && format !== wanted) {
    return `format ${format} in the ${stage} graph`;
  }
  const types = op.definition.infer(
    op.inputs.map((input) => input.type),
    op.attributes,
  );
  const wrong = op.outputs.findIndex((output, index) => {
    const type = types[index];
    return type === undefined || !sameType(type, output.type);
  });
  return wrong === -1 && types.length === op.outputs.length
    ? undefined
    : `output ${wrong} has not the type that its rule gives`;
}

function verifyFunction(
  graph: Graph<Stage>,
  subject: GraphFunction,
  when: string,
): void {
  const fail = (fault: string): never => {
    throw new InternalError(
      `${when}: function ${subject.name} of ${graph.name}: ${fault}\n${printFunction(subject)}`,
    );
  };
  const defined = new Set(subject.inputs.map(({ value }) => value));
  const variables = new Set(graph.variables);
  for (const op of subject.ops) {
    const fault = faultOf(op, graph.stage, defined);
    if (fault !== undefined) fail(`${op.definition.name}: ${fault}`);
    const { variable } = op.attributes as { variable?: Variable };
    if (variable !== undefined && !variables.has(variable)) {
      fail(`${op.definition.name}: the graph has no such variable`);
    }
    for (const output of op.outputs) defined.add(output);
  }
  for (const { name, value } of subject.outputs) {
    if (!defined.has(value)) fail(`output ${name} is not defined`);
  }
  for (const { variable, value } of subject.stores) {
    if (!defined.has(value))
      fail(`what goes to ${variable.name} is not defined`);
    if (!variables.has(variable)) fail(`no variable ${variable.name}`);
    if (!sameType(variable.type, value.type)) {
      fail(`${variable.name} is given another type`);
    }
  }
  const names = subject.outputs.map(({ name }) => name);
  if (new Set(names).size !== names.length) fail('two outputs have one name');
}

/**
 * Throws an InternalError that shows the function where the graph breaks a rule: every value
 * defined once and before its use, types as the ops' rules give them, formats and ops of the
 * stage, variables of the graph. Runs after every pass in tests and under `--verify-ir`.
 */
export function verify(graph: Graph<Stage>, when: string): void {
  const names = graph.variables.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    throw new InternalError(`${when}: two variables have one name`);
  }
  for (const subject of graph.functions) verifyFunction(graph, subject, when);
}
