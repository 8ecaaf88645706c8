import { describe, expect, it } from 'vitest';
import { createPolicy, type PolicyName } from '../cache/eviction/registry.ts';
import { RandomStream } from '../core/random.ts';
import { pick } from '../cost/selection.ts';
import { selectionSchema } from '../cost/selection-candidate.ts';
import { backoffMs, RetryBudget } from '../latency/retry.ts';
import { batching } from '../scenarios/batching.ts';
import { challengeOf } from '../scenarios/challenges.ts';
import { primeDay } from '../scenarios/prime-day.ts';
import type { Override } from './overrides.ts';
import type { BatchingQuestion, PlugIns } from './plug-ins.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import * as v from 'valibot';

const at = (path: string, value: unknown): Override => ({ path, value });
const run = (scenario: ScenarioInput, overrides: Override[], plugIns?: PlugIns): Simulation =>
  new Simulation(scenario, 5, { overrides, plugIns }).run();

/** The whole run as numbers, whatever the scenario says of it. */
const numbersOf = ({ world }: Simulation): number[][] =>
  world.recorder.data.map((column) => Array.from(column.subarray(0, world.recorder.closed)));

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

const shortPrimeDay = [at('durationS', 1080)];
const smallRedis = challengeOf('eviction').scenario;
const twoMinutes: ScenarioInput = { ...smallRedis, events: [], durationS: 120 };

describe('without plug-ins', () => {
  it('a run is the run it was', () => {
    const runs = [undefined, {}].map((plugIns) =>
      run(primeDay, [at('durationS', 60), at('events', [])], plugIns),
    );
    expect(runs[0].fingerprint()).toBe(runs[1].fingerprint());
  });
});

describe('a plug-in that does what a built-in part does gives the same run', () => {
  it.each<PolicyName>(['lru', 'fifo', 's3-fifo', 'w-tinylfu'])('eviction: %s', (name) => {
    const builtIn = run(twoMinutes, [at('tiers.l2.policy', name)]);
    const policy = (capacity: number) => createPolicy(name, capacity);
    // The setting says something else, and nobody listens.
    const other = name === 'lru' ? 'fifo' : 'lru';
    const plugged = run(twoMinutes, [at('tiers.l2.policy', other)], { caches: { tier: 'l2', policy } });
    expect(builtIn.world.tiers[0].caches[0].evictions).toBeGreaterThan(1000);
    expect(numbersOf(plugged)).toEqual(numbersOf(builtIn));
  });

  it('retries: three with backoff and jitter, under a budget', () => {
    const backoff = {
      kind: 'exponential',
      baseMs: 500,
      capMs: 8000,
      jitter: 'full',
      refusedMs: 1000,
    } as const;
    const budget = { ratio: 0.02, minPerS: 1, burst: 50 };
    const builtIn = run(primeDay, [
      ...shortPrimeDay,
      at('caller.backoff', backoff),
      at('caller.retryBudget', { on: true, ...budget }),
    ]);
    const tokens = new RetryBudget(budget);
    const random = new RandomStream(5, 'backoff');
    const plugged = run(primeDay, [...shortPrimeDay, at('caller.retries', 0)], {
      retry: {
        onFirstTry: () => tokens.onFirstTry(),
        waitMs: (attempt, refused, nowMs) =>
          attempt <= 3 && tokens.tryTake(nowMs) ? backoffMs(backoff, attempt, refused, random) : -1,
      },
    });
    expect(builtIn.world.recorder.total.retries).toBeGreaterThan(100);
    expect(numbersOf(plugged)).toEqual(numbersOf(builtIn));
  });

  it('choice of a model: the normalised score', () => {
    const { scenario, yours } = challengeOf('selector');
    const short = [...yours, at('durationS', 7200), at('events', [])];
    const settings = v.parse(selectionSchema, scenario.gateway!.selection);
    const plugged = run(scenario, short, {
      selector: (task, candidates) => pick(task, candidates, settings),
    });
    expect(numbersOf(plugged)).toEqual(numbersOf(run(scenario, short)));
  });

  it('batches: 16 or 50 ms after the first', () => {
    const on = [at('stations.model.batch.on', true), at('stations.model.batch.perItem.meanMs', 5)];
    const questions: BatchingQuestion[] = [];
    const waitMs = (question: BatchingQuestion): number => {
      questions.push(question);
      const { waiting, oldestMs, why } = question;
      if (waiting >= 16 || why === 'time') return 0;
      // An answer changes nothing, and the time that was named stays.
      return Math.max(0.02, 50 - oldestMs);
    };
    const builtIn = run(batching, on).world.recorder;
    const plugged = run(batching, on, { batching: { station: 'model', waitMs } }).world.recorder;
    expect(plugged.total.requests).toBe(builtIn.total.requests);
    // A time that is named anew comes out a last digit earlier or later, which moves a second's mean but no batch.
    expect(Math.abs(plugged.total.latencySumMs - builtIn.total.latencySumMs)).toBeLessThan(2);
    for (const column of ['completed', 'station.model.completed'])
      expect(sum(plugged.column(column))).toBe(sum(builtIn.column(column)));
    expect(new Set(questions.map(({ why }) => why))).toEqual(new Set(['item', 'time', 'answer']));
  });
});

