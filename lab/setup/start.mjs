/**
 * `npm start`: from a fresh clone to the page in the browser.
 *
 *   npm start                       port 4173, or the next free one
 *   npm start -- --port 5000        this port and no other
 *   npm start -- --no-open          don't open a browser
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureBuild } from './build.mjs';
import { ensurePackages, requireNode } from './packages.mjs';
import { dist } from './places.mjs';
import { serve } from './server.mjs';

requireNode();
const { wantedPort, open } = readOptions();
await ensurePackages();
await ensureBuild();

const { server, address } = await serve({
  folder: dist,
  port: wantedPort ?? 4173,
  strict: wantedPort !== undefined,
}).catch((error) => stop(error.message));

console.log(`\nSurge Lab is at ${address}  (Ctrl-C ends it)`);
if (open && hasScreen()) openBrowser(address);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
    const wantedPort = values.port === undefined ? undefined : Number(values.port);
    if (
      wantedPort !== undefined &&
      !(Number.isInteger(wantedPort) && wantedPort > 0 && wantedPort < 65_536)
    ) {
      throw new Error(`--port expects a number from 1 to 65535, got "${values.port}".`);
    }
    // `npm start --no-open`, without the --, reaches us as a setting of npm.
    const open = !values['no-open'] && process.env['npm_config_open'] !== '';
    return { wantedPort, open };
  } catch (error) {
    return stop(
      `${error instanceof Error ? error.message : error}\nUsage: npm start -- [--port N] [--no-open]`,
    );
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(1);
}

function hasScreen() {
  if (process.env['CI']) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** @param {string} url */
function openBrowser(url) {
  /** @type {Record<string, [string, string[]]>} */
  const openers = { darwin: ['open', [url]], win32: ['cmd', ['/c', 'start', '', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {}) // no opener: the address is printed anyway
    .unref();
}
