import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';

const EVERY_S = 120;
const TARGET_MS = 2000;

/** A desk for 4 requests a second of a second each, watched by a keeper that looks every two minutes. */
function desk(surge: { atS: number; lastsS: number } | null): ScenarioInput {
  return {
    name: 'desk',
    durationS: 2400,
    intervalS: 10,
    load: { ratePerS: 4 },
    path: ['desk'],
    stations: { desk: { servers: 8, service: { law: 'exponential', meanMs: 1000 } } },
    caller: { timeoutMs: 60_000, retries: 0 },
    controls: {
      keeper: { station: 'desk', targetMs: TARGET_MS, everyS: EVERY_S, minServers: 2, maxServers: 60 },
    },
    events:
      surge === null
        ? []
        : [
            { at: surge.atS, label: 'Surge ×4', kind: 'surge', set: { 'load.factor': 4 } },
            { at: surge.atS + surge.lastsS, label: 'Surge ends', kind: 'relief', set: { 'load.factor': 1 } },
          ],
    levers: [
      {
        id: 'keeper',
        group: 'latency',
        label: 'Keeper',
        reason: 'Keeps the mean.',
        control: { kind: 'switch', path: 'controls.keeper.on' },
      },
      {
        id: 'servers',
        group: 'cost',
        label: 'Servers',
        reason: 'By hand.',
        control: { kind: 'number', path: 'stations.desk.servers' },
        param: { path: 'stations.desk.servers', unit: 'servers', min: 1, max: 60 },
      },
    ],
    objectives: { meanMs: TARGET_MS },
  };
}

const run = (
  scenario: ScenarioInput,
  pulls = [{ atS: 0, lever: 'keeper', value: true as boolean | number }],
) => new Simulation(scenario, 3, { pulls }).run();
const meanMs = ({ world }: Simulation, fromS: number, toS: number): number =>
  world.recorder.meanAndHits(fromS / 10, toS / 10).meanMs;
const decisions = ({ world }: Simulation) => world.controls.keeper!.decisions;
const serversAt = ({ world }: Simulation, atS: number): number =>
  world.recorder.column('keeper.servers')[atS / 10]!;

describe('a keeper', () => {
  it('leaves a steady desk near the least that Erlang C allows, and the mean within its target', () => {
    const { world } = run(desk(null));
    // By hand: 0.8 × 2 s leave 0.6 s to wait; M/M/5 at 4 Erlangs waits 0.55 s, and chance in a look asks for some more.
    const servers = world.recorder.column('keeper.servers').subarray(60);
    expect(Math.min(...servers)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...servers)).toBeLessThanOrEqual(12);
    expect(world.recorder.meanAndHits(60, 240).meanMs).toBeLessThan(TARGET_MS);
  });

  it('follows a surge of many looks: late by one look, then within the target', () => {
    const surged = run(desk({ atS: 600, lastsS: 1200 }));
    expect(meanMs(surged, 600, 720)).toBeGreaterThan(2 * TARGET_MS);
    expect(meanMs(surged, 960, 1800)).toBeLessThan(TARGET_MS);
    expect(serversAt(surged, 1790)).toBeGreaterThanOrEqual(17);
  });
});

describe('its failure: what comes faster than it looks', () => {
  // From 610 s to 670 s: after one look and over before the next.
  const surge = { atS: 610, lastsS: 60 };
  const kept = run(desk(surge));

  it('a surge within one interval is suffered in full, as without a keeper that size', () => {
    const during = decisions(kept).filter(({ atS }) => atS > surge.atS && atS < surge.atS + surge.lastsS);
    expect(during).toEqual([]);
    expect(meanMs(kept, 610, 720)).toBeGreaterThan(3 * TARGET_MS);
    const byHand = run(desk(surge), [{ atS: 0, lever: 'servers', value: serversAt(kept, 600) }]);
    expect(meanMs(byHand, 610, 720)).toBeCloseTo(meanMs(kept, 610, 720), 6);
  });

  it('the servers come when the surge is over, and are paid for until it dares to let them go', () => {
    const late = decisions(kept).find(({ atS }) => atS > surge.atS)!;
    expect(late.atS).toBe(720);
    expect(late.why).toBe('wait');
    expect(late.to).toBeGreaterThan(1.5 * late.from);
    // Load has been back to normal since 670 s; each further look takes no more than 15 % of the servers away.
    expect(serversAt(kept, 850)).toBe(Math.floor(late.to * 0.85));
    expect(serversAt(kept, 960)).toBeGreaterThan(serversAt(kept, 600));
  });
});

describe('switched off', () => {
  it('does not learn from waits of servers that it did not choose', () => {
    const pulls = [
      { atS: 0, lever: 'keeper', value: true },
      { atS: 500, lever: 'keeper', value: false },
      { atS: 510, lever: 'servers', value: 4 }, // as much work as they can do: waits grow without end
    ];
    const simulation = new Simulation(desk(null), 3, { pulls });
    const keeper = simulation.world.controls.keeper!;
    simulation.advanceTo(590_000);
    const { bias } = keeper as unknown as { bias: number };
    simulation.advanceTo(1_500_000);
    expect(meanMs(simulation, 1400, 1500)).toBeGreaterThan(2 * TARGET_MS);
    expect(keeper).toHaveProperty('bias', bias);
  });
});
