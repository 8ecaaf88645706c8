import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectionPoolSettings } from '../latency/connection-pool-settings.ts';
import { ConnectionReset, PoolError } from './connection-port.ts';
import { exchange, tcpSockets } from './http-sockets.node.ts';
import { LivePool } from './pool-driver.ts';

/** No handshake is foreseen: these are real. */
const REAL = { handshake: { dnsMs: 0, tcpMs: 0, tlsMs: 0 }, raceMs: 0 };

const open: Server[] = [];
const pools: LivePool<Socket>[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) pool.close();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A real server on this machine that counts its connections, and how many requests each has carried. */
async function serve(answer: RequestListener = (_, response) => void response.end('ok')) {
  const sockets: Socket[] = [];
  const carried = new Map<Socket, number>();
  const server = createServer((request, response) => {
    carried.set(request.socket, (carried.get(request.socket) ?? 0) + 1);
    answer(request, response);
  });
  server.on('connection', (socket) => void sockets.push(socket));
  server.keepAliveTimeout = 0;
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, host, sockets, requests: () => [...carried.values()] };
}

function poolOf(settings: object = {}) {
  const pool = new LivePool<Socket>({
    settings: connectionPoolSettings({ ...REAL, ...settings }),
    port: tcpSockets,
  });
  pools.push(pool);
  return pool;
}
const get = (pool: LivePool<Socket>, host: string, idempotent = true) =>
  pool.use(host, ({ connection }) => exchange(connection, { host, path: '/' }), {
    idempotent,
    reusable: (answer) => answer.reusable,
  });
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

/** Resolves when it is so; a test that waits for ever is ended by its time-out. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a live pool over real sockets', () => {
  it('opens as many connections as the limit of the host, and the server counts the same reuse', async () => {
    const { host, requests, sockets } = await serve();
    const pool = poolOf({ maxPerHost: 3 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => get(pool, host)));
    expect(answers.every(({ status, body }) => status === 200 && body.toString() === 'ok')).toBe(true);
    expect(sockets).toHaveLength(3);
    expect(sum(requests())).toBe(40);
    expect(pool.pool.stats).toMatchObject({ requests: 40, opened: 3, reused: 37, peakOpen: 3, waits: 37 });
    expect(sum(requests().map((n) => n - 1))).toBe(pool.pool.stats.reused);
  });

  it('holds the limit in all over two servers, and moves idle connections to the one that is asked', async () => {
    const [a, b] = [await serve(), await serve()];
    const pool = poolOf({ maxTotal: 2 });
    await Promise.all([get(pool, a.host), get(pool, a.host)]);
    await Promise.all([get(pool, b.host), get(pool, b.host)]);
    expect([a.sockets.length, b.sockets.length]).toEqual([2, 2]);
    expect(pool.pool.stats).toMatchObject({ opened: 4, evicted: 2, peakOpen: 2 });
    await until(() => a.sockets.every(({ destroyed }) => destroyed));
  });

  it('closes what was idle for the keep-alive, without being asked', async () => {
    const { host, sockets } = await serve();
    const pool = poolOf({ keepAliveMs: 30 });
    await get(pool, host);
    await until(() => sockets[0]!.destroyed);
    expect(pool.pool.stats.closedIdle).toBe(1);
    await get(pool, host);
    expect(sockets).toHaveLength(2);
  });

  it('takes note when the server closes an idle connection, and never uses it', async () => {
    const { host, sockets } = await serve();
    const pool = poolOf();
    await get(pool, host);
    sockets[0]!.end();
    await until(() => pool.pool.stats.closedByServer === 1);
    await get(pool, host, false);
    expect(pool.pool.stats).toMatchObject({ opened: 2, races: 0 });
  });

  it('closes a connection whose answer says so', async () => {
    const { host, sockets } = await serve((_, response) => {
      response.setHeader('Connection', 'close').end('bye');
    });
    const pool = poolOf();
    await get(pool, host);
    await get(pool, host);
    expect(sockets).toHaveLength(2);
    expect(pool.pool.stats).toMatchObject({ reused: 0, closedBroken: 2 });
  });
});

describe('the idle race', () => {
  /** The server closes, and in the same turn, before the news can be here, the pool sends on that connection. */
  async function race(idempotent: boolean) {
    const server = await serve();
    const pool = poolOf();
    await get(pool, server.host);
    server.sockets[0]!.destroy();
    return { ...server, pool, second: get(pool, server.host, idempotent) };
  }

  it('happens, and what may be sent twice is sent once more, on a fresh connection', async () => {
    const { second, pool, sockets, requests } = await race(true);
    expect((await second).body.toString()).toBe('ok');
    expect(sockets).toHaveLength(2);
    expect(requests()).toEqual([1, 1]);
    expect(pool.pool.stats).toMatchObject({ races: 1, retries: 1, opened: 2 });
  });

  it('reaches the caller of what may not', async () => {
    const { second, pool, requests } = await race(false);
    await expect(second).rejects.toMatchObject({ name: 'PoolError', why: 'reset' });
    expect(requests()).toEqual([1]);
    expect(pool.pool.stats).toMatchObject({ races: 1, retries: 0 });
    expect(pool.pool.levels(Number.MAX_SAFE_INTEGER).open).toBe(0);
  });

  it('is not made up for on a fresh connection: a server that never answers is asked once', async () => {
    let asked = 0;
    const { host } = await serve((request) => {
      asked++;
      request.socket.destroy();
    });
    await expect(get(poolOf(), host)).rejects.toBeInstanceOf(PoolError);
    expect(asked).toBe(1);
  });

  it('is not what it is when part of an answer has come: nobody knows what was done', async () => {
    let asked = 0;
    const { host, sockets } = await serve((request, response) => {
      if (++asked === 1) response.end('ok');
      else response.writeHead(200, { 'Content-Length': 100 }).write('half', () => request.socket.destroy());
    });
    const pool = poolOf();
    await get(pool, host);
    const error = await get(pool, host).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof PoolError || error instanceof ConnectionReset).toBe(false);
    expect([asked, sockets.length, pool.pool.stats.races]).toEqual([2, 1, 0]);
  });
});

describe('a caller', () => {
  it('who leaves the queue gives up his place; the others go on', async () => {
    const held: (() => void)[] = [];
    const { host } = await serve((_, response) => void held.push(() => response.end('ok')));
    const pool = poolOf({ maxPerHost: 1 });
    const first = get(pool, host);
    const caller = new AbortController();
    const second = pool.acquire(host, { signal: caller.signal });
    const third = get(pool, host);
    caller.abort('bored');
    await expect(second).rejects.toBe('bored');
    for (const end of [first, third]) {
      await until(() => held.length > 0);
      held.pop()!();
      expect((await end).status).toBe(200);
    }
    expect(pool.pool.stats).toMatchObject({ cancelled: 1, opened: 1, reused: 1 });
  });

  it('hears that nobody listens there, and the place is free again', async () => {
    const { host, server } = await serve();
    await new Promise((resolve) => server.close(resolve));
    const pool = poolOf({ maxPerHost: 1 });
    for (let i = 0; i < 2; i++) await expect(get(pool, host)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(pool.pool.stats).toMatchObject({ opened: 2, closedBroken: 2 });
  });
});
