/** A small server for the built site: files of one folder, on this machine only, with the safety headers. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { createGzip } from 'node:zlib';
import { securityHeaders } from './csp.mjs';

const host = '127.0.0.1';
const portsToTry = 20;

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Sent with gzip to who takes it. The encoder's files stay as they are: their progress is shown by their length. */
const packable = /^(text|application\/(json|manifest)|image\/svg)/;

/**
 * The file that a request's path means, or undefined when the path leaves the folder or can't be read.
 * @param {string} folder
 * @param {string} url
 */
export function fileFor(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(normalize(folder) + sep) ? file : undefined;
}

/**
 * Serves `folder` and resolves with the server and its address. Without `strict`, a taken port makes it try
 * the following ones.
 * @param {{ folder: string, port: number, strict?: boolean }} options
 * @returns {Promise<{ server: import('node:http').Server, address: string }>}
 */
export async function serve({ folder, port, strict = false }) {
  const server = createServer(async (request, response) => {
    /** @param {number} status @param {string} text */
    const refuse = (status, text) => {
      response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET and HEAD only');
    const file = fileFor(folder, request.url ?? '/');
    const found = file ? await stat(file).catch(() => undefined) : undefined;
    if (!file || !found?.isFile()) return refuse(404, 'There is no such file here.');

    // The build puts a hash of the content into the name of each asset, so these never change.
    const lasting = file.startsWith(join(folder, 'assets') + sep);
    const type = types[extname(file)] ?? 'application/octet-stream';
    const packs = packable.test(type);
    const packed = packs && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': type,
      ...(packed ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': found.size }),
      ...(packs ? { Vary: 'Accept-Encoding' } : {}),
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') return response.end();
    const content = createReadStream(file).on('error', () => response.destroy());
    if (packed) content.pipe(createGzip()).pipe(response);
    else content.pipe(response);
  });

  const bound = await listen(server, port, strict ? 1 : portsToTry);
  return { server, address: `http://${host}:${bound}/` };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} first
 * @param {number} attempts
 * @returns {Promise<number>} the port that was free
 */
async function listen(server, first, attempts) {
  for (let port = first; port < first + attempts; port++) {
    const failure = await new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(port, host, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!failure) return port;
    if (failure.code !== 'EADDRINUSE') throw failure;
  }
  const range = attempts === 1 ? `Port ${first} is` : `Ports ${first} to ${first + attempts - 1} are`;
  throw new Error(`${range} taken. Name another one: npm start -- --port 5000`);
}
