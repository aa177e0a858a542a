import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { addonFolder, bindingName, heldStderrName } from './addons.js';
import type { BindingPackage } from './binding.js';
import { sha256OfFile } from './cache.js';
import { type Installed, installedName } from './status.js';

/** Makes `path` a symbolic link to `target` in one step, whatever stood there. */
async function link(target: string, path: string): Promise<void> {
  const current = await readlink(path).catch(() => undefined);
  if (current === target) return;
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await rm(beside, { force: true });
  await symlink(target, beside);
  const old = await lstat(path).catch(() => undefined);
  // A link cannot be renamed over a folder.
  if (old?.isDirectory() === true) await rm(path, { recursive: true });
  await rename(beside, path);
}

/**
 * Addons are copied: Node resolves links before it loads an addon, and `$ORIGIN` in a
 * linked one would be the cache. A new file is renamed over the old, which a running
 * process may have mapped.
 */
async function placeAddon(from: string, path: string): Promise<void> {
  const current = await sha256OfFile(path).catch(() => undefined);
  if (current === (await sha256OfFile(from))) return;
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  await copyFile(from, beside);
  await rename(beside, path);
}

/** Puts libraries and addons where the npm package looks for them. */
export async function placeNative(
  into: BindingPackage,
  tensorflowFolder: string,
  addons: string,
  about: Omit<Installed, 'files' | 'tfjs'>,
): Promise<void> {
  const stamp = join(into.folder, installedName);
  const places: string[] = [];
  for (const name of await readdir(join(tensorflowFolder, 'lib'))) {
    const place = `deps/lib/${name}`;
    await link(join(tensorflowFolder, 'lib', name), join(into.folder, place));
    places.push(place);
  }
  // The CUDA libraries: the runpath of libtensorflow_cc.so.2 is $ORIGIN/../nvidia/*/lib.
  const nvidia = join(tensorflowFolder, 'nvidia');
  if ((await stat(nvidia).catch(() => undefined)) !== undefined) {
    await link(nvidia, join(into.folder, 'deps/nvidia'));
  } else {
    await rm(join(into.folder, 'deps/nvidia'), { force: true });
  }
  for (const name of [bindingName, heldStderrName]) {
    const place = `${addonFolder}/${name}`;
    await placeAddon(join(addons, name), join(into.folder, place));
    places.push(place);
  }

  const files = [];
  for (const path of places) {
    files.push({ path, size: (await stat(join(into.folder, path))).size });
  }
  const installed: Installed = { ...about, tfjs: into.version, files };
  const beside = `${stamp}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(installed, null, 1)}\n`);
  await rename(beside, stamp);
}
