import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const isSource = (from: string): boolean => from.endsWith('.ts');

const siblingUrl = (from: string, name: string): URL =>
  new URL(`./${name}.${isSource(from) ? 'ts' : 'js'}`, from);

/**
 * By its full address: a bare name would be looked up from the working directory, which is
 * any folder of the user's.
 */
const tsxUrl = (from: string, part: string): string =>
  pathToFileURL(createRequire(from).resolve(part)).href;

/**
 * Node's command line for the module `name` beside the one whose `import.meta.url` is
 * given, to run it in a process of its own, from the sources and from dist/ alike.
 */
export function siblingProcess(from: string, name: string): readonly string[] {
  const file = fileURLToPath(siblingUrl(from, name));
  return isSource(from) ? ['--import', tsxUrl(from, 'tsx'), file] : [file];
}

/**
 * The same for a Worker. There `--import tsx` has no effect on Node 20, so that from the
 * sources the thread begins with a line of JavaScript that registers tsx.
 */
export function siblingWorker(from: string, name: string): URL {
  const url = siblingUrl(from, name);
  if (!isSource(from)) return url;
  // require() names tsx's CommonJS file, whose register() looks for a file that is not there.
  const api = tsxUrl(from, 'tsx/esm/api').replace(/\.cjs$/, '.mjs');
  const code = [
    `import { register } from ${JSON.stringify(api)};`,
    'register();',
    `await import(${JSON.stringify(url.href)});`,
  ].join('\n');
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
