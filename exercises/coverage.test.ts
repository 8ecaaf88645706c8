/** Holds the exercises to the syllabus: every system that the course wants practised, and every defect of the module that it wants hunted. */
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';

/** What is written, the row of the course that it belongs to, and how its folder is called. */
const written: [what: string, system: string, folder: RegExp][] = [
  ['a TTL cache', 'C6', /ttl-cache/],
  ['LRU in constant time', 'C6', /lru/],
  ['the combined score', 'C7', /score/],
  ['traversal and promotion', 'C10', /traversal/],
  ['an honest hit rate', 'C3', /hit-rate/],
  ['coalescing', 'L5', /coalescing/],
  ['early refresh', 'C10', /xfetch/],
  ['invalidation by tags', 'C13', /tags/],
  ['a semantic guard', 'C15', /semantic/],
  ['a budget under concurrency', 'M2', /budget/],
  ['thresholds with hysteresis', 'M11', /thresholds/],
  ['model selection', 'M5', /selection/],
  // Its answers in the original order, and what is done about short ones, are row L6.
  ['batching', 'M8', /batching/],
  ['a connection pool', 'L4', /connection-pool/],
  ['context pruning', 'L2', /context/],
  ['a retry budget and a deadline', 'L9', /retry/],
];

/** Defects of the module's own algorithms, and the file of the mutant that has it. */
const hunted: [defect: string, system: string, mutant: string][] = [
  ['misses counted per level', 'C3', 'misses-per-level'],
  ['a promotion that renews the time to live', 'C11', 'life-renewed'],
  ['a percentage used as dollars', 'M13', 'percent-for-share'],
  ['a cost term that is not normalised', 'M5', 'cost-not-scaled'],
  ['20 % of four entries', 'C7', 'none-of-four'],
  ['a last cut that drops what was kept', 'L2', 'final-cut'],
  ['the greatest of an empty list', 'L8', 'peak-of-nothing'],
  ['a falsy value taken for a miss', 'C10', 'falsy-is-a-miss'],
];

/** The documentation's map. */
const [map] = Object.values(
  import.meta.glob<string>('../docs/exercises.md', { query: '?raw', import: 'default', eager: true }),
);

describe('the syllabus', () => {
  it.each(written)('has %s to write (%s)', (_what, system, folder) => {
    const found = catalogue.filter(
      ({ id, exercise }) => exercise.kind === 'implement' && exercise.system === system && folder.test(id),
    );
    expect(found.map(({ id }) => id)).toHaveLength(1);
  });

  it.each(hunted)('has %s to find (%s)', (_defect, system, mutant) => {
    const found = catalogue.filter(
      ({ exercise }) =>
        exercise.kind === 'bug-hunt' &&
        exercise.system === system &&
        // The module's own defect is what the hunt is about, so it stands first.
        exercise.mutants[0].file === mutant,
    );
    expect(found.map(({ id }) => id)).toHaveLength(1);
  });

  it('has at least sixteen to write', () => {
    const count = catalogue.filter(({ exercise }) => exercise.kind === 'implement').length;
    expect(count).toBeGreaterThanOrEqual(16);
  });

  it('calls no two exercises the same', () => {
    const titles = catalogue.map(({ exercise }) => exercise.title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('docs/exercises.md', () => {
  it.each(catalogue)('has $id in a row with its system', ({ id, exercise: { system, title } }) => {
    const row = map.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${id}\``));
    expect(
      row,
      `write a row for it: | ${system} | \`${id}\` | ${title} | what one can do afterwards |`,
    ).toBeDefined();
    expect(row).toMatch(new RegExp(`^\\| ${system} \\|`));
    expect(row).toContain(title);
  });

  it('has no row of an exercise that is not there', () => {
    const rows = [...map.matchAll(/^\| [CML]\d+ \| `(\d\d-[a-z0-9-]+)` \|/gm)].map(([, id]) => id);
    expect(rows).toEqual(catalogue.map(({ id }) => id));
  });
});
