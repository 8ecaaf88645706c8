import { describe, expect, it } from 'vitest';
import { goodput, mean, truth, type Moves } from './metastable.node.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { cacheLoads } from './theory.ts';

/** A cache that answers seven in eight, before 30 servers of 100 ms; callers leave after 1 s, and what comes later fills nothing. */
function coldCache(
  ratePerS: number,
  durationS: number,
  change: { station?: object; caller?: object; moves?: Moves } = {},
): ScenarioInput {
  return {
    name: 'cold-cache',
    durationS,
    intervalS: 1,
    historyS: 200_000 / ratePerS,
    load: { ratePerS },
    population: { kind: 'zipf', keys: 20_000, exponent: 1 },
    path: ['cache', 'db'],
    tiers: { cache: { level: 'l1', capacityEntries: 8000 } },
    stations: { db: { servers: 30, service: { law: 'exponential', meanMs: 100 }, ...change.station } },
    caller: { timeoutMs: 1000, ...change.caller },
    events: [
      { at: FLUSH_AT_S, label: 'cache lost', set: { 'tiers.cache.lose': 1 } },
      ...(change.moves ?? []).map(({ atS, set }) => ({ at: atS, label: 'operator', set })),
    ],
  };
}

const FLUSH_AT_S = 60;
const CURE_AT_S = 120;

/** Seconds from `fromS` to the first 10 s with 95 % of the answers of before. */
function recoversAfterS(simulation: Simulation, fromS: number): number | null {
  const good = goodput(simulation);
  const before = mean(good, 30, 60);
  for (let s = fromS; s < simulation.scenario.durationS - 10; s++)
    if (mean(good, s, s + 10) > 0.95 * before) return s - fromS;
  return null;
}

/** Shed to 15 % for 30 s, then let in more and more over 60 s. */
const shedAndRamp: Moves = [
  { atS: CURE_AT_S, set: { 'load.shedShare': 0.85 } },
  ...Array.from({ length: 60 }, (_, i) => ({
    atS: CURE_AT_S + 31 + i,
    set: { 'load.shedShare': 0.85 * (1 - (i + 1) / 60) },
  })),
];

const CASES = [
  { row: 'naive_full_flush', recovers: false, scenario: coldCache(1500, 240) },
  { row: 'coalesce_only', recovers: false, scenario: coldCache(1500, 240, { station: { coalesce: true } }) },
  { row: 'late_fill_only', recovers: true, scenario: coldCache(1500, 240, { caller: { lateFill: true } }) },
  {
    row: 'coalesce+late_fill',
    recovers: true,
    scenario: coldCache(1500, 240, { station: { coalesce: true }, caller: { lateFill: true } }),
  },
  {
    row: 'deadline_margin_only',
    recovers: true,
    scenario: coldCache(1500, 240, { station: { deadlineMarginMs: 300 } }),
  },
  {
    row: 'cure_120s_shed_to_15pct_30s_ramp60_no_queue_flush',
    recovers: false,
    from: CURE_AT_S,
    scenario: coldCache(1500, 420, { moves: shedAndRamp }),
  },
  {
    row: 'cure_120s_shed_to_15pct_30s_ramp60_with_queue_flush',
    recovers: true,
    from: CURE_AT_S,
    scenario: coldCache(1500, 420, {
      moves: [{ atS: CURE_AT_S, set: { 'stations.db.flush': 'all' } }, ...shedAndRamp],
    }),
  },
  { row: 'low_load_250_full_flush', recovers: true, scenario: coldCache(250, 240) },
];

describe('a cache lost under load', () => {
  it.each(CASES)('$row: recovers is $recovers', ({ recovers, scenario, from = FLUSH_AT_S }) => {
    for (const seed of [1, 2, 3])
      expect(recoversAfterS(new Simulation(scenario, seed).run(), from) !== null).toBe(recovers);
  });

  it('is dangerous only above what the origin stands without it', () => {
    const hitRate = 0.875;
    const { cold, warm } = cacheLoads(300, hitRate);
    expect(cold).toBe(300);
    expect(warm).toBeCloseTo(2400);
    expect(250).toBeLessThan(cold);
    expect(1500).toBeGreaterThan(cold);
    expect(1500).toBeLessThan(warm);
    const { recorder } = new Simulation(coldCache(1500, 60), 1).run().world;
    expect(recorder.window(30, 60).hitRate).toBeCloseTo(hitRate, 2);
  });

  it.skipIf(truth === null)('has the verdicts of ../shared/truth/metastable.json', () => {
    for (const { row, recovers } of CASES)
      expect([row, truth!.cold_cache[row]!.recovers_after_s !== null]).toEqual([row, recovers]);
  });
});
