import {
  type ReadSolverState,
  readSolverState,
} from '../../compiler/weights/solverstate-reader.js';

import { openFile } from '../file-source.js';
import { type OpenHdf5State, readHdf5State } from './solverstate-hdf5.js';

const hdf5Signature = [0x89, 0x48, 0x44, 0x46];

/**
 * Opens a solver state of either form, told by its content; the history is read when it is
 * asked for, until `close`.
 */
export function openSolverState(path: string): OpenHdf5State {
  const source = openFile(path);
  const head = new Uint8Array(hdf5Signature.length);
  source.readInto(head, 0);
  if (hdf5Signature.every((byte, at) => head[at] === byte)) {
    // The library reads the file by itself.
    source.close();
    return readHdf5State(path);
  }
  const read: ReadSolverState = readSolverState(source);
  return { ...read, close: source.close };
}
