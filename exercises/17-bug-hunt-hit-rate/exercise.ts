import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Bug hunt: the hit rate',
  system: 'C3',
  kind: 'bug-hunt',
  subject: { kind: 'class', export: 'CacheStats', methods: ['record', 'hitRate', 'levelHitRate', 'band'] },
  objectives: [
    {
      id: 'requests-not-probes',
      text: 'Tell a hit rate per request from one per probe, and test for the difference',
    },
    { id: 'edges', text: 'Test a rule at its edges: nothing recorded yet, exactly at a threshold' },
  ],
  hints: [
    'One request that L2 answers is a probe of L1 that misses and a probe of L2 that hits. How many requests is that?',
    'Record one request that L2 answers, and nothing else. What must `hitRate` be? What if every probe counted?',
    'Record some that L1 answers besides: how many requests reached L2? Then the edges: a rate of nothing, and a rate of exactly 0.9.',
    'Nothing recorded: `hitRate()` → `null`. Eight times `record("L1")`, then `record("L2")`: `hitRate()` → 1, `levelHitRate("L2")` → 1. Then `record("model")`: `hitRate()` → 0.9, `band()` → `"excellent"`.',
  ],
  mutants: [
    {
      file: 'misses-per-level',
      title:
        'Counts a miss for every level that was asked, so one request counts several times, as in the module',
      objective: 'requests-not-probes',
      survives: 'How many misses is a request that L3 answers?',
    },
    {
      file: 'level-of-all',
      title: 'Takes a level’s rate of all requests, also of those that never reached it',
      objective: 'requests-not-probes',
      survives: 'Of which requests is levelHitRate a share? Let some never reach the level that you ask for.',
    },
    {
      file: 'nothing-recorded',
      title: 'Divides by zero while nothing is recorded',
      objective: 'edges',
      survives: 'Ask before anything is recorded.',
    },
    {
      file: 'band-above',
      title: 'Takes exactly 90 % for less than 90 %',
      objective: 'edges',
      survives: 'Look at the bands where one ends and the next begins.',
    },
  ],
};
