import { describe, expect, it } from 'vitest';
import { agentOf, office } from './small-office.fixture.ts';
import { handWorked, type Arrival } from './hand-worked.ts';
import { RequestTracer } from './request-trace-recorder.ts';
import type { RequestTrace, TraceSpan } from './request-trace.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { tracedRun } from './request-trace.fixture.ts';

/** Requests that come at given times, all traced. */
function traced(scenario: Parameters<typeof handWorked>[0], arrivals: readonly Arrival[], untilMs = 100_000) {
  const tracer = new RequestTracer({ fromMs: 0, toMs: Infinity, most: Infinity });
  const { simulation } = handWorked(scenario, arrivals, tracer);
  simulation.advanceTo(untilMs);
  return tracer.result().traces;
}

const constant = (meanMs: number) => ({ law: 'constant' as const, meanMs });
type StationInput = NonNullable<ScenarioInput['stations']>[string];
const desk = (more: Partial<StationInput> = {}): Pick<ScenarioInput, 'path' | 'stations'> => ({
  path: ['desk'],
  stations: { desk: { servers: 1, service: constant(100), ...more } },
});
/** A call of 1000 tokens costs $0.001. */
const models = { m: { meanMs: 100, usdPerMTokens: 1, accuracy: 1, quality: 1 } };
const priced = { model: 'm', tokensPerCall: 1000 };

/** Kind, beginning and end of each span. */
const lines = ({ spans }: RequestTrace): string[] =>
  spans.map((span) => `${span.kind} ${span.fromMs}–${span.toMs}${span.end === 'done' ? '' : ` ${span.end}`}`);
const the = <Kind extends TraceSpan['kind']>(kind: Kind, { spans }: RequestTrace) =>
  spans.find((span): span is Extract<TraceSpan, { kind: Kind }> => span.kind === kind)!;

