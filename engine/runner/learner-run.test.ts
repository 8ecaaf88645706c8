import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHALLENGE_KINDS, challengeOf, type ChallengeKind } from '../scenarios/challenges.ts';
import { Simulation } from '../simulation/simulation.ts';
import { nameOfKey } from './learner-caches.ts';
import { CallMeter, describe as describeValue, LearnerFault } from './learner-call.ts';
import { plugInsOf, type Exported } from './learner-plug-ins.ts';
import type { ContestantEnd, Progress } from './learner-protocol.ts';
import { runContestant } from './learner-run.ts';

/** A clock that moves by itself: a step with each look. */
function clockOf(stepMs: number): { nowMs: () => number } {
  let nowMs = 0;
  return { nowMs: () => (nowMs += stepMs) };
}

const runOf = (kind: ChallengeKind, exported: Exported, seed = 3): ContestantEnd =>
  runContestant({ kind, seed, reference: null }, exported, { ...clockOf(0.01), progress: () => {} });

function faultOf(kind: ChallengeKind, exported: Exported): { call: string; expected: string; got: string } {
  const end = runOf(kind, exported);
  if (end.kind !== 'fault') throw new Error('The run came to its end.');
  return end.fault;
}

class LruPart {
  private readonly keys = new Set<number>();
  onInsert(key: number): void {
    this.keys.add(key);
  }
  onHit(key: number): void {
    this.keys.delete(key);
    this.keys.add(key);
  }
  onRemove(key: number): void {
    this.keys.delete(key);
  }
  victim(): number {
    return this.keys.values().next().value!;
  }
}

class FifoPart extends LruPart {
  override onHit(): void {}
}

/** The first minutes of a challenge, with a part and with the built-in one. */
function firstMinutes(
  kind: ChallengeKind,
  durationS: number,
  exported: Exported,
  builtIn: [string, unknown][],
): string[] {
  const { scenario, yours } = challengeOf(kind);
  const short = [
    { path: 'durationS', value: durationS },
    { path: 'events', value: [] },
  ];
  const plugIns = plugInsOf(
    challengeOf(kind),
    exported,
    3,
    new CallMeter({ ...clockOf(0), alive: () => {} }),
  );
  const overrides = builtIn.map(([path, value]) => ({ path, value }));
  return [
    new Simulation(scenario, 3, { overrides: [...short, ...yours], plugIns }).run(),
    new Simulation(scenario, 3, { overrides: [...short, ...overrides] }).run(),
  ].map(({ world }) => JSON.stringify(world.recorder.data.map((column) => Array.from(column))));
}

describe('a part that a learner wrote', () => {
  it('as LRU gives exactly the run of the built-in LRU', () => {
    const [own, builtIn] = firstMinutes('eviction', 180, { Eviction: LruPart }, []);
    expect(own).toBe(builtIn);
  });

  it('as FIFO gives exactly the run of the built-in FIFO, and not that of LRU', () => {
    const [own, builtIn] = firstMinutes('eviction', 180, { Eviction: FifoPart }, [
      ['tiers.l2.policy', 'fifo'],
    ]);
    expect(own).toBe(builtIn);
    expect(own).not.toBe(firstMinutes('eviction', 180, { Eviction: LruPart }, [])[0]);
  });

  it('as a doorkeeper who lets everybody in gives the run of a cache without one', () => {
    const [own, builtIn] = firstMinutes(
      'admission',
      180,
      {
        Admission: class {
          admit = () => true;
        },
      },
      [],
    );
    expect(own).toBe(builtIn);
  });

  it('that retries three times at once gives the run of three retries', () => {
    class Retry {
      next({ attempt }: { attempt: number }): number | undefined {
        return attempt <= 3 ? 0 : undefined;
      }
    }
    const [own, builtIn] = firstMinutes('retry', 120, { Retry }, []);
    expect(own).toBe(builtIn);
  });

  it('that takes the cheapest gives the run of the score by cost alone', () => {
    const choose = (_: unknown, models: { name: string; costUsd: number }[]): string =>
      models.reduce((best, model) => (model.costUsd < best.costUsd ? model : best)).name;
    const cheapest = challengeOf('selector').references.find(({ id }) => id === 'cheapest')!;
    const [own, builtIn] = firstMinutes(
      'selector',
      3600,
      { choose },
      cheapest.overrides.map(({ path, value }) => [path, value]),
    );
    expect(own).toBe(builtIn);
  });

  it('that is the same on the same seed gives the same report, and another on another', () => {
    const Batching = class {
      wait = ({ idle, oldestMs }: { idle: number; oldestMs: number }): number =>
        idle > 0 || oldestMs >= 400 ? 0 : 400 - oldestMs;
    };
    const [a, b, c] = [3, 3, 4].map((seed) => runOf('batcher', { Batching }, seed));
    expect(a).toMatchObject({ kind: 'report', report: { seed: 3, callUs: expect.any(Number) } });
    expect(b).toEqual(a);
    if (a.kind !== 'report' || c.kind !== 'report') throw new Error('no report');
    expect(a.report.whole.requests).toBeGreaterThan(1_000_000);
    expect(a.report.calls).toBeGreaterThan(1_000_000);
    expect(a.report.phases.map(({ requests }) => requests > 10_000)).toEqual([true, true, true, true]);
    expect(a.report.series.meanMs.length).toBe(360);
    expect(c.report.fingerprint).not.toBe(a.report.fingerprint);
  });
});

