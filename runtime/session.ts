import {
  type LoadOptions,
  requireSavedModel,
  type Session,
  startSessionThread,
  type ThreadOptions,
} from './session-thread.js';

export { deviceReport } from './native/device-report.js';
export {
  type Session,
  type SessionThread,
  startSessionThread,
} from './session-thread.js';
export type { Feed, Tensor } from './tensor.js';

export interface SessionOptions extends LoadOptions, ThreadOptions {}

/**
 * Loads a SavedModel into a session of its own thread. Calls of `run` are answered one
 * after another; the variables live until `close`.
 */
export async function openSession(
  savedModelFolder: string,
  options: SessionOptions = {},
): Promise<Session> {
  requireSavedModel(savedModelFolder);
  const thread = await startSessionThread(options);
  try {
    const session = await thread.load(savedModelFolder, options);
    return {
      run: (feeds, fetches) => session.run(feeds, fetches),
      close: () => thread.close(),
    };
  } catch (thrown) {
    await thread.close();
    throw thrown;
  }
}