describe('the trace of a request', () => {
  it('has the tiers one after the other, the fill, and the copies of what was found', () => {
    const tier = { capacityEntries: 9, ttlS: 1 };
    const traces = traced(
      {
        ...desk(),
        path: ['near', 'far', 'desk'],
        tiers: {
          near: { ...tier, level: 'l1', lookup: constant(1), ttlS: 0.5 },
          far: { ...tier, level: 'l2', lookup: constant(4) },
        },
      },
      [
        [0, 7],
        [700, 7],
        [2000, 7],
      ],
    );
    expect(traces.map(lines)).toEqual([
      ['probe 0–1', 'probe 1–5', 'service 5–105', 'fill 105–105'],
      ['probe 700–701', 'probe 701–705'],
      ['probe 2000–2001', 'probe 2001–2005', 'service 2005–2105', 'fill 2105–2105'],
    ]);
    const found = traces.map(({ spans }) => spans.flatMap((s) => (s.kind === 'probe' ? [s.found] : [])));
    expect(found).toEqual([
      ['miss', 'miss'],
      ['expired', 'hit'],
      ['expired', 'expired'],
    ]);
    expect(traces[1]).toMatchObject({
      id: 2,
      key: 7,
      tries: 1,
      endedAtMs: 705,
      outcome: { kind: 'answered', by: 'far', how: 'tier' },
    });
    expect(traces[1]!.spans[1]).toMatchObject({ promotedTo: ['near'] });
    expect(traces[0]).toMatchObject({ outcome: { by: 'desk', how: 'station' } });
    expect(the('fill', traces[0]!)).toMatchObject({ tiers: ['far', 'near'] });
  });

  it('says behind whom it stood, who of them was dead, and what it left behind', () => {
    const caller = { timeoutMs: 150, retries: 1, backoff: { kind: 'fixed' as const, baseMs: 50 } };
    const traces = traced({ ...desk(priced), models, caller }, [
      [0, 0],
      [10, 1],
      [20, 2],
      [171, 3],
    ]);
    // At 100 and at 200 a server is free. The second is given up at 160, in service; the third at 170, waiting.
    expect(lines(traces[2]!)).toEqual([
      'queue 20–170 left',
      'deadWork 170–170',
      'failure 170–170',
      'backoff 170–220',
      'queue 220–370 left',
      'deadWork 370–370',
      'failure 370–370',
    ]);
    expect(the('queue', traces[2]!)).toMatchObject({ ahead: 1, dead: 0, busy: 1, servers: 1, attempt: 1 });
    expect(the('failure', traces[2]!)).toMatchObject({ cause: 'timeout', next: 'retry' });
    expect(traces[2]!.spans.at(-1)).toMatchObject({ kind: 'failure', next: 'triesUsed', attempt: 2 });
    expect(traces[2]).toMatchObject({
      outcome: { kind: 'failed', cause: 'timeout' },
      tries: 2,
      endedAtMs: 370,
    });
    expect(the('deadWork', traces[2]!)).toMatchObject({ inService: false, owedUsd: 0.001 });
    expect(traces[2]!.costs).toEqual([]);
    // The second's is paid when it is served to its end, for nobody.
    expect(the('deadWork', traces[1]!)).toMatchObject({ inService: true, owedUsd: null });
    expect(traces[1]!.costs[0]).toEqual({ atMs: 200, of: 'desk', pico: 1e9, tokens: null });
    expect(the('queue', traces[3]!)).toMatchObject({ ahead: 1, dead: 1 });
  });

  it('is cut where its caller leaves, in the middle of a lookup too', () => {
    const tier = { capacityEntries: 9, lookup: constant(40) };
    const caller = { timeoutMs: 60 };
    const traces = traced(
      {
        path: ['near', 'far', 'desk'],
        tiers: { near: { ...tier, level: 'l1' }, far: { ...tier, level: 'l2' } },
        stations: { desk: { service: constant(1), delay: constant(5) } },
        caller,
      },
      [[0, 0]],
    );
    expect(lines(traces[0]!)).toEqual(['probe 0–40', 'probe 40–60 left', 'failure 60–60']);
  });

  it('names the request whose answer it waited for, and those who waited for its own', () => {
    const traces = traced(desk({ coalesce: true }), [
      [0, 5],
      [30, 5],
      [40, 6],
    ]);
    expect(lines(traces[1]!)).toEqual(['joined 30–100']);
    expect(the('joined', traces[1]!).owner).toEqual({ id: 1, arrivedAtMs: 0 });
    expect(traces[1]!.waitedFor).toEqual([{ id: 1, arrivedAtMs: 0 }]);
    expect(traces[0]!.joinedBy).toEqual([2]);
    expect(traces[2]!.waitedFor).toEqual([]);
    expect(traces[1]!.outcome).toEqual({ kind: 'answered', by: 'desk', how: 'station' });
  });

  it('does not take an earlier try of its own for somebody else', () => {
    const caller = { timeoutMs: 60, retries: 1 };
    const [trace] = traced({ ...desk({ coalesce: true }), caller }, [[0, 5]]);
    expect(lines(trace!)).toEqual(['service 0–60 left', 'deadWork 60–60', 'failure 60–60', 'joined 60–100']);
    expect(the('joined', trace!).owner).toBeNull();
    expect([trace!.waitedFor, trace!.joinedBy]).toEqual([[], []]);
  });

  it('has both copies of a try that was hedged', () => {
    const caller = { hedge: { delayMs: 20, maxExtraShare: null, cancelAt: 'begin' as const } };
    const traces = traced({ ...desk({ servers: 1 }), caller }, [
      [0, 0],
      [10, 1],
    ]);
    // The first is served at once, and its second copy not sent as it had begun. That of the second stands behind it.
    const copies = traces[1]!.spans.map((span) => `${span.kind}/${span.copy}`);
    expect(copies).toEqual(['queue/1', 'hedge/2', 'queue/2', 'service/1']);
    expect(traces[1]!.spans[2]).toMatchObject({ fromMs: 30, toMs: 100, end: 'cancelled', ahead: 1 });
  });

  it('says with whom it was in a batch, and pays its own share', () => {
    const batch = { on: true, size: 3, windowMs: 50 };
    const traces = traced({ ...desk({ batch, ...priced }), models }, [
      [0, 0],
      [10, 1],
      [200, 2],
    ]);
    expect(lines(traces[0]!)).toEqual(['window 0–50', 'service 50–150']);
    expect(the('window', traces[0]!).with).toEqual([2]);
    expect(the('service', traces[0]!).members).toBe(2);
    expect(the('window', traces[2]!).with).toEqual([]);
    expect(traces.map(({ costs }) => costs)).toEqual(
      [150, 150, 350].map((atMs) => [{ atMs, of: 'desk', pico: 1e9, tokens: null }]),
    );
  });

  it.each([
    ['full', desk({ maxQueue: 0 }), {}],
    ['limit', desk({ limit: { kind: 'fixed', initial: 1, min: 1, max: 1 } }), {}],
    [
      'replica',
      desk({ servers: 9, replicas: { kind: 'round-robin', count: 1, fail: [{ replica: 1, share: 1 }] } }),
      {},
    ],
    [
      'connection refused',
      desk({ servers: 9, connections: { maxPerHost: 1, maxTotal: 1, maxWaiting: 0 } }),
      {},
    ],
    ['breaker', desk({ maxQueue: 0 }), { breaker: { failures: 1, openMs: 1e6 } }],
  ])('says why it was refused: %s', (cause, station, caller) => {
    const traces = traced({ ...station, caller }, [
      [0, 0],
      [10, 1],
      [20, 2],
    ]);
    const last = traces.at(-1)!;
    expect(last.outcome).toEqual({ kind: 'failed', cause });
    expect(the('failure', last)).toMatchObject({ cause, where: 'desk' });
    expect(the('failure', last).breaker).toBe(cause === 'breaker' ? 'open' : null);
  });

  it('has what the gateway decided, and the tokens paid for', () => {
    const { window } = tracedRun(office({ durationS: 20 }));
    const trace = window.traces[0]!;
    expect(trace).toMatchObject({
      className: 'normal',
      agent: { name: 'clerk', conversation: 1, turn: 1, inputTokens: 100, outputTokens: 50 },
      outcome: { kind: 'answered', by: 'good', how: 'model' },
    });
    expect(the('choice', trace)).toMatchObject({
      model: 'good',
      station: 'first',
      reservedUsd: 0.002,
      rule: null,
    });
    // 100 tokens in and 50 out at $10 for a million.
    const tokens = { input: 100, cached: 0, cacheWrite: 0, output: 50 };
    expect(trace.costs).toEqual([{ atMs: trace.endedAtMs, of: 'good', pico: 1.5e9, tokens }]);
    // 100 ms at the station and 2 ms for each token of the answer.
    expect(trace.endedAtMs! - trace.arrivedAtMs).toBeCloseTo(200, 9);
  });

  it('has a refusal of the gateway with its reason', () => {
    const budgets = [
      { name: 'day', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd: 0.0001 },
    ];
    const { window } = tracedRun(office({ durationS: 5, gateway: { model: 'good', budgets } }));
    expect(window.traces.length).toBeGreaterThan(3);
    for (const trace of window.traces) {
      expect(trace.outcome).toEqual({ kind: 'failed', cause: 'budget' });
      expect(the('failure', trace)).toMatchObject({ cause: 'budget', where: 'gateway', next: 'never' });
    }
  });

  it('is background where nobody waits', () => {
    const { window } = tracedRun(office({ durationS: 20 }, [agentOf({ deferrable: true, deadlineS: 600 })]));
    expect(new Set(window.traces.map(({ kind }) => kind))).toEqual(new Set(['background']));
  });

  it('ends where the run has come to', () => {
    const traces = traced(desk(), [[0, 0]], 60);
    expect(lines(traces[0]!)).toEqual(['service 0–60 open']);
    expect(traces[0]).toMatchObject({ endedAtMs: null, outcome: { kind: 'underWay' } });
  });
});

