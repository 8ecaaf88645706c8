import { describe, expect, it } from 'vitest';
import { judgeGoal, type Goal } from '../simulation/debrief-goal.ts';
import { runOf } from '../simulation/preset-runs.ts';
import { atSeconds, parseScenario } from '../simulation/scenario.ts';
import { Simulation } from '../simulation/simulation.ts';
import { CATALOGUE } from './catalogue.ts';
import { GROUPS, MECHANISMS, type LibraryEntry } from './library-entry.ts';
import { PAR_SEED, PARS } from './library-par.ts';
import { entryOf, LIBRARY, libraryEntry } from './library.ts';

/** Whole days and collapses that take a second or more; their own tests run them untouched. */
const SLOW_ALONE = new Set(['prime-day', 'news-feed', 'model-bill', 'budget-day', 'price-change']);
const SLOW_PAR = new Set(['model-bill', 'budget-day']);
/** Back for good by then, it has the same figure of recovery. */
const SHORTER: Readonly<Record<string, number>> = { 'prime-day': 1320 };

const withGoal = LIBRARY.filter(
  (entry): entry is LibraryEntry & { goal: Goal; par: string } => entry.goal !== null,
);

function judged(name: string, goal: Goal, preset?: string) {
  const scenario = CATALOGUE[name]!;
  const durationS = SHORTER[name] ?? scenario.durationS;
  const run = runOf({ ...scenario, durationS }, PAR_SEED, preset);
  return judgeGoal(
    goal,
    {
      objectives: run.objectives.states(),
      recoveredAfterS: run.objectives.recoveredAfterS,
      pulls: run.pulls,
      changed: false,
    },
    run.scenario,
  );
}

describe('the library', () => {
  it('has each scenario of the catalogue once', () => {
    expect(LIBRARY.map(({ name }) => name).sort()).toEqual(Object.keys(CATALOGUE).sort());
    expect(new Set(LIBRARY.map(({ name }) => name)).size).toBe(LIBRARY.length);
  });

  it('has something in every group and of every mechanism', () => {
    for (const { id } of GROUPS) expect(LIBRARY.some(({ group }) => group === id)).toBe(true);
    for (const { id } of MECHANISMS)
      expect(LIBRARY.some((entry) => entry.mechanisms.includes(id))).toBe(true);
  });

  it.each(LIBRARY.map((entry) => [entry.name, entry] as const))(
    '%s names only what there is',
    (name, entry) => {
      const scenario = parseScenario(CATALOGUE[name]);
      expect(scenario.question).toBeTruthy();
      expect(entry.sections.length).toBeGreaterThan(0);
      expect(entry.tries.length).toBeGreaterThanOrEqual(2);
      const pulls = entry.tries.flatMap((one) => {
        if ('preset' in one) {
          expect(Object.keys(scenario.presets)).toContain(one.preset);
          return [];
        }
        const atS = atSeconds(one.at, scenario, 'at');
        expect(atS).toBeLessThan(scenario.durationS);
        return Object.entries(one.pulls).map(([lever, value]) => ({ atS, lever, value }));
      });
      // Refuses a lever that is none, and a value that it cannot take.
      const built = new Simulation(scenario, PAR_SEED, { pulls });
      expect((entry.par === null) === (entry.goal === null)).toBe(true);
      expect(name in PARS).toBe(entry.goal !== null);
      if (!entry.goal || entry.par === null) return;
      const known = built.objectives.states().map(({ id }) => id);
      expect(known).toEqual(expect.arrayContaining([...entry.goal.objectives, entry.goal.measure]));
      const levers = scenario.levers.map(({ id }) => id);
      expect(levers).toEqual(expect.arrayContaining([...(entry.goal.without ?? [])]));
      const par = scenario.presets[entry.par]!;
      expect(PARS[name]!.pulls).toBe(Object.keys(par.pulls).length);
      expect(Object.keys(par.pulls).filter((id) => entry.goal!.without?.includes(id))).toEqual([]);
      if (entry.goal.from !== undefined)
        expect(atSeconds(par.at, scenario, 'at')).toBeGreaterThanOrEqual(
          atSeconds(entry.goal.from, scenario, 'from'),
        );
    },
  );

  it.each(withGoal.filter(({ name }) => !SLOW_PAR.has(name)).map((entry) => [entry.name, entry] as const))(
    '%s: par reaches the goal, by the figure on its card',
    (name, { goal, par }) => {
      const { reached, value } = judged(name, goal, par);
      expect(reached).toBe(true);
      expect(value).toBe(PARS[name]!.value);
    },
    30_000,
  );

  it.each(withGoal.filter(({ name }) => !SLOW_ALONE.has(name)).map((entry) => [entry.name, entry] as const))(
    '%s: the goal is not reached by itself',
    (name, { goal }) => expect(judged(name, goal).reached).toBe(false),
    30_000,
  );

  it('finds an entry by its name, and says which names there are', () => {
    expect(entryOf('hot-key')?.group).toBe('S5');
    expect(entryOf('cold')).toBeUndefined();
    expect(() => libraryEntry('cold')).toThrow(/one of prime-day, .*got "cold"/);
  });
});
