/**
 * The machine lacks something (a compiler, disk space, the native library): neither
 * rancc's fault nor its input's. The command line prints both parts and ends with status 3.
 */
export class EnvironmentFailure extends Error {
  override readonly name = 'EnvironmentFailure';

  /** What the user does about it, with the command where there is one. */
  readonly cure: string;

  constructor(message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.cure = cure;
  }
}

/** The `code` of a system error (`ENOSPC`), if `thrown` is one. */
export function systemErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

const meanings: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: [
    'the disk is full',
    'free some space, or set XDG_CACHE_HOME to a folder on a larger disk',
  ],
  EDQUOT: [
    'your disk quota is used up',
    'free some space, or set XDG_CACHE_HOME to a folder on another disk',
  ],
  EACCES: [
    'a folder may not be written',
    'give yourself the right to write there, or set XDG_CACHE_HOME to a folder of your own',
  ],
  EPERM: [
    'a folder may not be written',
    'give yourself the right to write there, or set XDG_CACHE_HOME to a folder of your own',
  ],
  EROFS: [
    'the file system may only be read',
    'set XDG_CACHE_HOME to a folder that may be written',
  ],
  ENOTDIR: [
    'a file stands where a folder is needed',
    'move that file away, or set XDG_CACHE_HOME to another folder',
  ],
};

/** System errors that the user can mend become an EnvironmentFailure; all else stays. */
export function asEnvironmentFailure(thrown: unknown, doing: string): unknown {
  const meaning = meanings[systemErrorCode(thrown) ?? ''];
  if (!(thrown instanceof Error) || meaning === undefined) return thrown;
  const [what, cure] = meaning;
  return new EnvironmentFailure(
    `${doing}: ${what} (${thrown.message})`,
    `${cure}, then run the set-up again`,
    { cause: thrown },
  );
}
