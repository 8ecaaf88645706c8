import { describe, expect, it } from 'vitest';
import { scenarioByName } from '../scenarios/catalogue.ts';
import { Simulation } from '../simulation/simulation.ts';
import { KNOWN } from './known.ts';
import { knownFile } from './known-rescue.ts';
import { playOut } from './play-out.ts';
import { endSOf, holdSOf, incidentById, INCIDENTS, parPulls, PULLS_ALLOWED, RESCUE_SEED } from './rules.ts';

const opened = (id: string): Simulation => {
  const { scenario, overrides } = incidentById(id);
  return new Simulation(scenarioByName(scenario), RESCUE_SEED, { overrides });
};

describe.each(INCIDENTS.map((incident) => ({ id: incident.id, incident })))('$id', ({ id, incident }) => {
  const { scenario, objectives } = opened(id);

  it('has its whole clock within the run, after the first event', () => {
    expect(objectives.surgeS).not.toBeNull();
    expect(incident.startS).toBeGreaterThan(objectives.surgeS!);
    expect(objectives.surgeS!).toBeGreaterThanOrEqual(incident.usualS);
    expect(endSOf(incident)).toBeLessThanOrEqual(scenario.durationS);
  });

  it('wants what the scenario wants, as far as that has a goal for it', () => {
    for (const goal of incident.goals) {
      const wanted = Object.entries(scenario.objectives).find(([name]) => name === goal.id)?.[1];
      if (wanted !== undefined) expect('most' in goal ? goal.most : goal.least).toBe(wanted);
    }
  });

  it('has a reference of no more pulls than are allowed, none before the clock starts', () => {
    const pulls = parPulls(incident, scenario);
    expect(pulls.length).toBeGreaterThan(0);
    expect(pulls.length).toBeLessThanOrEqual(PULLS_ALLOWED);
    expect(pulls.every(({ afterS }) => afterS >= 0 && afterS < incident.clockS)).toBe(true);
  });

  it('names levers that there are where it says what to try', () => {
    const levers = scenario.levers.map((lever) => lever.id);
    for (const lever of Object.keys(incident.tries)) expect(levers).toContain(lever);
  });

  it('hurts when the clock starts', () => {
    const states = playOut({ ...incident, clockS: 0 }, RESCUE_SEED, []).judgement.goals;
    expect(states.some(({ met }) => !met)).toBe(true);
  });

  it('is rescued by the shortest known rescue, as was written down', () => {
    const known = KNOWN[id]!;
    const check = known.checks.find(({ seed }) => seed === RESCUE_SEED)!;
    const { score, judgement } = playOut(incident, RESCUE_SEED, known.pulls);
    expect(score.rescued).toBe(true);
    expect([score.total, judgement.heldSinceS]).toEqual([check.score, check.recoveredS]);
    expect(known.pulls.length).toBeLessThanOrEqual(parPulls(incident, scenario).length);
  });
});

describe('a clock', () => {
  it('of seven minutes asks for 30 s of goals held, one of seven hours for 30 minutes', () => {
    expect(holdSOf({ clockS: 420 })).toBeCloseTo(30, 9);
    expect(holdSOf({ clockS: 25_200 })).toBeCloseTo(1800, 9);
  });
});

describe('a small incident', () => {
  const incident = incidentById('cold-cache');

  it('is not rescued by doing nothing, which scores only for those who are served', () => {
    const { score } = playOut(incident, 3, []);
    expect(score.rescued).toBe(false);
    expect(score.lines.map(({ points }) => points > 0)).toEqual([true, true, false, false]);
  });

  it('scores less for the same pull later', () => {
    const at = (afterS: number) =>
      playOut(incident, 3, [{ afterS, lever: 'deadlineMargin', value: true }]).score.total;
    expect(at(60)).toBeLessThan(at(0));
    expect(at(200)).toBeLessThan(at(60));
  });

  it('refuses a lever that there is not', () => {
    expect(() => playOut(incident, 1, [{ afterS: 0, lever: 'poolsize', value: 1 }])).toThrow(
      'Did you mean "poolSize"?',
    );
  });
});

it('an unknown incident is refused, with a guess', () => {
  expect(() => incidentById('prime-dya')).toThrow('Did you mean "prime-day"?');
});

it('a par that the scenario does not document is refused', () => {
  const { scenario } = opened('cold-cache');
  expect(() => parPulls({ par: 'kept', startS: 0 }, scenario)).toThrow(
    'expected a preset (keep, margin, share)',
  );
});

it('the file of the known rescues is made of what is known', async () => {
  const text = knownFile(KNOWN)
    .replace(/^import.*$/m, '')
    .replace(/: Readonly<.*> =/, ' =');
  const written = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as {
    KNOWN: typeof KNOWN;
  };
  expect(written.KNOWN).toEqual(KNOWN);
});
