import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { holds, returns, throws, waits, type Besides } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

interface Settings {
  maxTotal: number;
  maxPerHost: number;
  keepAliveMs: number;
  timeoutMs: number;
}

interface Connection {
  id: number;
  host: string;
  state: 'in use' | 'idle' | 'closed';
  /** Since when it is idle, and how many were given back before it. */
  idleMs: number;
  place: number;
}

interface Waiter {
  host: string;
  sinceMs: number;
  handle: number;
}

/** Every connection that ever was, with its state; looked through from end to end for each question. */
class Model {
  readonly all: Connection[] = [];
  waiters: Waiter[] = [];
  private places = 0;

  constructor(readonly settings: Settings) {}

  look(nowMs: number): Besides['settled'] {
    const late = this.waiters.filter(({ sinceMs }) => sinceMs + this.settings.timeoutMs <= nowMs);
    this.waiters = this.waiters.filter((waiter) => !late.includes(waiter));
    for (const one of this.idle()) if (one.idleMs + this.settings.keepAliveMs <= nowMs) one.state = 'closed';
    return late.map(({ handle }) => ({ handle, error: 'timeout' }));
  }

  serve(host: string): number | undefined {
    const own = this.idle()
      .filter((one) => one.host === host)
      .at(-1);
    if (own) {
      own.state = 'in use';
      return own.id;
    }
    if (this.open().filter((one) => one.host === host).length >= this.settings.maxPerHost) return undefined;
    if (this.open().length >= this.settings.maxTotal) {
      const oldest = this.idle().at(0);
      if (!oldest) return undefined;
      oldest.state = 'closed';
    }
    const id = this.all.length + 1;
    this.all.push({ id, host, state: 'in use', idleMs: 0, place: 0 });
    return id;
  }

  /** Those who are served by it; undefined when it is not in use. */
  release(id: number, nowMs: number): Besides['settled'] {
    const one = this.all[id - 1];
    if (one?.state !== 'in use') return undefined;
    Object.assign(one, { state: 'idle', idleMs: nowMs, place: (this.places += 1) });
    const served: NonNullable<Besides['settled']> = [];
    for (const waiter of [...this.waiters]) {
      const value = this.serve(waiter.host);
      if (value === undefined) continue;
      this.waiters.splice(this.waiters.indexOf(waiter), 1);
      served.push({ handle: waiter.handle, value });
    }
    return served;
  }

  open() {
    return this.all.filter(({ state }) => state !== 'closed');
  }

  /** The one given back last is the last. */
  idle() {
    return this.all.filter(({ state }) => state === 'idle').sort((a, b) => a.place - b.place);
  }

  /** `in use: 1 (api); idle: 2 (cdn, since 30 ms); waiting: api since 40 ms` */
  show(): string {
    const list = (items: string[]) => items.join(', ') || 'none';
    const inUse = this.all.filter(({ state }) => state === 'in use').map(({ id, host }) => `${id} (${host})`);
    const idle = this.idle().map(({ id, host, idleMs }) => `${id} (${host}, since ${idleMs} ms)`);
    const waiting = this.waiters.map(({ host, sinceMs }) => `${host} since ${sinceMs} ms`);
    return `in use: ${list(inUse)}; idle: ${list(idle)}; waiting: ${list(waiting)}`;
  }
}

function oracle(): Oracle {
  let model: Model;
  return (operation, answer) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      model = new Model(args[0] as Settings);
      return returns(undefined);
    }
    const method = operation.do === 'call' ? operation.method : '';
    const { maxTotal, maxPerHost, keepAliveMs, timeoutMs } = model.settings;
    const nowMs = args.at(-1) as number;
    const settled = model.look(nowMs);
    const before = `When the clock has been looked at, ${model.show()}.`;
    const limits = `At most ${maxTotal} in all and ${maxPerHost} for each host`;
    const clock = `An idle connection is closed after ${keepAliveMs} ms, a request fails after ${timeoutMs} ms; exactly that long is enough.`;
    if (method === 'acquire') {
      const host = args[0] as string;
      const id = model.serve(host);
      const note = `${before} ${limits}. An idle one of the host, the one given back last, is used first; only then a new one is opened, and if need be the oldest idle one of any host closed for it.`;
      if (id !== undefined) return returns(id, { settled, note });
      model.waiters.push({ host, sinceMs: nowMs, handle: answer.handle ?? -1 });
      return waits({ settled, note: `${before} ${limits}, and no idle one can make room: it has to wait.` });
    }
    if (method === 'release') {
      const id = args[0] as number;
      const served = model.release(id, nowMs);
      if (!served)
        return throws('', { settled, note: `Connection ${id} is not in use, so it cannot be given back.` });
      const note = `${before} Then ${id} becomes idle, and those who wait are served in their order; one who cannot be served does not hold up those behind. After that, ${model.show()}.`;
      return returns(undefined, { settled: [...settled!, ...served], note });
    }
    if (method === 'tick') return returns(undefined, { settled, note: `${clock} Then ${model.show()}.` });
    const right = { open: model.open().length, idle: model.idle().length, waiting: model.waiters.length };
    return holds(
      `{ idle: ${right.idle}, open: ${right.open}, waiting: ${right.waiting} }`,
      (got) => {
        const is = decode(got) as typeof right;
        return is.open === right.open && is.idle === right.idle && is.waiting === right.waiting;
      },
      { settled, note: `${before} An idle connection is open, and counts towards both limits. ${clock}` },
    );
  };
}