describe('an answer that cannot be used ends the run with what was asked, expected and got', () => {
  const eviction = (victim: () => unknown): Exported => ({
    Eviction: class extends FifoPart {
      override victim = victim as () => number;
    },
  });

  it.each([
    ['a key that nobody holds', () => 12, '12, which is not held'],
    ['nothing', () => undefined, 'nothing (undefined)'],
    ['NaN', () => NaN, 'NaN'],
    ['half a key', () => 0.5, '0.5'],
    ['a promise', () => Promise.resolve(1), 'a promise'],
    ['a text', () => '7', '"7"'],
  ] as [string, () => unknown, string][])('victim gives %s', (_, victim, got) => {
    expect(faultOf('eviction', eviction(victim))).toMatchObject({
      call: 'victim()',
      expected: 'one of the 10000 keys that are held',
      got,
    });
  });

  it('says when it was, and after how many decisions', () => {
    let victims = 0;
    const Eviction = class extends FifoPart {
      override victim = (): number => (++victims < 150_000 ? FifoPart.prototype.victim.call(this) : 0);
    };
    const end = runOf('eviction', { Eviction });
    expect(end).toMatchObject({ kind: 'fault', fault: { call: 'victim()', got: '0, which is not held' } });
    if (end.kind !== 'fault') return;
    expect(end.fault.atS).toBeGreaterThan(5);
    expect(end.fault.requests).toBeGreaterThan(1000);
    expect(end.fault.calls).toBeGreaterThan(150_000);
    expect(end.fault.share).toBeLessThan(0.1);
  });

  it('may do so before the run, while the caches are filled with what came before', () => {
    const end = runOf(
      'eviction',
      eviction(() => 0),
    );
    expect(end).toMatchObject({ kind: 'fault', fault: { atS: 0, requests: 0, calls: expect.any(Number) } });
    if (end.kind === 'fault') expect(end.fault.calls).toBeGreaterThan(10_000);
  });

  it('keeps the stack of what was thrown', () => {
    const end = runOf(
      'eviction',
      eviction(() => (null as unknown as { x: number }).x),
    );
    expect(end).toMatchObject({
      kind: 'fault',
      fault: { got: expect.stringMatching(/^an error: TypeError: /) },
    });
    if (end.kind === 'fault') expect(end.fault.stack).toContain('learner-run.test');
  });

  it('an async method is refused at its first call', () => {
    const Eviction = class extends LruPart {
      override onInsert = (() => Promise.resolve()) as () => void;
    };
    expect(faultOf('eviction', { Eviction })).toMatchObject({
      call: expect.stringMatching(/^onInsert\(\d+\)$/),
      got: 'a promise',
    });
  });

  it.each([
    [
      'admission',
      {
        Admission: class {
          admit = () => 1;
        },
      },
      /^admit\(/,
      'true or false',
      '1',
    ],
    [
      'retry',
      {
        Retry: class {
          next = () => -5;
        },
      },
      /^next\(/,
      'milliseconds of 0 or more, or undefined for no further try',
      '-5',
    ],
    [
      'retry',
      {
        Retry: class {
          next = () => null;
        },
      },
      /^next\(/,
      'milliseconds of 0 or more, or undefined for no further try',
      'null',
    ],
    [
      'batcher',
      {
        Batching: class {
          wait = () => NaN;
        },
      },
      /^wait\(/,
      'milliseconds of 0 or more',
      'NaN',
    ],
    [
      'selector',
      { choose: () => 'gpt-5' },
      /^choose\(/,
      'one of gpt-4, gpt-4-turbo, gpt-3.5-turbo',
      '"gpt-5"',
    ],
    ['selector', { choose: () => 0 }, /^choose\(/, 'one of gpt-4, gpt-4-turbo, gpt-3.5-turbo', '0'],
    ['eviction', {}, /^your file$/, 'an exported class Eviction', 'nothing (undefined)'],
    [
      'eviction',
      { Eviction: class {} },
      /^new Eviction\(10000\)$/,
      'an object with a method onInsert',
      'one without',
    ],
    ['selector', { choose: 'gpt-4' }, /^your file$/, 'an exported function choose', '"gpt-4"'],
  ] as [ChallengeKind, Exported, RegExp, string, string][])(
    '%s (%#)',
    (kind, exported, call, expected, got) => {
      expect(faultOf(kind, exported)).toMatchObject({ call: expect.stringMatching(call), expected, got });
    },
  );

  it('an error of the simulator itself is not taken for one of the learner', () => {
    expect(() =>
      runContestant({ kind: 'eviction', seed: 1, reference: 'none' }, null, {
        ...clockOf(1),
        progress: () => {},
      }),
    ).toThrow('There is no reference none');
  });
});

describe('the figures around it', () => {
  it('keys get names without a meaning, and no two the same', () => {
    expect([0, 1, 2, -1].map(nameOfKey)).toEqual([...new Set([0, 1, 2, -1].map(nameOfKey))]);
    const names = new Set(Array.from({ length: 100_000 }, (_, key) => nameOfKey(key)));
    expect(names.size).toBe(100_000);
    fc.assert(
      fc.property(fc.integer(), (key) => {
        const name = nameOfKey(key);
        expect(name).toBe(name >>> 0);
      }),
    );
  });

  it('the time of a decision is the median over slices of the means', () => {
    // Three slices of 16 decisions: 10 µs, 10 µs and, in a pause of the machine, 1000 µs each.
    let [nowMs, stepMs] = [0, 0.01];
    const meter = new CallMeter({ nowMs: () => (nowMs += stepMs), alive: () => {} });
    for (const step of [0.01, 0.01, 1]) {
      stepMs = step;
      for (let i = 0; i < 16; i++) {
        meter.begin();
        meter.end();
      }
      meter.mark();
    }
    expect(meter.calls).toBe(48);
    expect(meter.medianUs).toBeCloseTo(10, 6);
    expect(new CallMeter({ ...clockOf(1), alive: () => {} }).medianUs).toBeNull();
  });

  it('slow decisions are heard of one by one', () => {
    let alive = 0;
    const meter = new CallMeter({ ...clockOf(400), alive: () => alive++ });
    for (let i = 0; i < 20; i++) {
      meter.begin();
      meter.end();
    }
    expect(alive).toBe(13);
  });

  it('progress grows to the end', () => {
    const seen: Progress[] = [];
    const retries = { kind: 'retry', seed: 1, reference: 'none' } as const;
    const end = runContestant(retries, null, { ...clockOf(1), progress: (now) => seen.push(now) });
    expect(end.kind).toBe('report');
    expect(seen.map(({ share }) => share)).toEqual(Array.from({ length: 200 }, (_, i) => (i + 1) / 200));
    expect(seen.at(-1)).toMatchObject({ atS: 3600, calls: 0, callUs: null });
    if (end.kind === 'report') expect(end.report.whole.requests).toBeGreaterThan(1_000_000);
  });

  it('values are named as a person would', () => {
    expect([undefined, null, 3, 'a', {}, [], () => 1, Promise.resolve()].map(describeValue)).toEqual([
      'nothing (undefined)',
      'null',
      '3',
      '"a"',
      'an object',
      'a list',
      'a function',
      'a promise',
    ]);
    expect(new LearnerFault('a()', 'b', 'c').message).toBe('a(): expected b, got c.');
  });

  it.each(CHALLENGE_KINDS)('%s: its scenario and all references can be run', (kind) => {
    const { scenario, references, yours, phases, metrics } = challengeOf(kind);
    for (const overrides of [yours, ...references.map((one) => one.overrides)])
      expect(() => new Simulation(scenario, 1, { overrides })).not.toThrow();
    expect(new Set(references.map(({ id }) => id)).size).toBe(references.length);
    expect(Math.max(...phases.map(({ toS }) => toS))).toBeLessThanOrEqual(scenario.durationS);
    expect(metrics.length).toBeGreaterThan(2);
  });
});
