import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { PAR_SEED, PARS } from '../../engine/scenarios/library-par.ts';
import { LIBRARY, libraryEntry } from '../../engine/scenarios/library.ts';
import { figureWords, goalWords } from '../../engine/simulation/debrief-words.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { objectives } from '../../quiz/objectives.ts';
import manual from '../../docs/scenarios.md?raw';
import { pullsOf } from './run-address-pulls.ts';
import { readRunAddress } from './run-address.ts';
import type { RunRecord } from './runs-saved.ts';
import { nextTry, pullsOfTry, scenarioHref, standingOf, tryHref, watchedS } from './scenarios-library.ts';

const scenarioOf = (name: string) => parseScenario(CATALOGUE[name]);
const coldCache = scenarioOf('cold-cache');
const entry = libraryEntry('cold-cache');
const par = PARS['cold-cache']!;

const keep = pullsOfTry({ words: '', preset: 'keep' }, coldCache);
const record = (id: string, part: Partial<RunRecord> = {}): RunRecord => ({
  ...{ form: 1, id, scenario: 'cold-cache', title: 'Cold cache', seed: PAR_SEED, engine: '1.0.0' },
  ...{ address: '?scenario=cold-cache&seed=4217#/', overrides: [], pulls: keep, kind: 'run' },
  ...{ finishedAtMs: 1, durationS: 300, requests: 10, recoveredAfterS: 136 },
  objectives: ['meanMs', 'hitRate', 'errorRate', 'recovery'].map((one) => ({
    ...{ id: one, title: one, met: true, value: 1, unit: '', bound: 1 },
  })),
  ...{ score: null, pinned: false, note: '' },
  ...part,
});
const standing = (...records: RunRecord[]) => standingOf(entry, records, coldCache, par);

describe('something to try', () => {
  it('is a preset at its time, or levers of its own', () => {
    expect(keep).toHaveLength(3);
    expect(keep.every(({ atS }) => atS === 90)).toBe(true);
    expect(pullsOfTry({ words: '', at: '00:01:10', pulls: { coalescing: true } }, coldCache)).toEqual([
      { atS: 70, lever: 'coalescing', value: true },
    ]);
  });

  it.each(LIBRARY.map((one) => [one.name, one] as const))(
    '%s: each link is the run that it says',
    (name, { tries }) => {
      const scenario = scenarioOf(name);
      for (const one of tries) {
        const [query, hash] = tryHref(one, scenario, PAR_SEED).split('#');
        expect(hash).toBe('/');
        const address = readRunAddress(new URLSearchParams(query));
        expect(address).toMatchObject({ scenario: name, seed: PAR_SEED });
        expect(pullsOf(address, name)).toEqual(pullsOfTry(one, scenario));
      }
    },
  );

  it('comes next when it is not what was pulled, at whatever time', () => {
    const [share, margin] = entry.tries;
    expect(nextTry(entry, coldCache, [])).toBe(share);
    expect(nextTry(entry, coldCache, keep)).toBe(share);
    const shared = pullsOfTry(share!, coldCache).map((pull) => ({ ...pull, atS: 77 }));
    expect(nextTry(entry, coldCache, shared)).toBe(margin);
    expect(nextTry({ tries: [share!] }, coldCache, shared)).toBeUndefined();
  });
});

describe('how a learner stands with a scenario', () => {
  it('is told from the runs of it, and of no other', () => {
    expect(standing()).toEqual({ state: 'not run', runs: 0, best: undefined });
    expect(standing(record('a', { scenario: 'hot-key' })).runs).toBe(0);
    const failed = record('a', { objectives: [], recoveredAfterS: null });
    expect(standing(failed)).toEqual({ state: 'run', runs: 1, best: undefined });
    expect(standingOf({ name: 'cold-cache', goal: null }, [record('a')], coldCache, undefined).state).toBe(
      'run',
    );
  });

  it('prefers the better figure, and measures it against par', () => {
    expect(standing(record('a', { recoveredAfterS: 140 })).state).toBe('reached');
    const equal = standing(record('a', { recoveredAfterS: 140 }), record('b'));
    expect(equal).toMatchObject({ state: 'par', runs: 2, best: { record: { id: 'b' } } });
    expect(standing(record('a', { recoveredAfterS: 100 }), record('b')).state).toBe('beaten');
    expect(standing(record('a', { pulls: keep.slice(0, 2) })).state).toBe('beaten');
  });

  it('does not count other dice as par, nor another system, nor a rule that was broken', () => {
    expect(standing(record('a', { seed: 1, recoveredAfterS: 10 })).state).toBe('reached');
    expect(standing(record('a', { overrides: [{ path: 'load.ratePerS', value: 1 }] })).state).toBe('run');
    expect(standing(record('a', { address: '?own=abc#/' })).state).toBe('run');
    expect(standing(record('a', { pulls: [{ atS: 10, lever: 'lateFill', value: true }] })).state).toBe('run');
    expect(standing(record('a', { pulls: [{ atS: 90, lever: 'poolSize', value: 99 }] })).state).toBe('run');
  });
});

describe('the library', () => {
  it('leads to sections that there are', () => {
    const sections = new Set<string>(objectives.map(({ id }) => id));
    for (const { name, sections: own } of LIBRARY)
      expect(
        own.filter((id) => !sections.has(id)),
        name,
      ).toEqual([]);
  });

  it('opens at a pace that leaves time to act, and lasts about a minute', () => {
    for (const { name } of LIBRARY) {
      const { durationS } = scenarioOf(name);
      expect(watchedS(durationS), name).toBeGreaterThanOrEqual(20);
      expect(watchedS(durationS), name).toBeLessThanOrEqual(120);
    }
    expect(scenarioHref(coldCache, 7)).toBe('?scenario=cold-cache&seed=7&speed=10#/');
    expect(scenarioHref(scenarioOf('prime-day'), 7)).toBe('?scenario=prime-day&seed=7#/');
  });

  it('is the table of the manual', () => {
    const rows = LIBRARY.map(({ name, goal, par: preset }) => {
      const scenario = scenarioOf(name);
      if (!goal || preset === null) return `| \`${name}\` | ${scenario.question} | – | – |`;
      const { value, pulls } = PARS[name]!;
      const told = `\`${preset}\`: ${figureWords(goal.measure, value)}, ${pulls} ${pulls === 1 ? 'pull' : 'pulls'}`;
      return `| \`${name}\` | ${scenario.question} | ${goalWords(goal, scenario).join('; ')} | ${told} |`;
    });
    const header = '| scenario | question | goal | par, seed 4217 |';
    const table = [header, '|---|---|---|---|', ...rows].join('\n');
    const written = manual.slice(manual.indexOf(header)).split('\n\n')[0];
    expect(written).toBe(table);
  });
});