describe('the tracer', () => {
  const scenario: ScenarioInput = {
    name: 'desk',
    durationS: 60,
    load: { ratePerS: 20 },
    ...desk({ servers: 4 }),
  };

  it('traces those who arrive in its stretch, by the numbers that they have in the run', () => {
    const whole = tracedRun(scenario).window.traces;
    const tracer = new RequestTracer({ fromMs: 20_000, toMs: 21_000, most: 100 });
    const simulation = new Simulation(scenario, 1, { tracer });
    simulation.advanceTo(20_000);
    expect(tracer.isSettled).toBe(false);
    simulation.run();
    expect(tracer.isSettled).toBe(true);
    const { traces, truncated } = tracer.result();
    expect(traces).toEqual(whole.filter(({ arrivedAtMs }) => arrivedAtMs >= 20_000 && arrivedAtMs < 21_000));
    expect(traces.length).toBeGreaterThan(5);
    expect(traces[0]!.id).toBeGreaterThan(300);
    expect(truncated).toBe(false);
  });

  it('traces no more than it may, and says so', () => {
    const tracer = new RequestTracer({ fromMs: 0, toMs: 60_000, most: 3 });
    new Simulation(scenario, 1, { tracer }).run();
    expect(tracer.result().traces.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(tracer.result().truncated).toBe(true);
  });
});
