import type { WriteStream } from 'node:tty';

import type { Output } from './report/plain.js';

const isSet = (name: string): boolean => (process.env[name] ?? '') !== '';

/** Whether frames may be redrawn: on a terminal where a person looks. */
export const isLive = (stream: WriteStream): boolean =>
  stream.isTTY && !isSet('CI') && process.env['TERM'] !== 'dumb';

/** Streams are no terminals when `isTTY` is undefined, whatever their type says. */
export const outputOf = (stream: WriteStream): Output => ({
  write: (text) => {
    stream.write(text);
  },
  colour: isLive(stream) && !isSet('NO_COLOR'),
  width: stream.isTTY ? stream.columns : undefined,
});
