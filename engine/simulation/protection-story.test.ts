import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import { narrate } from './narrative.ts';
import type { PullValue } from './levers.ts';
import { Simulation } from './simulation.ts';

/** A scenario at a second of its run, with one of its presets or with pulls at a second. */
function at(name: string, atS: number, preset?: string, pulls: Record<string, PullValue> = {}) {
  const scenario = CATALOGUE[name]!;
  const how = preset ? scenario.presets![preset]! : { at: 30, pulls };
  const simulation = new Simulation(scenario, 1, {
    pulls: Object.entries(how.pulls).map(([lever, value]) => ({ atS: Number(how.at), lever, value })),
  });
  simulation.advanceTo(atS * 1000);
  const { lede, paragraphs } = narrate(simulation);
  return { lede, text: paragraphs.join(' '), simulation };
}

describe('what protects a system is told, with its reason', () => {
  it.each([
    ['redis-outage', 85, 'protect', /opened as 5 calls failed within 60 s/],
    [
      'redis-outage',
      140,
      'protect',
      /closed at 00:02:0\d: its probes were answered\. It had opened \d+ times/,
    ],
    [
      'redis-outage',
      110,
      undefined,
      /requests wait for \[\[l2\|Redis\]\]\. 0 % of the \[\[model\|model pool\]\] is at work/,
    ],
    ['overload-classes', 150, 'shed', /wait longer than 100 ms .* refused at the door: 100 % of low/],
    [
      'standing-queue',
      110,
      'codel',
      /dropped at the head of the queue, as the wait has stood above 500 ms for 1 s/,
    ],
    ['standing-queue', 70, 'bound', /holds 60 and no more: \d+ calls a second are refused/],
    ['concurrency-limit', 200, 'aimd', /At most \d+ calls .* risen from \d+, as nobody left/],
    ['hedging', 250, 'eager', /sent twice, when the first is not back after 50 ms.*load themselves/],
    ['hedging', 250, 'hedge', /The cap of 5 % holds others back|are sent twice/],
    [
      'connections',
      100,
      undefined,
      /\d+ calls wait for one of 12 connections\. 100 % of the calls need a new one/,
    ],
    ['batching', 300, 'batch', /window is \[\[trouble\|all that it adds\]\]/],
    ['retry-budget', 80, 'budget', /allows 20 % of the first tries and 10 a second/],
    ['deadlines', 100, 'margin', /their caller has less than 400 ms left/],
    ['slow-replica', 150, undefined, /stand before replica 3\. The balancer draws one at random/],
  ])('%s after %i s, %s', (name, atS, preset, words) => {
    expect(at(name, atS, preset).text).toMatch(words);
  });

  it('is nothing where nothing acts', () => {
    expect(at('connections', 40)).toMatchObject({ lede: 'All is well.' });
    expect(at('batching', 40).text).not.toMatch(/window/);
  });

  it('short batches: those without an answer are asked for alone, or fail', () => {
    const alone = at('batching', 150, undefined, { batching: true, short: 20 });
    expect(alone.text).toMatch(/had no answer in their batch and are asked for alone/);
    const failed = at('batching', 150, undefined, { batching: true, short: 20, fallback: false });
    expect(failed.text).toMatch(/had no answer in their batch and fail/);
    expect(failed.simulation.events.some((e) => e.kind === 'batch' && e.data['fallback'] === false)).toBe(
      true,
    );
  });
});

it('a fault that still lasts is no metastable failure, and one that is over may be', () => {
  const kinds = (atS: number): string[] => at('retry-budget', atS).simulation.events.map((e) => e.kind);
  expect(kinds(95)).not.toContain('metastable');
  expect(kinds(110)).toContain('metastable');
});
