import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where the native files of all versions are kept, shared by every clone:
 * `$XDG_CACHE_HOME/rancc`, by default `~/.cache/rancc`.
 */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const base = environment['XDG_CACHE_HOME'];
  // The XDG specification says to ignore a relative path.
  return base !== undefined && isAbsolute(base)
    ? join(base, 'rancc')
    : join(homedir(), '.cache', 'rancc');
}

export interface CachedFile {
  /** Inside the artefact's folder. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** What a finished artefact consists of; written last, so its presence says "complete". */
export interface Manifest {
  readonly format: 1;
  /** For people: what it is made of. */
  readonly contents: Readonly<Record<string, string>>;
  readonly files: readonly CachedFile[];
}

const manifestName = 'manifest.json';

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const bytes: AsyncIterable<Buffer> = createReadStream(path, {
    highWaterMark: 1 << 20,
  });
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const text = await readFile(join(folder, manifestName), 'utf8');
    const manifest = JSON.parse(text) as Partial<Manifest>;
    return manifest.format === 1 && Array.isArray(manifest.files)
      ? (manifest as Manifest)
      : undefined;
  } catch {
    // Missing, unreadable or not JSON: there is no finished artefact here.
    return undefined;
  }
}

async function writeManifest(
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const beside = join(folder, `${manifestName}.${process.pid}`);
  await writeFile(beside, `${JSON.stringify(manifest, null, 1)}\n`);
  await rename(beside, join(folder, manifestName));
}

export type ArtefactState =
  | { readonly kind: 'good'; readonly manifest: Manifest }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Looks at a cached artefact. Hashing the better part of a gigabyte takes seconds, so a file
 * whose size and time of change are the recorded ones counts as unchanged, unless `thorough`.
 */
export async function inspectArtefact(
  folder: string,
  thorough = false,
): Promise<ArtefactState> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { kind: 'absent' };
  const files: CachedFile[] = [];
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const now = await stat(path).catch(() => undefined);
    if (now === undefined) {
      return { kind: 'damaged', reason: `${file.path} is missing` };
    }
    if (now.size !== file.size) {
      return { kind: 'damaged', reason: `${file.path} has another size` };
    }
    if (thorough || now.mtimeMs !== file.mtimeMs) {
      if ((await sha256OfFile(path)) !== file.sha256) {
        return { kind: 'damaged', reason: `${file.path} has other bytes` };
      }
    }
    files.push({ ...file, mtimeMs: now.mtimeMs });
  }
  const touched = files.some(
    (f, i) => f.mtimeMs !== manifest.files[i]?.mtimeMs,
  );
  const current = { ...manifest, files };
  if (touched) await writeManifest(folder, current);
  return { kind: 'good', manifest: current };
}

/**
 * Turns a folder that was filled beside (`partial`) into the artefact `folder`. The files'
 * hashes are those of what was written, taken while writing.
 */
export async function finishArtefact(
  partial: string,
  folder: string,
  contents: Manifest['contents'],
  written: readonly { readonly path: string; readonly sha256: string }[],
): Promise<Manifest> {
  const files: CachedFile[] = [];
  for (const { path, sha256 } of written) {
    const { size, mtimeMs } = await stat(join(partial, path));
    files.push({ path, size, mtimeMs, sha256 });
  }
  const manifest: Manifest = { format: 1, contents, files };
  await writeManifest(partial, manifest);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return manifest;
}
