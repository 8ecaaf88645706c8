import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileFor, serve } from './server.mjs';

const folder = join(mkdtempSync(join(tmpdir(), 'surge-lab-')), 'site');
const open: Server[] = [];
let address = '';

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<h1>Lab</h1>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'x');
  writeFileSync(join(folder, 'assets', 'a.woff2'), 'font');
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  const served = await serve({ folder, port: 43_170 });
  open.push(served.server);
  address = served.address;
});
afterAll(() => open.forEach((server) => server.close()));

test('a file comes with its type and the safety headers', async () => {
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('<h1>Lab</h1>');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
});

test('a page is asked for again each time, an asset never', async () => {
  expect((await fetch(address)).headers.get('cache-control')).toBe('no-cache');
  expect((await fetch(`${address}assets/a.js`)).headers.get('cache-control')).toContain('immutable');
});

test('text is packed for who takes gzip, and only for them', async () => {
  const packed = await fetch(`${address}assets/a.js`, { headers: { 'Accept-Encoding': 'br, gzip' } });
  expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', 'x']);
  const plain = await fetch(`${address}assets/a.js`, { headers: { 'Accept-Encoding': 'identity' } });
  expect([plain.headers.get('content-encoding'), plain.headers.get('content-length')]).toEqual([null, '1']);
  expect(plain.headers.get('vary')).toBe('Accept-Encoding');
  const font = await fetch(`${address}assets/a.woff2`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(font.headers.get('content-encoding')).toBeNull();
});

test('what is not there is not found, and nothing can be written', async () => {
  expect((await fetch(`${address}assets`)).status).toBe(404);
  expect((await fetch(`${address}nothing.html`)).status).toBe(404);
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%00',
  '/%',
])('no path leads out of the folder: %s', async (path) => {
  expect(await statusOf(path)).toBe(404);
  const file = fileFor(folder, path);
  expect(file === undefined || file.startsWith(folder)).toBe(true);
});

test('a taken port: the next one, or an error for a port that was asked for', async () => {
  const port = Number(new URL(address).port);
  const second = await serve({ folder, port });
  open.push(second.server);
  expect(Number(new URL(second.address).port)).toBeGreaterThan(port);
  await expect(serve({ folder, port, strict: true })).rejects.toThrow(`Port ${port} is taken`);
});

/** fetch would tidy the path up; this sends it as it is. */
function statusOf(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(new URL(address).port), '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    socket.once('data', (data) => resolve(Number(String(data).split(' ')[1])));
    socket.once('error', reject);
  });
}
