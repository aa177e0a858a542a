import fs from 'node:fs';

/** What the library prints of its errors, on the descriptor itself. */
let kept = '';

const mostKept = 1 << 16;

export const printed = (): string => kept;

export function forgetPrinted(): void {
  kept = '';
}

/**
 * Keeps what the library says of its errors, for most of its functions tell of an error in
 * no other way. It writes that to descriptor 2 by node:fs, which its thread has for itself.
 */
export function keepWhatIsPrinted(): void {
  const write = fs.writeSync.bind(fs) as (...given: unknown[]) => number;
  const keep = (target: number, ...rest: unknown[]): number => {
    const [buffer, offset, length] = rest;
    if (target !== 2 || !ArrayBuffer.isView(buffer))
      return write(target, ...rest);
    const from = typeof offset === 'number' ? offset : 0;
    const count = typeof length === 'number' ? length : buffer.byteLength;
    const bytes = new Uint8Array(
      buffer.buffer,
      buffer.byteOffset + from,
      count,
    );
    if (kept.length < mostKept) kept += new TextDecoder().decode(bytes);
    return count;
  };
  fs.writeSync = keep;
}

/**
 * Drops what the thread writes to its console: of memory that cannot be had, of objects not
 * deleted, of an abort; failures say what matters of it. What a thread prints goes to the
 * main thread as a message, and as long as nobody reads it there the process does not end.
 */
export function dropConsole(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.write = () => true;
}
