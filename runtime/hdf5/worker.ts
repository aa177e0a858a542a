/**
 * The thread of the HDF5 library. A damaged file may make it loop or abort; then the thread
 * is ended, and nothing else.
 */
import { workerData } from 'node:worker_threads';

import { invariant } from '../../compiler/diagnostics.js';

import { boundHeap } from './heap-bound.js';
import type * as hdf5Library from './library.js';
import type {
  Hdf5Answers,
  Hdf5Request,
  Hdf5Response,
  Hdf5ThreadData,
} from './messages.js';
import { dropConsole, keepWhatIsPrinted } from './printed.js';

const { port, signal } = workerData as Hdf5ThreadData;
const flag = new Int32Array(signal);

/** The main thread may be asleep until the signal comes, with the response before it. */
function respond(response: Hdf5Response, moved: ArrayBuffer[] = []): void {
  port.postMessage(response, moved);
  Atomics.add(flag, 0, 1);
  Atomics.notify(flag, 0);
}

const failed = (thrown: unknown, isFatal: boolean): Hdf5Response => ({
  kind: 'failed',
  problem: thrown instanceof Error ? thrown.message : String(thrown),
  isFatal,
});

type Library = typeof hdf5Library;

/** What cannot be loaded must be told, too: the main thread sleeps until it is. */
async function load(): Promise<Library | undefined> {
  try {
    // Before the library is there, which takes hold of all three when it loads.
    keepWhatIsPrinted();
    dropConsole();
    boundHeap();
    const library = await import('./library.js');
    await library.loadLibrary();
    return library;
  } catch (thrown) {
    respond(failed(thrown, true));
    return undefined;
  }
}

const files = new Map<number, hdf5Library.LibraryFile>();
let lastFile = 0;

function open(library: Library, path: string, mode: 'r' | 'w'): number {
  files.set(++lastFile, new library.LibraryFile(path, mode));
  return lastFile;
}

function fileOf(id: number): hdf5Library.LibraryFile {
  const file = files.get(id);
  invariant(file !== undefined, `no HDF5 file ${id} is open`);
  return file;
}

function answer(
  library: Library,
  request: Hdf5Request,
): Hdf5Answers[keyof Hdf5Answers] {
  switch (request.kind) {
    case 'open':
      return open(library, request.path, 'r');
    case 'create':
      return open(library, request.path, 'w');
    case 'nodes':
      return fileOf(request.file).nodes();
    case 'read':
      return fileOf(request.file).read(request.path);
    case 'read-text':
      return fileOf(request.file).readText(request.path);
    case 'make-group':
      fileOf(request.file).makeGroup(request.path);
      return undefined;
    case 'make-dataset': {
      const { file, path, shape, data } = request;
      fileOf(file).makeDataset(path, shape, data);
      return undefined;
    }
    case 'close': {
      const file = fileOf(request.file);
      files.delete(request.file);
      file.close();
      return undefined;
    }
  }
}

const library = await load();
if (library !== undefined) {
  port.on('message', (request: Hdf5Request) => {
    try {
      const found = answer(library, request);
      const moved =
        ArrayBuffer.isView(found) && found.buffer instanceof ArrayBuffer
          ? [found.buffer]
          : [];
      respond({ kind: 'done', answer: found }, moved);
    } catch (thrown) {
      respond(failed(thrown, !(thrown instanceof library.Hdf5Refusal)));
    }
  });
  respond({ kind: 'ready' });
}