describe('a plug-in', () => {
  it('is asked with what is true: workers that are idle, texts that wait', () => {
    const questions: BatchingQuestion[] = [];
    run(batching, [at('stations.model.batch.on', true), at('durationS', 20), at('events', [])], {
      batching: {
        station: 'model',
        waitMs: (question) => {
          questions.push(question);
          return question.waiting < 3 ? Infinity : 0;
        },
      },
    });
    expect(questions[0]).toMatchObject({ why: 'item', waiting: 1, oldestMs: 0, idle: 4 });
    expect(questions.every(({ idle }) => idle >= 0 && idle <= 4)).toBe(true);
    expect(questions.some(({ why, idle }) => why === 'answer' && idle > 0)).toBe(true);
    expect(Math.max(...questions.map(({ waiting }) => waiting))).toBe(3);
  });

  it('may put a batch off when its time comes', () => {
    let put = 0;
    const simulation = run(
      batching,
      [at('stations.model.batch.on', true), at('durationS', 20), at('events', [])],
      {
        batching: {
          station: 'model',
          waitMs: ({ why, oldestMs }) => {
            if (oldestMs >= 40) return 0;
            if (why === 'time') put++;
            return 10;
          },
        },
      },
    );
    expect(put).toBeGreaterThan(50);
    const { completed, failed } = simulation.world.recorder.total;
    expect(completed).toBeGreaterThan(300);
    expect(failed).toBe(0);
  });

  it('that retries refusals at once comes to an end all the same', () => {
    const full: ScenarioInput = {
      name: 'full',
      durationS: 5,
      load: { ratePerS: 20 },
      path: ['desk'],
      stations: { desk: { servers: 1, maxQueue: 0, service: { law: 'constant', meanMs: 1000 } } },
    };
    const simulation = run(full, [], { retry: { onFirstTry: () => {}, waitMs: () => 0 } });
    const { tries, requests } = simulation.world.recorder.total;
    expect(tries).toBeGreaterThan(requests * 10);
    expect(tries).toBeLessThanOrEqual(requests * 50);
  });

  it('ends the run with what it throws', () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    expect(() => run(twoMinutes, [], { caches: { tier: 'l2', policy: refuse } })).toThrow('no');
    const { scenario, yours } = challengeOf('selector');
    expect(() =>
      run(scenario, [...yours, at('durationS', 600), at('events', [])], { selector: refuse }),
    ).toThrow('no');
  });

  it.each([
    [{ caches: { tier: 'l9', policy: () => createPolicy('lru', 1) } }, 'plugIns.caches.tier'],
    [{ batching: { station: 'pool', waitMs: () => 0 } }, 'plugIns.batching.station'],
    [{ selector: () => 0 }, 'plugIns.selector'],
  ] as [PlugIns, string][])('without a place in the scenario is refused (%#)', (plugIns, place) => {
    expect(() => new Simulation(primeDay, 1, { plugIns })).toThrow(place);
  });
});
