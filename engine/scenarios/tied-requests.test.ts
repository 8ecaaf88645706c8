import { describe, expect, it } from 'vitest';
import { runOf, unmet } from '../simulation/preset-runs.ts';
import { tiedRequests } from './tied-requests.ts';

const SEEDS = [1, 2, 3];
const meanOf = (how: string | undefined, from: number, to: number): number =>
  SEEDS.reduce(
    (sum, seed) => sum + runOf(tiedRequests, seed, how).world.recorder.window(from, to).meanMs,
    0,
  ) / SEEDS.length;

describe('in two queues at once', () => {
  it('untouched, a request waits behind one slow call while others are idle', () => {
    expect(meanOf(undefined, 30, 150)).toBeGreaterThan(700);
  });

  it.each(SEEDS)('tied, hardly anybody does, for hardly more work, surge or not (seed %i)', (seed) => {
    const tied = runOf(tiedRequests, seed, 'tied').world.recorder;
    const plain = runOf(tiedRequests, seed).world.recorder;
    expect(tied.window(90, 150).meanMs).toBeLessThan(350);
    const busy = (recorder: typeof tied): number =>
      recorder
        .column('station.search.busy')
        .subarray(90, 150)
        .reduce((a, b) => a + b, 0) / 60;
    expect(busy(tied) / busy(plain)).toBeLessThan(1.15);
  });

  it('is better than the shorter of two queues, as the longer may be the faster', () => {
    expect(meanOf('tied', 180, 240)).toBeLessThan(meanOf('shorter', 180, 240));
  });

  it.each(SEEDS)('cancelled only at the answer, the second calls crowd out the first (seed %i)', (seed) => {
    const both = runOf(tiedRequests, seed, 'both');
    expect(both.events.some((e) => e.kind === 'hedges' && e.data['state'] === 'crowding')).toBe(true);
    expect(both.world.recorder.window(190, 240).meanMs).toBeGreaterThan(
      1.4 * runOf(tiedRequests, seed, 'tied').world.recorder.window(190, 240).meanMs,
    );
  });

  it('capped at one in twenty it does little', () => {
    const simulation = runOf(tiedRequests, 1, 'capped');
    expect(unmet(simulation)).toContain('meanMs');
    expect(simulation.events.some((e) => e.kind === 'hedges' && e.data['state'] === 'capped')).toBe(true);
  });
});
