/** Where a set-up tells what it does. */
export interface Progress {
  /** A stage that takes a while; `update` gets bytes (or any other count). */
  begin(title: string): Stage;
  /** A fact worth a line. */
  note(text: string): void;
}

export interface Stage {
  update(done: number, total: number): void;
  end(): void;
}

export const silentProgress: Progress = {
  begin: () => ({ update: () => undefined, end: () => undefined }),
  note: () => undefined,
};

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

const partText = (done: number, total: number): string =>
  total > 0
    ? `${Math.floor((100 * Math.min(done, total)) / total)} % of ${megabytes(total)}`
    : megabytes(done);

/**
 * On a terminal one line that is rewritten; into a file or a CI log a line where a stage
 * begins, one every ten seconds, and one where it ends.
 */
export function printedProgress(
  output: Output,
  now: () => number = Date.now,
): Progress {
  const live = output.isTTY === true;
  const quiet = live ? 100 : 10_000;
  return {
    note: (text) => {
      output.write(`${text}\n`);
    },
    begin: (title) => {
      const start = now();
      let last = live ? 0 : start;
      if (!live) output.write(`${title} ...\n`);
      else output.write(`\r\x1b[K${title} ...`);
      return {
        update: (done, total) => {
          if (now() - last < quiet) return;
          last = now();
          const line = `${title}: ${partText(done, total)}`;
          output.write(live ? `\r\x1b[K${line}` : `${line}\n`);
        },
        end: () => {
          const seconds = ((now() - start) / 1000).toFixed(1);
          output.write(
            `${live ? '\r\x1b[K' : ''}${title}: done in ${seconds} s\n`,
          );
        },
      };
    },
  };
}
