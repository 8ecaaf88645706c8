import { describe, expect, it } from 'vitest';
import { narrate } from '../simulation/narrative.ts';
import { goodputPerS, runOf, unmet } from '../simulation/preset-runs.ts';
import { stationReports } from '../simulation/summary.ts';
import { CATALOGUE } from './catalogue.ts';
import { concurrencyLimit } from './concurrency-limit.ts';
import { connections } from './connections.ts';
import { hotKey } from './hot-key.ts';
import { overloadClasses } from './overload-classes.ts';
import { redisOutage } from './redis-outage.ts';
import { slowReplica } from './slow-replica.ts';
import { standingQueue } from './standing-queue.ts';

const SEEDS = [1];

/** Presets that show how a mechanism fails; those that each scenario's own test has are not here. */
describe('presets that fail', () => {
  it('are called so, and every one names a way', () => {
    const fails = Object.entries(CATALOGUE).flatMap(([name, { presets }]) =>
      Object.entries(presets ?? {})
        .filter(([, { title }]) => title.startsWith('Fails'))
        .map(([preset, { title }]) => ({ at: `${name} ${preset}`, title })),
    );
    expect(fails.length).toBeGreaterThan(20);
    for (const { at, title } of fails)
      expect([at, title]).toEqual([at, expect.stringMatching(/^Fails: [a-z].{8,}/)]);
  });

  it.each(SEEDS)('a breaker stuck half-open: Redis is back, and nobody may ask it (seed %i)', (seed) => {
    const simulation = runOf(redisOutage, seed, 'stuck');
    expect(stationReports(simulation)['redis']!.breaker!.state).toBe('half-open');
    // Of memory alone, with Redis idle beside it.
    expect(simulation.world.recorder.window(150, 240).hitRate).toBeLessThan(0.6);
    expect(simulation.events.filter((e) => e.kind === 'breaker').map((e) => e.data['state'])).toEqual([
      'open',
      'half-open',
      'stuck',
    ]);
    expect(narrate(simulation).lede).toBe('The breaker of Redis is stuck half-open.');
  });

  it.each(SEEDS)('CoDel with a target below the service time drops where nobody has to (seed %i)', (seed) => {
    const simulation = runOf(standingQueue, seed, 'touchy');
    expect(simulation.world.recorder.window(200, 420).errorRate).toBeGreaterThan(0.04);
    expect(simulation.world.recorder.column('station.pool.busy').at(-1)!).toBeLessThan(20);
    expect(simulation.events.filter((e) => e.kind === 'codel')[0]!.atS).toBeLessThan(62); // without the burst's help
  });

  it.each(SEEDS)('a bound of three places refuses on a quiet day (seed %i)', (seed) => {
    expect(runOf(standingQueue, seed, 'narrow').world.recorder.window(200, 420).errorRate).toBeGreaterThan(
      0.04,
    );
  });

  it.each(SEEDS)('newest first leaves the oldest behind (seed %i)', (seed) => {
    const { recorder } = runOf(standingQueue, seed, 'newest').world;
    expect(recorder.window(95, 115).p50Ms).toBeLessThan(2000);
    expect(recorder.window(115, 160).errorRate).toBeGreaterThan(0.2);
  });

  it.each(SEEDS)(
    'shedding alone, in a collapse, refuses everybody until the dead are served (seed %i)',
    (seed) => {
      const late = runOf(overloadClasses, seed, 'late');
      const helped = runOf(overloadClasses, seed, 'shed');
      expect(goodputPerS(late, 90, 130)).toBeLessThan(0.7 * goodputPerS(helped, 90, 130));
    },
  );

  it.each(SEEDS)('half of all, whoever asks, is half of the critical (seed %i)', (seed) => {
    expect(unmet(runOf(overloadClasses, seed, 'blind'))).toContain('criticalServed');
  });

  it.each(SEEDS)('a fixed limit of 300 is none (seed %i)', (seed) => {
    expect(goodputPerS(runOf(concurrencyLimit, seed, 'wide'), 120, 210)).toBeLessThan(5);
  });

  it.each(SEEDS)('a gradient that forgets soon climbs after its own delay (seed %i)', (seed) => {
    const simulation = runOf(concurrencyLimit, seed, 'published');
    const limit = simulation.world.recorder.column('station.service.limit');
    expect(limit[205]!).toBeGreaterThan(3 * limit[90]!);
    expect(simulation.world.recorder.window(190, 210).meanMs).toBeGreaterThan(900);
    expect(simulation.events.filter((e) => e.kind === 'limit').map((e) => e.data['why'])).toContain('room');
  });

  it.each(SEEDS)('a keep-alive longer than the server’s meets closed connections (seed %i)', (seed) => {
    const report = stationReports(runOf(connections, seed, 'race'))['model']!.connections!;
    expect(report.races).toBeGreaterThan(500);
    expect(stationReports(runOf(connections, seed, 'keep'))['model']!.connections!.races).toBe(0);
  });

  it.each(SEEDS)('a replica that fails at once draws everything (seed %i)', (seed) => {
    const simulation = runOf(slowReplica, seed, 'black-hole');
    expect(simulation.world.recorder.window(240, 360).errorRate).toBeGreaterThan(0.7);
    expect(narrate(simulation).lede).toBe('Replica 3 fails what it gets, and gets the most.');
  });

  it.each(SEEDS)('an entry kept for longer is a stampede as large (seed %i)', (seed) => {
    const worst = (how?: string): number =>
      Math.max(...runOf(hotKey, seed, how).world.recorder.column('station.pool.arrivals').subarray(60, 300));
    expect(worst('longer')).toBeGreaterThan(0.4 * worst());
    expect(worst('longer')).toBeGreaterThan(100);
  });
});

it('no run of a minute’s scenario has a long log', () => {
  for (const [name, scenario] of Object.entries(CATALOGUE)) {
    if ((scenario.durationS ?? 0) > 420) continue;
    const { events } = runOf(scenario, 1);
    const watched = events.filter(
      ({ kind }) => !['scripted', 'pull', 'saturated', 'relieved'].includes(kind),
    );
    expect([name, watched.length < 16]).toEqual([name, true]);
  }
});
