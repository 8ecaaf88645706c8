import { describe, expect, it } from 'vitest';
import { BYTES_PER_MB as MB } from '../latency/memory-model.ts';
import { NONE, Requests, Tries } from './calls.ts';
import { EventQueue } from './event-queue.ts';
import { InstanceMemory } from './instance-memory.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';

/** A heap of 100 MB; a collection takes a second whatever is live. */
const process = { heapMb: 100, baseMs: 1000, markMsPerMb: 0, coreShare: 1 };

/** One instance without events of its own: a try is begun, and what happens to it is written down. */
function desk(settings: object = {}) {
  const scenario = parseScenario({
    name: 'desk',
    durationS: 100,
    load: { ratePerS: 1 },
    path: ['l1'],
    tiers: { l1: { level: 'l1', scope: 'instance', capacityEntries: 10 } },
    memory: { users: 1, process, requestBytes: 0, answerBytes: 50 * MB, restartS: 20, ...settings },
  });
  const [requests, tries, events] = [new Requests(), new Tries(), new EventQueue()];
  const memory = new InstanceMemory(
    { ...scenario, memory: scenario.memory! },
    1,
    requests,
    tries,
    events,
    [],
  );
  const log: string[] = [];
  memory.callers = {
    onRunning: (t, nowMs) => log.push(`run ${t} at ${nowMs}`),
    onAnswer: (t, nowMs) => log.push(`answer ${t} at ${nowMs}`),
    onRefused: (t, nowMs) => log.push(`lost ${t} at ${nowMs}`),
  };
  const ask = (nowMs: number): number => {
    const request = requests.open(0, 0, 0, nowMs, NONE);
    requests.tries[request] = 1;
    const t = tries.open(request, Infinity);
    memory.begin(t, nowMs);
    return t;
  };
  const next = (): void => {
    const atMs = events.peekMs();
    memory.onResume(events.pop() >> 4, atMs);
  };
  return { memory, tries, log, ask, next, end: (t: number) => memory.end(tries.request[t]!), events };
}

describe('memory of an instance, by hand', () => {
  it('lets requests wait for the collection that one of them causes, in their order, and answers too', () => {
    const d = desk();
    const first = d.ask(0);
    d.end(first); // 50 MB of garbage
    const second = d.ask(10); // 100 MB would be above 80: collected until 1010
    const third = d.ask(20);
    expect(d.memory.holdsBack(first, NONE, 30)).toBe(true);
    expect(d.log).toEqual(['run 0 at 0']);
    expect(d.memory.waitingTries).toBe(3);
    d.end(second); // garbage again, before the third one comes to its turn
    d.next();
    expect(d.log.slice(1)).toEqual([`run ${second} at 1010`]);
    d.next(); // for the third one's own 50 MB there was a collection from 1010 to 2010
    expect(d.log.slice(2)).toEqual([`run ${third} at 2010`, `answer ${first} at 2010`]);
    expect(d.memory.processes[0]!.stats.collections).toBe(2);
    expect(d.memory.longestPauseMs).toBe(1000);
  });

  it('passes by who has left while waiting', () => {
    const d = desk();
    d.end(d.ask(0));
    d.ask(10);
    const gone = d.ask(20);
    d.tries.settle(gone);
    d.next();
    expect(d.log).toEqual(['run 0 at 0', 'run 1 at 1010']);
    expect(d.memory.waitingTries).toBe(0);
  });

  it('holds the conversation, what is sent and the answer; frees the latter two at the end', () => {
    const d = desk();
    const [held, sent] = [d.memory.contexts, d.memory.sizes.sent];
    const t = d.ask(0);
    const live = d.memory.processes[0]!.liveBytes;
    expect(live).toBe(held.bytes[0]! + 50 * MB + sent[sent.indexOf(held.bytes[0]!)]!);
    d.end(t);
    expect(d.memory.processes[0]!.liveBytes).toBe(held.bytes[0]);
    expect(d.memory.begun).toBe(1);
  });

  it('writes a packed conversation anew each time it is used; the old one is garbage', () => {
    const d = desk({ answerBytes: 0, contexts: { compress: true } });
    const [{ sent }, process] = [d.memory.sizes, d.memory.processes[0]!];
    for (let n = 1; n <= 3; n++) {
      d.end(d.ask(n));
      const held = d.memory.contexts.bytes[0]!;
      expect(process.liveBytes).toBe(held);
      expect(sent).toContain((process.garbageBytes - (n - 1) * held) / n);
    }
  });

  it('holds a few chunks of an answer that is streamed', () => {
    const d = desk({ streamed: true });
    d.ask(0);
    const { liveBytes, garbageBytes } = d.memory.processes[0]!;
    expect(liveBytes).toBeLessThan(MB);
    expect(garbageBytes).toBe(50 * MB - 4 * 4096);
  });

  it('forgets a conversation that is not used for long, and begins it anew', () => {
    const d = desk({ keepS: 1, answerBytes: 0 });
    d.end(d.ask(0));
    d.end(d.ask(1000)); // not yet over
    d.end(d.ask(2001));
    expect(d.memory.begun).toBe(2);
    expect(d.memory.contexts.count[0]).toBe(1);
  });

  it('begins anew when it runs out of memory: what it worked on is lost, what waits is taken in', () => {
    const d = desk();
    const first = d.ask(0); // 50 MB live
    const second = d.ask(10); // does not fit beside it, even after a collection
    expect(d.memory.processes[0]!.stats.outOfMemory).toBe(1);
    expect(d.memory.contexts.count[0]).toBe(0);
    expect(d.memory.holdsBack(first, NONE, 500)).toBe(true);
    expect(d.log).toEqual(['run 0 at 0', 'lost 0 at 500']);
    d.end(first); // its bytes went with the process
    d.next();
    expect(d.log.slice(2)).toEqual([`run ${second} at 20010`]);
    expect(d.memory.lost).toBe(1);
    expect(d.memory.contexts.count[0]).toBe(1);
  });
});

