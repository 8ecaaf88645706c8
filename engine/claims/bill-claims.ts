import { fiveStrategies } from '../scenarios/five-strategies.ts';
import type { Override } from '../simulation/overrides.ts';
import type { Outcome } from '../tuning/outcome.ts';
import type { ClaimRun, JudgedClaim, MeasuredCase } from './claim.ts';
import { changeOf } from './quantities.ts';

const set = (path: string, value: unknown): Override => ({ path, value });

/** The day of the small company, with these of the five strategies on and the others off. */
export function companyDay(on: readonly string[] | 'all', ...overrides: Override[]): ClaimRun {
  const off = (fiveStrategies.strategies ?? [])
    .filter(({ id }) => on !== 'all' && !on.includes(id))
    .flatMap((strategy) => Object.entries(strategy.off).map(([path, value]) => set(path, value)));
  return { scenario: 'five-strategies', overrides: [...off, ...overrides] };
}

/** A day with strategies against the same day with none. */
export function against(
  condition: string | null,
  run: ClaimRun,
  figures: readonly string[],
  of: (outcome: Outcome) => number,
): MeasuredCase {
  return {
    condition,
    runs: { run, plain: companyDay([]) },
    figures,
    quantity: (outcomes) => changeOf(of(outcomes['plain']), of(outcomes['run'])),
  };
}

const calls = (condition: string | null, run: ClaimRun): MeasuredCase =>
  against(condition, run, ['gateway.calls'], (outcome) => outcome['gateway.calls']);
const agents = (condition: string | null, run: ClaimRun): MeasuredCase =>
  against(condition, run, [], (outcome) => outcome['infraUsd']);
/** Routing is what the company has of small tasks, and all that is of high criticality: dollars of each, from cache or model. */
const smallTask = (condition: string | null, run: ClaimRun): MeasuredCase =>
  against(
    condition,
    run,
    ['spend.agent.routing', 'class.high.ended'],
    (outcome) => outcome['spend.agent.routing'] / outcome['class.high.ended'],
  );

const about = { part: 'scenarios', system: 'S3', where: 'The runaway model bill', seeds: 5 } as const;

/** S3. Measured on the plain day, where all requests are served with and without: on the runaway day money runs out and calls end for want of it. */
export const billClaims: readonly JudgedClaim[] = [
  {
    ...about,
    id: 'bill-calls',
    section: 'ablation',
    text: 'The strategies save 78 % of the API calls.',
    bound: { value: -0.78, unit: 'change', direction: 'at most' },
    quantity: 'calls to models in a day, with the strategies against without',
    note: 'Longer windows are paid in time: the run says in how much.',
    cases: [
      calls(null, companyDay('all')),
      calls(
        'caches may keep answers for twelve hours, for a target of 85 %',
        companyDay('all', set('controls.ttl.tuner.target', 0.85), set('controls.ttl.tuner.maxS', 43_200)),
      ),
      calls(
        'batches wait for 6 s in place of 100 ms',
        companyDay('all', set('gateway.batching.windowMs', 6000)),
      ),
    ],
  },
  {
    ...about,
    id: 'bill-infrastructure',
    section: 'agent-pools',
    text: 'Infrastructure costs 67 % less.',
    bound: { value: -0.67, unit: 'change', direction: 'at most' },
    quantity: 'dollars a day for agents, against eight that are always there, on demand',
    cases: [
      agents(null, companyDay(['spot'])),
      agents(
        'spot capacity alone, eight agents all day',
        companyDay(['spot'], set('controls.agents.pool.min', 8), set('controls.agents.pool.max', 8)),
      ),
      agents('agents also have less to do, since caches answer', companyDay(['spot', 'caching'])),
      agents('all five strategies are on', companyDay('all')),
    ],
  },
  {
    ...about,
    id: 'bill-small-task',
    section: 'selection',
    text: 'A small task costs 90 % less.',
    bound: { value: -0.9, unit: 'change', direction: 'at most' },
    quantity: 'dollars for each request of the routing agents, against gpt-4 for all',
    note: 'The rule is below 500 tokens and a complexity below 0.3. Not every routing request is so small.',
    cases: [
      smallTask(null, companyDay([], set('gateway.rulesOn', true))),
      smallTask('the score chooses where the rule does not', companyDay(['rightSizing'])),
      smallTask('caches answer what was asked before', companyDay(['caching'], set('gateway.rulesOn', true))),
    ],
  },
];
