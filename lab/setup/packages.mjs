/** Brings the checkout to the point where its tools can run. Uses nothing but Node and npm. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, top } from './places.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages path in node_modules → package */

/** Ends the process with a message when this Node is too old to run the tools. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
  const wanted = String(engines.node).replace(/^>=/, '');
  const [major = 0, minor = 0] = wanted.split('.').map(Number);
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(
    `Surge Lab needs Node ${wanted} or newer; this is ${process.versions.node}.\n` +
      'Install a newer one from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

/** Installs what package-lock.json names, unless it is all there already. */
export async function ensurePackages() {
  if (packagesMatchLock()) return;
  console.log('Installing packages (npm ci) …');
  const code = await run(...npm('ci', '--no-audit', '--no-fund'));
  if (code === 0) return;
  console.error(
    '\nThe packages could not be installed. npm says above why; without a network it has to stop here.',
  );
  process.exit(1);
}

/** Compares versions, not times: a checkout of another branch may well be older than what is installed. */
function packagesMatchLock() {
  const wanted = lockOf(join(top, 'package-lock.json'));
  const installed = lockOf(join(modules, '.package-lock.json'));
  if (!wanted) throw new Error(`package-lock.json is missing in ${top}. Check it out again.`);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const have = installed[path];
    return have ? have.version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Packages | undefined}
 */
function lockOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/**
 * A command of npm, as the npm that started this script when there is one.
 * @param {...string} args
 * @returns {[string, string[]]}
 */
function npm(...args) {
  const running = process.env['npm_execpath'];
  if (running && /npm-cli\.c?js$/.test(running)) return [process.execPath, [running, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

/**
 * A tool of node_modules, started with this Node: [command, arguments].
 * @param {string} script path below node_modules
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export const tool = (script, ...args) => [process.execPath, [join(modules, script), ...args]];

/**
 * Runs a command at the top of the checkout with its output on ours.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} its exit code; 1 when it could not start or was killed
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: top,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: command.endsWith('.cmd'),
    });
    child.on('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