const usual: Settings = { maxTotal: 2, maxPerHost: 2, keepAliveMs: 30_000, timeoutMs: 30_000 };
const pool = (settings: Partial<Settings> = {}) => create('ConnectionPool', { ...usual, ...settings });
const acquire = (host: string, nowMs: number) => call('acquire', host, nowMs);
const release = (id: number, nowMs: number) => call('release', id, nowMs);
const stats = (nowMs: number) => call('stats', nowMs);

const step = fc.record({
  what: fc.constantFrom(
    'acquire',
    'acquire',
    'acquire',
    'release',
    'release',
    'release',
    'stats',
    'tick',
    'twice',
  ),
  host: fc.constantFrom('api', 'cdn', 'db'),
  laterMs: fc.constantFrom(0, 1, 10, 20),
  which: fc.nat({ max: 3 }),
});
const settings = fc.record({
  maxTotal: fc.integer({ min: 1, max: 4 }),
  maxPerHost: fc.integer({ min: 1, max: 3 }),
  keepAliveMs: fc.constantFrom(30, 15),
  timeoutMs: fc.constantFrom(30, 15),
});

/** Mostly releases what is in use, and now and then what is not: a model tells. */
const sequences = fc
  .tuple(settings, fc.array(step, { maxLength: 20, size: 'max' }))
  .map(([limits, steps]): Operation[] => {
    const model = new Model(limits);
    let nowMs = 0;
    const operations = [pool(limits)];
    for (const { what, host, laterMs, which } of steps) {
      nowMs += laterMs;
      model.look(nowMs);
      if (what === 'stats' || what === 'tick') operations.push(call(what, nowMs));
      else if (what === 'acquire') {
        operations.push(acquire(host, nowMs));
        if (model.serve(host) === undefined) model.waiters.push({ host, sinceMs: nowMs, handle: -1 });
      } else {
        const some = model.all.filter(({ state }) => (state === 'in use') === (what === 'release'));
        if (some.length === 0) continue;
        const { id } = some[which % some.length];
        operations.push(release(id, nowMs));
        model.release(id, nowMs);
      }
    }
    return [...operations, stats(nowMs)];
  });

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'limits',
      title: 'opens no more than fit, in all and for each host',
      objective: 'limits',
      operations: fc.constantFrom(
        [pool(), acquire('api', 0), acquire('cdn', 1), acquire('db', 2), stats(3)],
        [
          pool({ maxTotal: 9, maxPerHost: 1 }),
          acquire('api', 0),
          acquire('api', 1),
          acquire('cdn', 2),
          stats(3),
        ],
      ),
      runs: 20,
    },
    {
      id: 'reuse',
      title: 'uses an idle connection of the host again, the one given back last',
      objective: 'reuse',
      operations: fc.constant([
        pool(),
        acquire('api', 0),
        acquire('api', 0),
        release(2, 10),
        release(1, 20),
        acquire('api', 30),
        stats(30),
      ]),
      runs: 1,
    },
    {
      id: 'keep-alive',
      title: 'closes what was idle for too long',
      objective: 'reuse',
      operations: fc.constantFrom(
        [pool(), acquire('api', 0), release(1, 1000), stats(30_999), stats(31_000)],
        [pool(), acquire('api', 0), release(1, 1000), acquire('api', 31_000)],
      ),
      runs: 20,
    },
    {
      id: 'makes-room',
      title: 'closes the oldest idle connection to make room for another host',
      objective: 'reuse',
      operations: fc.constant([
        pool({ maxTotal: 3 }),
        acquire('api', 0),
        acquire('api', 0),
        acquire('db', 0),
        release(2, 10),
        release(1, 20),
        acquire('cdn', 30),
        stats(30),
        acquire('api', 40),
      ]),
      runs: 1,
    },
    {
      id: 'first-come',
      title: 'serves those who wait in the order in which they came',
      objective: 'waiting',
      operations: fc.constant([
        pool({ maxTotal: 1 }),
        acquire('api', 0),
        acquire('cdn', 1),
        acquire('api', 2),
        release(1, 3),
        release(2, 4),
        stats(5),
      ]),
      runs: 1,
    },
    {
      id: 'not-held-up',
      title: 'does not let one who cannot be served hold up those behind',
      objective: 'waiting',
      operations: fc.constant([
        pool({ maxPerHost: 1 }),
        acquire('api', 0),
        acquire('cdn', 0),
        acquire('api', 1),
        acquire('db', 2),
        release(2, 3),
        stats(4),
      ]),
      runs: 1,
    },
    {
      id: 'timeout',
      title: 'fails who has waited too long, and gives nothing to who has failed',
      objective: 'waiting',
      operations: fc.constant([
        pool({ maxTotal: 1 }),
        acquire('api', 0),
        acquire('api', 1000),
        acquire('api', 2000),
        call('tick', 30_999),
        release(1, 31_000),
        stats(31_000),
      ]),
      runs: 1,
    },
    {
      id: 'twice',
      title: 'refuses a connection that is not in use',
      objective: 'given-back-once',
      operations: fc.constantFrom(
        [pool(), acquire('api', 0), release(1, 1), release(1, 2), stats(2)],
        [pool(), acquire('api', 0), release(2, 1), stats(2)],
        [pool({ maxTotal: 1 }), acquire('api', 0), release(1, 1), acquire('cdn', 2), release(1, 3), stats(4)],
      ),
      runs: 30,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'limits',
      operations: sequences,
      runs: 100,
    },
  ],
};
