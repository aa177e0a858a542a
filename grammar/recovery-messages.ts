import type {
  IParserErrorMessageProvider,
  IRecognitionException,
  IToken,
} from 'chevrotain';

import { syntaxErrors, type SyntaxFaultCode } from './syntax-errors.js';
import { describe } from './token-names.js';

/**
 * What Chevrotain says of the mistakes it finds by itself. The rules of the parser take
 * care of all others, so these are the mistakes inside the brackets of an extension name.
 */
export const recoveryMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ actual, previous }) =>
    expectedAfter(previous, actual),
  buildNotAllInputParsedMessage: ({ firstRedundant }) =>
    syntaxErrors['text/expected-identifier']({
      expected: 'a field name',
      found: describe(firstRedundant),
    }),
  buildNoViableAltMessage: ({ previous, actual }) =>
    expectedAfter(previous, actual[0] ?? previous),
  buildEarlyExitMessage: ({ previous, actual }) =>
    expectedAfter(previous, actual[0] ?? previous),
};

function expectedAfter(previous: IToken, actual: IToken): string {
  const found = describe(actual);
  return isNameExpectedAfter(previous)
    ? syntaxErrors['text/expected-identifier']({ expected: 'a name', found })
    : syntaxErrors['text/expected-token']({ expected: "']'", found });
}

/** Whether the name of an extension must go on after `previous`. */
const isNameExpectedAfter = (previous: IToken): boolean =>
  ['[', '.', '/'].includes(previous.image);

/** The code for what one of these messages says. */
export function codeOf(exception: IRecognitionException): SyntaxFaultCode {
  const previous = (exception as { previousToken?: IToken }).previousToken;
  return previous === undefined || isNameExpectedAfter(previous)
    ? 'text/expected-identifier'
    : 'text/expected-token';
}