/** A cache that always answers in 2 ms, before a heap. */
const office = (memory: ScenarioInput['memory']): ScenarioInput => ({
  name: 'office',
  durationS: 1000,
  intervalS: 1000,
  load: { ratePerS: 0.5 },
  path: ['l1'],
  tiers: {
    l1: {
      level: 'l1',
      scope: 'instance',
      capacityEntries: 10,
      preload: 'population',
      lookup: { law: 'constant', meanMs: 2 },
    },
  },
  memory,
});

describe('instances with a memory, in a run', () => {
  it('answer at once but in the second of a collection, and lose no request', () => {
    const run = new Simulation(office({ users: 10, process, requestBytes: 0, answerBytes: 5 * MB }), 3).run();
    const { recorder, memory } = run.world;
    const { collections } = memory!.processes[0]!.stats;
    // 5 MB and a prompt each, 80 MB to the collection: one in sixteen requests, or a little more often.
    const n = recorder.total.completed;
    expect(collections).toBeGreaterThanOrEqual(Math.floor(n / 16));
    expect(collections).toBeLessThan(n / 14);
    const { p50Ms, p99Ms } = recorder.window(0, 1); // to within a bucket of the histogram
    expect(p50Ms).toBeCloseTo(2, 1);
    expect(Math.abs(p99Ms - 1002)).toBeLessThan(8);
    expect(recorder.column('memory.collections')[0]).toBe(collections);
    expect(recorder.column('memory.pauseMs')[0]).toBe(collections * 1000);
    expect(recorder.total.failed).toBe(0);
  });

  it('obey Little’s law', () => {
    const input = office({ users: 500, process, answerBytes: 5 * MB });
    const { completed, meanResponseMs, meanInSystem } = new Simulation(
      { ...input, durationS: 20_000, intervalS: 100 },
      1,
    )
      .run()
      .systemReport();
    expect(meanResponseMs).toBeGreaterThan(20);
    expect(Math.abs(meanInSystem / ((completed / 20_000_000) * meanResponseMs) - 1)).toBeLessThan(0.001);
  });

  it('make no difference when there is room for everything', () => {
    const input: ScenarioInput = {
      name: 'roomy',
      durationS: 300,
      load: { ratePerS: 20 },
      population: { kind: 'zipf', keys: 500, exponent: 1, oneTimeShare: 0.05 },
      instances: 3,
      path: ['l1', 'pool'],
      tiers: { l1: { level: 'l1', scope: 'instance', capacityEntries: 100, ttlS: 60 } },
      stations: { pool: { servers: 10, service: { law: 'exponential', meanMs: 300 } } },
      caller: { timeoutMs: 600, retries: 1 },
    };
    const columns = ['completed', 'failed', 'retries', 'tier.l1.hits', 'station.pool.arrivals', 'p99Ms'];
    const series = (memory: object): number[][] => {
      const { recorder } = new Simulation({ ...input, ...memory }, 5).run().world;
      return columns.map((c) => [...recorder.column(c)]);
    };
    expect(series({ memory: { users: 300, process: { heapMb: 1e6 } } })).toEqual(series({}));
  });

  it('lose caches, conversations and requests when they run out of memory, and come back', () => {
    const run = new Simulation(
      {
        ...office({ users: 5000, process: { ...process, heapMb: 30 }, restartS: 5 }),
        load: { ratePerS: 20 },
        caller: { retries: 2 },
        intervalS: 10,
      },
      1,
    ).run();
    const { recorder } = run.world;
    const sum = (column: string): number => recorder.column(column).reduce((a, b) => a + b, 0);
    expect(sum('memory.oom')).toBeGreaterThan(1);
    expect(run.events.map((e) => e.kind)).toContain('outOfMemory');
    expect(run.world.tiers[0]!.fills).toBeGreaterThan(0); // the one key, there from the start, had to be fetched again
    expect(recorder.total.completed).toBeGreaterThan(0.9 * recorder.total.requests);
  });

  it('hold the conversations of the traffic, on one instance each, for as long as they go on', () => {
    const run = new Simulation(
      {
        name: 'talks',
        durationS: 600,
        intervalS: 10,
        load: { ratePerS: 2 },
        instances: 4,
        path: ['pool'],
        stations: { pool: { servers: null, service: { law: 'constant', meanMs: 100 } } },
        traffic: {
          agents: [
            {
              name: 'support',
              share: 1,
              inputTokens: { mean: 100 },
              outputTokens: { mean: 100 },
              turns: 5,
              think: { law: 'constant', meanMs: 10_000 },
            },
          ],
        },
        memory: { keepS: 30 },
      },
      1,
    ).run();
    const { memory, callers, recorder } = run.world;
    expect(memory!.begun).toBe(callers.traffic!.begun); // nobody had to begin again
    // Conversations last 4 × 10 s on average, and are kept for 30 s: 2 a second × 70 s.
    const held = recorder.column('memory.held').at(-1)!;
    expect(held).toBeGreaterThan(100);
    expect(held).toBeLessThan(180);
  });

  it('say what is wrong', () => {
    const input = office({ users: 10 });
    expect(() => parseScenario({ ...input, memory: {} })).toThrow(
      'memory.users: expected the number of users',
    );
    expect(() => parseScenario({ ...input, memory: { users: 10, contexts: { prune: 'token' } } })).toThrow(
      'memory.contexts.prune',
    );
    const run = new Simulation(input, 1);
    expect(() => run.pull('memory.contexts.prune', 'newest')).toThrow(
      'one of off, printed, tokens, relevance',
    );
    expect(() => run.pull('memory.process.heapMb', 1)).toThrow('a number from 16');
  });

  it('take a conversation’s new form when it is used again', () => {
    const run = new Simulation({ ...office({ users: 50 }), durationS: 3000, intervalS: 10 }, 1);
    run.advanceTo(1_000_000);
    const { recorder } = run.world;
    const before = recorder.column('memory.contextBytes')[99]!;
    run.pull('memory.contexts.compress', true);
    run.advanceTo(1_020_000);
    const soon = recorder.column('memory.contextBytes')[101]!;
    run.advanceTo(2_000_000);
    const after = recorder.column('memory.contextBytes')[199]!;
    expect(soon).toBeLessThan(before);
    expect(soon).toBeGreaterThan(0.5 * before);
    expect(after).toBeLessThan(0.3 * before);
  });
});
