/** Builds the site when it is missing or older than what it is made of. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run, tool } from './packages.mjs';
import { dist, top } from './places.mjs';

const sources = ['lab', 'engine', 'exercises', 'quiz', 'docs', 'package-lock.json', 'vite.config.ts'];
const notBuilt = /(^|[\\/])e2e$|\.test\.ts$/;

/** @returns {Promise<number>} exit code of the build */
export const build = () => run(...tool('vite/bin/vite.js', 'build'));

/** The site is there, and no older than what it is made of. */
export const isBuilt = () => builtAt() > newest(sources.map((name) => join(top, name)));

export async function ensureBuild() {
  if (isBuilt()) return;
  console.log('Building the site …');
  if ((await build()) === 0) return;
  console.error('\nThe build failed; the messages are above.');
  process.exit(1);
}

const builtAt = () => statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * The time of the last change in files and folders; a folder's own time tells of a file removed from it.
 * @param {string[]} paths
 * @returns {number}
 */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || notBuilt.test(path)) continue;
    latest = Math.max(latest, found.mtimeMs);
    if (found.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}
