/** Finds the redis-server that the tests compare the simulated one with. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian asks this program before a package's service is started; 101 means no. */
const servicePolicy = '/usr/sbin/policy-rc.d';

/**
 * REDIS_SERVER, else an installed redis-server.
 * @returns {string | undefined} path of the program
 */
export function findRedisServer() {
  const named = process.env['REDIS_SERVER'];
  if (named) {
    if (!isProgram(named))
      throw new Error(`REDIS_SERVER names ${named}, which is no program that can be run.`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'redis-server')).find(isProgram);
}

/**
 * Like findRedisServer, but on Debian, and as root, it installs Debian's when there is none, and starts no service.
 * Without it the tests that need it are skipped, and say so.
 * @returns {string | undefined}
 */
export function ensureRedisServer() {
  const found = findRedisServer();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('No redis-server found; installing it (apt-get), without its service …');
    installWithoutService();
    const installed = findRedisServer();
    if (installed) return installed;
  }
  console.log(
    'No redis-server found: the tests that compare the simulated Redis with a real one are skipped. To run them, install\n' +
      'it (Debian: apt-get install redis-server; macOS: brew install redis), or set REDIS_SERVER to the program.',
  );
  return undefined;
}

function installWithoutService() {
  const ours = !existsSync(servicePolicy);
  if (ours) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
    ]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    }
  } finally {
    if (ours) rmSync(servicePolicy, { force: true });
  }
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
