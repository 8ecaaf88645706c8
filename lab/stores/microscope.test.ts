import type { Remote } from 'comlink';
import { describe, expect, it } from 'vitest';
import type { TraceReply, TraceRequest, TraceWorker } from '../../engine/runner/trace-protocol.ts';
import type { RequestTrace, TraceWindow } from '../../engine/simulation/request-trace.ts';
import { reachFor, stretchAround } from './microscope-window.ts';
import { Microscope, type ConnectTracer } from './microscope.svelte.ts';
import { Series } from './series.ts';

const request = (more: Partial<TraceRequest> = {}): TraceRequest => ({
  run: { scenario: 'mmc', seed: 1 },
  fromS: 10,
  toS: 12,
  reachedS: 60,
  most: 100,
  ...more,
});

function trace(id: number, tookMs: number | null): RequestTrace {
  return {
    ...{ id, arrivedAtMs: 10_000 + id, endedAtMs: tookMs === null ? null : 10_000 + id + tookMs },
    ...{ kind: 'request', key: 1, instance: 0, priority: 0, className: null, agent: null },
    outcome: tookMs === null ? { kind: 'underWay' } : { kind: 'answered', by: 'desk', how: 'station' },
    ...{ tries: 1, spans: [], costs: [], waitedFor: [], joinedBy: [] },
  } as RequestTrace;
}
const windowOf = (traces: RequestTrace[], untilMs = 13_000): TraceReply => ({
  kind: 'window',
  window: {
    fromMs: 10_000,
    toMs: 12_000,
    untilMs,
    traces,
    truncated: false,
    forgottenPico: 0,
  } as TraceWindow,
});

/** A tracer whose replies the test gives. */
class FakeTracer implements TraceWorker {
  readonly asked: TraceRequest[] = [];
  stops = 0;
  ended = 0;
  fail: (message: string) => void = () => undefined;
  private readonly waiting: ((reply: TraceReply) => void)[] = [];

  readonly connect: ConnectTracer = (onFailure) => {
    this.fail = onFailure;
    return { tracer: this as unknown as Remote<TraceWorker>, end: () => this.ended++ };
  };
  watch(): Promise<void> {
    return Promise.resolve();
  }
  trace(asked: TraceRequest): Promise<TraceReply> {
    this.asked.push(asked);
    return new Promise((resolve) => this.waiting.push(resolve));
  }
  stop(): Promise<void> {
    this.stops++;
    return Promise.resolve();
  }
  async reply(reply: TraceReply): Promise<void> {
    await settled();
    this.waiting.shift()!(reply);
    await settled();
  }
}
const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

