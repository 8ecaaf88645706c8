import { moduleRemaining } from '../cost/budget.ts';
import type { Candidate } from '../cost/selection-candidate.ts';
import { emptyRanges, normalisedScore, printedScore, widen } from '../cost/selection-score.ts';
import type { Override } from '../simulation/overrides.ts';
import { against, companyDay } from './bill-claims.ts';
import type { Claim, ClaimRun, MeasuredCase } from './claim.ts';

const about = { part: 'cost', where: 'The cost manager' } as const;
const set = (path: string, value: unknown): Override => ({ path, value });
const HOURS = 24;

const WEIGHTS = { cost: 0.4, quality: 0.4, speed: 0.2 };
const PICO_PER_USD = 1e12;
/** The module's three models, for a call of 800 tokens. */
const CANDIDATES: readonly Candidate[] = [
  ['gpt-4', 30, 0.98, 0.95, 2000],
  ['gpt-4-turbo', 10, 0.96, 0.9, 1500],
  ['gpt-3.5-turbo', 1.5, 0.92, 0.85, 1000],
].map(([name, usdPerM, accuracy, quality, meanMs]) => {
  const costPico = Math.round(((Number(usdPerM) * 800) / 1e6) * PICO_PER_USD);
  return {
    ...{ name: String(name), costPico, worstPico: costPico },
    ...{ accuracy: Number(accuracy), quality: Number(quality), meanMs: Number(meanMs) },
  };
});

/** The cost term's part of what tells the best from the worst: its spread over the sum of the three terms' spreads. */
function costShare(score: (candidate: Candidate, weights: typeof WEIGHTS) => number): number {
  const alone = (weights: Partial<typeof WEIGHTS>): number => {
    const scores = CANDIDATES.map((one) => score(one, { cost: 0, quality: 0, speed: 0, ...weights }));
    return Math.max(...scores) - Math.min(...scores);
  };
  // Each score is divided by the sum of its weights.
  const spreads = (['cost', 'quality', 'speed'] as const).map(
    (term) => alone({ [term]: WEIGHTS[term] }) * WEIGHTS[term],
  );
  return spreads[0] / spreads.reduce((a, b) => a + b, 0);
}

function normalised(candidate: Candidate, weights: typeof WEIGHTS): number {
  const ranges = emptyRanges();
  for (const one of CANDIDATES) widen(ranges, one);
  return normalisedScore(candidate, ranges, weights);
}

const cheaper = (condition: string | null, windowMs: number): MeasuredCase =>
  against(
    condition,
    companyDay(['batching'], set('gateway.batching.windowMs', windowMs)),
    [],
    (outcome) => outcome['costUsd'],
  );

const hitRate = (condition: string | null, ...overrides: Override[]): MeasuredCase => ({
  condition,
  runs: { run: companyDay(['caching'], ...overrides) },
  quantity: ({ run }) => run['hitRate'],
});
/** Nothing is said only once, and no conversation goes on: all that is asked, a cache may know. */
const REPEATED = ['routing', 'support', 'research', 'reports'].flatMap((_, i) => [
  set(`traffic.agents.${i}.repeatShare`, 1),
  set(`traffic.agents.${i}.turns`, 1),
]);

const overshoot = (condition: string | null, run: ClaimRun): MeasuredCase => {
  const figure = 'max:budget.company.overshootUsd@36000-43200';
  return { condition, runs: { run }, figures: [figure], quantity: ({ run: o }) => o[figure] };
};
const critical = (condition: string | null, run: ClaimRun): MeasuredCase => ({
  condition,
  runs: { run },
  quantity: ({ run: o }) => o['criticalServed'],
});

/** Requests a second that an agent can carry: its slots, over the seconds that each request holds one. */
const perAgent = (condition: string | null, slots: number): MeasuredCase => ({
  condition,
  runs: {
    run: {
      scenario: 'budget-day',
      untilS: 7200,
      overrides: [set('controls.agents.pool.slotsPerAgent', slots)],
    },
  },
  figures: ['mean:station.agents.busy@3600-7200', 'sum:station.agents.completed@3600-7200'],
  quantity: ({ run }) =>
    (slots * run['sum:station.agents.completed@3600-7200']) /
    (run['mean:station.agents.busy@3600-7200'] * 3600),
});

