import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../simulation/scenario.ts';
import type { TraceProgress, TraceReply, TraceRequest } from './trace-protocol.ts';
import { TraceSession } from './trace-session.ts';

const desk: ScenarioInput = {
  name: 'desk',
  durationS: 120,
  load: { ratePerS: 20 },
  path: ['desk'],
  stations: { desk: { servers: 3, service: { law: 'exponential', meanMs: 100 } } },
  caller: { timeoutMs: 1000 },
};
const request = (more: Partial<TraceRequest> = {}): TraceRequest => ({
  run: { scenario: desk, seed: 1 },
  fromS: 50,
  toS: 52,
  reachedS: 120,
  most: 1000,
  ...more,
});

/** A wall clock that goes on by `tickMs` whenever it is read. */
function heldWall(tickMs: number, onYield: (n: number) => unknown = () => undefined) {
  let now = 0;
  let yields = 0;
  return { nowMs: () => (now += tickMs), yield: async () => void (await onYield(++yields)) };
}

const windowOf = (reply: TraceReply) => {
  if (reply.kind !== 'window') throw new Error(JSON.stringify(reply));
  return reply.window;
};

describe('a trace session', () => {
  it('traces those who arrive in the stretch to their end, however fast the machine is', async () => {
    const window = windowOf(await new TraceSession(heldWall(0)).trace(request()));
    expect(window.traces.length).toBeGreaterThan(20);
    for (const { arrivedAtMs, endedAtMs } of window.traces) {
      expect(arrivedAtMs).toBeGreaterThanOrEqual(50_000);
      expect(arrivedAtMs).toBeLessThan(52_000);
      expect(endedAtMs).not.toBeNull();
    }
    expect(window.untilMs).toBeLessThan(60_000);
    for (const tickMs of [1, 7, 30])
      expect(windowOf(await new TraceSession(heldWall(tickMs)).trace(request()))).toEqual(window);
  });

  it('looks at the run as its levers were pulled, and no further than it has come', async () => {
    const run = { ...request().run, pulls: [{ atS: 10, lever: 'stations.desk.servers', value: 0 }] };
    const session = new TraceSession(heldWall(0));
    const stopped = windowOf(await session.trace(request({ run })));
    expect(stopped.traces.every(({ outcome }) => outcome.kind === 'failed')).toBe(true);
    const short = windowOf(await session.trace(request({ run, reachedS: 52.5 })));
    expect(short.untilMs).toBe(52_500);
    expect(short.traces.some(({ endedAtMs }) => endedAtMs === null)).toBe(true);
    expect(short.traces.map(({ id }) => id)).toEqual(stopped.traces.map(({ id }) => id));
  });

  it('tells how far it is', async () => {
    const told: TraceProgress[] = [];
    const session = new TraceSession(heldWall(5));
    await session.watch((progress) => told.push(progress));
    await session.trace(request());
    expect(told.length).toBeGreaterThan(3);
    expect(told.map(({ nowS }) => nowS)).toEqual(told.map(({ nowS }) => nowS).toSorted((a, b) => a - b));
    expect(told[0]).toEqual({ nowS: 0, toS: 52, found: 0 });
  });

  it('is stopped, and by another trace', async () => {
    const session: TraceSession = new TraceSession(
      heldWall(5, (n) => (n === 2 ? session.stop() : undefined)),
    );
    expect(await session.trace(request())).toEqual({ kind: 'stopped' });
    let other: Promise<TraceReply> | undefined;
    const busy: TraceSession = new TraceSession(
      heldWall(5, (n) => {
        if (n === 2) other = busy.trace(request({ fromS: 1, toS: 2 }));
      }),
    );
    expect(await busy.trace(request())).toEqual({ kind: 'stopped' });
    expect(windowOf(await other!).fromMs).toBe(1000);
  });

  it('says what is wrong with a request, and where', async () => {
    const session = new TraceSession(heldWall(0));
    expect(await session.trace(request({ toS: 50 }))).toMatchObject({ kind: 'failed', place: 'stretch' });
    const run = { scenario: 'prime-dya', seed: 1 };
    expect(await session.trace(request({ run }))).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('prime-day'),
    });
  });
});