describe('the microscope', () => {
  it('begins with the slowest, or with the one that was asked for', async () => {
    const tracer = new FakeTracer();
    const scope = new Microscope(tracer.connect);
    void scope.look(request());
    expect(scope.phase).toBe('tracing');
    await tracer.reply(windowOf([trace(1, 5), trace(2, 9), trace(3, 7)]));
    expect([scope.phase, scope.selectedId, scope.selected?.id]).toEqual(['done', 2, 2]);
    void scope.look(request({ fromS: 20 }), 3);
    await tracer.reply(windowOf([trace(1, 5), trace(2, 9), trace(3, 7)]));
    expect(scope.selectedId).toBe(3);
    void scope.look(request({ fromS: 30 }), 77);
    await tracer.reply(windowOf([trace(8, 5), trace(9, null)]));
    expect(scope.selectedId).toBe(9);
  });

  it('keeps a stretch, unless its requests may have ended since', async () => {
    const tracer = new FakeTracer();
    const scope = new Microscope(tracer.connect);
    void scope.look(request());
    await tracer.reply(windowOf([trace(1, 5)]));
    void scope.look(request({ reachedS: 90 }));
    await settled();
    expect([tracer.asked.length, scope.phase]).toEqual([1, 'done']);
    // Another run, and one whose requests were under way.
    void scope.look(request({ run: { scenario: 'mmc', seed: 2 }, reachedS: 13 }));
    await tracer.reply(windowOf([trace(1, null)]));
    void scope.look(request({ run: { scenario: 'mmc', seed: 2 }, reachedS: 13 }));
    await settled();
    expect(tracer.asked).toHaveLength(2);
    void scope.look(request({ run: { scenario: 'mmc', seed: 2 }, reachedS: 14 }));
    await settled();
    expect(tracer.asked).toHaveLength(3);
  });

  it('is cancelled, and looks again', async () => {
    const tracer = new FakeTracer();
    const scope = new Microscope(tracer.connect);
    void scope.look(request());
    await settled();
    scope.cancel();
    expect([scope.phase, tracer.stops]).toEqual(['cancelled', 1]);
    await tracer.reply({ kind: 'stopped' });
    expect(scope.phase).toBe('cancelled');
    void scope.again();
    await tracer.reply(windowOf([]));
    expect([scope.phase, scope.selectedId, scope.window?.traces]).toEqual(['done', undefined, []]);
  });

  it('says what failed, and starts a new worker after that', async () => {
    const tracer = new FakeTracer();
    const scope = new Microscope(tracer.connect);
    void scope.look(request());
    await tracer.reply({ kind: 'failed', message: 'seed: expected …' });
    expect([scope.phase, scope.failure, tracer.ended]).toEqual(['failed', 'seed: expected …', 1]);
    void scope.again();
    await settled();
    tracer.fail('gone');
    expect([scope.phase, scope.failure]).toEqual(['failed', 'gone']);
    void scope.again();
    await settled();
    expect([scope.phase, scope.failure]).toEqual(['tracing', undefined]);
  });

  it('drops the reply to what is not wanted any more', async () => {
    const tracer = new FakeTracer();
    const scope = new Microscope(tracer.connect);
    void scope.look(request());
    await settled();
    void scope.look(request({ fromS: 11 }));
    await tracer.reply(windowOf([trace(1, 5)]));
    expect(scope.phase).toBe('tracing');
    await tracer.reply(windowOf([trace(2, 5)]));
    expect(scope.selectedId).toBe(2);
  });
});

describe('the stretch around a moment', () => {
  /** One interval of a second for each rate. */
  function series(perS: number[], p99Ms = 100): Series {
    const made = new Series(['arrivals', 'p99Ms'], 1);
    made.append(0, perS.length, Float64Array.from([...perS, ...perS.map(() => p99Ms)]));
    return made;
  }

  it('holds about as many requests as can be looked at', () => {
    expect(stretchAround(series(Array(100).fill(500)), 50, 100)).toEqual({ fromS: 49.5, toS: 50.5 });
    expect(stretchAround(series(Array(100).fill(50)), 50, 100)).toEqual({ fromS: 45, toS: 55 });
  });
  it('lies within the run, and leaves its last requests time to end', () => {
    expect(stretchAround(series(Array(100).fill(500)), 0, 100)).toEqual({ fromS: 0, toS: 1 });
    expect(stretchAround(series(Array(100).fill(500), 4000), 100, 100)).toEqual({ fromS: 95, toS: 96 });
    expect(stretchAround(series(Array(100).fill(500), NaN), 100, 100)).toEqual({ fromS: 99, toS: 100 });
  });
  it('is long where little or nothing arrives, and none before the run', () => {
    expect(stretchAround(series(Array(100).fill(0)), 50, 100)).toEqual({ fromS: 0, toS: 99.9 });
    expect(stretchAround(series([]), 0, 0.4)).toEqual({ fromS: 0, toS: 0.4 });
    expect(stretchAround(series([]), 0, 0)).toBeUndefined();
  });
  it('stays where it is once the run has come far enough, so that a reload finds the same request', () => {
    const arrivals = series(Array(4000).fill(0.2), 300_000);
    const far = stretchAround(arrivals, 1500, reachFor(1500));
    expect(stretchAround(arrivals, 1500, 4000)).toEqual(far);
    expect(stretchAround(arrivals, 1500, 1600)).not.toEqual(far);
  });
});
