import { describe, expect, it } from 'vitest';
import { narrate } from '../simulation/narrative.ts';
import { runOf, unmet } from '../simulation/preset-runs.ts';
import { spotReclaim } from './spot-reclaim.ts';

const SEEDS = [1, 2];
/** Until 10:35 is enough to see who recovers. */
const short = { ...spotReclaim, durationS: 2100 };
const spent = (how: string | undefined): number =>
  runOf(short, 1, how)
    .world.recorder.column('agents.infraUsd')
    .reduce((a, b) => a + b, 0);

describe('spot agents are taken back', () => {
  it.each(SEEDS)('and what replaces them is taken back as well (seed %i)', (seed) => {
    const simulation = runOf(short, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(60, 120).errorRate).toBeLessThan(0.005);
    // Intervals of ten seconds: 10:20:20 to 10:22.
    expect(recorder.window(122, 132).errorRate).toBeGreaterThan(0.3);
    expect(unmet(simulation)).toContain('recovery');
    const reclaimed = recorder.column('agents.interrupted').reduce((a, b) => a + b, 0);
    expect(reclaimed).toBeGreaterThan(40);
    // One by one they are not news.
    expect(simulation.events.filter((e) => e.kind === 'interrupted').length).toBeLessThan(8);
  });

  it.each(SEEDS)('with half of them on demand, and four more, hardly anybody notices (seed %i)', (seed) => {
    const simulation = runOf(short, seed, 'mixed');
    expect(unmet(simulation)).toEqual([]);
    expect(simulation.world.recorder.window(121, 180).errorRate).toBeLessThan(0.02);
  });

  it.each(SEEDS)('on demand after a minute, it is over when those have started (seed %i)', (seed) => {
    const simulation = runOf(short, seed, 'fallback');
    expect(unmet(simulation)).not.toContain('recovery');
    expect(simulation.world.recorder.window(145, 210).errorRate).toBeLessThan(0.01);
  });

  it('more of the same is taken back with the rest', () => {
    expect(unmet(runOf(short, 1, 'more'))).toContain('recovery');
  });

  it('what is safe is dearer', () => {
    expect(spent('mixed')).toBeGreaterThan(1.2 * spent(undefined));
  });

  it('is told', () => {
    const { lede, paragraphs } = narrate(runOf({ ...spotReclaim, durationS: 1500 }, 1));
    expect(lede).toMatch(/^Spot agents are taken back: \d+ work, \d+ are starting\.$|^Agents: too few/);
    expect(paragraphs.join(' ')).toMatch(/spot agents were reclaimed|wait for/);
  });
});