export const costClaims: readonly Claim[] = [
  {
    ...about,
    id: 'model-profiles',
    system: 'M3',
    section: 'selection',
    text: 'gpt-4 is right in 98 of 100 cases and has quality 0.95; gpt-4-turbo 96 and 0.90; gpt-3.5-turbo 92 and 0.85.',
    outside:
      'How good a model’s answers are is for people or a test of that model to say; the lab takes the module’s figures as they are.',
  },
  {
    ...about,
    id: 'score-weights',
    system: 'M5',
    section: 'selection',
    text: 'A model’s score is 40 % cost, 40 % quality and 20 % speed.',
    bound: { value: 0.4, unit: 'share', direction: 'about', within: 0.04 },
    quantity: 'the cost term’s part of what tells the three models apart, for a call of 800 tokens',
    note: 'As printed, cost is in dollars under a fraction bar and reaches 1000, where quality reaches 1.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => costShare(printedScore) },
      {
        condition: 'each term goes from 0 for the worst to 1 for the best',
        exact: () => costShare(normalised),
      },
    ],
  },
  {
    ...about,
    id: 'batch-discount',
    system: 'M8',
    section: 'batch-window',
    text: 'Batches of 5, or 100 ms, are 25 % cheaper.',
    bound: { value: -0.25, unit: 'change', direction: 'about', within: 0.025 },
    quantity: 'dollars for models in a day, with batching alone against without',
    note: 'The discount is a setting, 25 % for two requests or more in a call. What is measured is how much of the bill gets it.',
    seeds: 5,
    cases: [
      cheaper(null, 100),
      cheaper('batches wait for 1 s', 1000),
      cheaper('batches wait for 10 s', 10_000),
    ],
  },
  {
    ...about,
    id: 'ttl-target',
    system: 'M9',
    section: 'ttl',
    text: 'The time to live is tuned until 70 % hit.',
    bound: { value: 0.7, unit: 'share', direction: 'at least' },
    quantity: 'share of the day’s requests that a cache answered, with caching alone',
    note: 'No time to live brings back what is asked once: a turn of a conversation, or a report of its own.',
    seeds: 5,
    cases: [
      hitRate(null),
      hitRate('answers may be kept for a day', set('controls.ttl.tuner.maxS', 86_400)),
      hitRate('every request is one that may come again', ...REPEATED),
    ],
  },
  {
    ...about,
    id: 'night-price',
    system: 'M10',
    section: 'deferral',
    text: 'From 22:00 to 05:59 work is 30 % cheaper, and is shifted there.',
    bound: { value: -0.3, unit: 'change', direction: 'about' },
    quantity: 'dollars a day for reports, which nobody waits for, with scheduling alone against without',
    seeds: 5,
    cases: [
      against(
        null,
        companyDay(['scheduling']),
        ['spend.agent.reports'],
        (outcome) => outcome['spend.agent.reports'],
      ),
    ],
  },
  {
    ...about,
    id: 'emergency-stop',
    system: 'M2',
    section: 'budgets',
    text: 'At 100 % of the budget everything stops: not a dollar more is spent.',
    bound: { value: 0, unit: 'usd', direction: 'at most' },
    quantity: 'dollars over the day’s budget at noon of the runaway day',
    seeds: 5,
    cases: [
      overshoot(null, { scenario: 'model-bill', untilS: 43_200 }),
      overshoot('money is reserved before a call, and settled after', {
        scenario: 'model-bill',
        untilS: 43_200,
        pulls: { atS: 0, levers: { budgetMode: 'reserve' } },
      }),
    ],
  },
  {
    ...about,
    id: 'graduated-actions',
    system: 'M11',
    section: 'thresholds',
    text: 'Actions at 80, 90, 95 and 100 % of the budget keep critical requests served.',
    bound: { value: 0.999, unit: 'share', direction: 'at least' },
    quantity: 'share of critical requests that are answered on budget day',
    note: 'The bound is the scenario’s objective. The first case has the actions and nothing else.',
    seeds: 3,
    cases: [
      critical(null, { scenario: 'budget-day', pulls: { atS: 0, levers: { measures: true } } }),
      critical('money is reserved, nights and longer TTLs help, and research has a limit of its own', {
        scenario: 'budget-day',
        preset: 'graduated',
      }),
    ],
  },
  {
    ...about,
    id: 'remaining-dollars',
    system: 'M13',
    section: 'budgets',
    text: 'The remaining budget is shown in dollars (here: $25 of $100 are spent).',
    bound: { value: 75, unit: 'usd', direction: 'about', within: 0.005 },
    quantity: 'dollars that the printed formula says are left',
    note: 'It multiplies a percentage as if it were dollars.',
    seeds: 1,
    cases: [
      { condition: null, exact: () => moduleRemaining(100, 25).remainingUsd },
      {
        condition: 'the percentage is made a share first',
        exact: () => moduleRemaining(100, 25).remainingUsd / 100,
      },
    ],
  },
  {
    ...about,
    id: 'pool-target',
    system: 'M14',
    section: 'agent-pools',
    text: 'Agent pools of 2 to 20, 70 % of them on spot, keep to $10 an hour.',
    bound: { value: 10, unit: 'usd', direction: 'at most' },
    quantity: 'dollars an hour for agents, mean of budget day',
    note: 'Twenty agents at $0.50 an hour on demand come to exactly $10.',
    seeds: 3,
    cases: [
      {
        condition: null,
        runs: { run: { scenario: 'budget-day', preset: 'graduated' } },
        quantity: ({ run }) => run['infraUsd'] / HOURS,
      },
    ],
  },
  {
    ...about,
    id: 'agent-rps',
    system: 'M15',
    section: 'agent-pools',
    text: 'One agent is planned for every 10 requests a second.',
    bound: { value: 10, unit: 'rps', direction: 'at least' },
    quantity: 'requests a second that an agent carries at the most',
    note: 'By Little’s law: slots over seconds a request holds one. The company’s agents have 10 slots, and work for 4 s.',
    seeds: 5,
    cases: [perAgent(null, 10), perAgent('an agent holds 44 requests at a time', 44)],
  },
  {
    ...about,
    id: 'revenue-and-salaries',
    system: 'S1–S4',
    section: 'metastable',
    text: 'What the outages cost in revenue, and the savings in salaries and customers’ goodwill.',
    outside:
      'Revenue, salaries and goodwill are facts of a company’s books and people, and no simulation of its software has them.',
  },
];
