/** Numbers about prices, budgets and thresholds. */
import { savingsByMiss, savingsByTokens, NANO_USD } from '../../engine/cache/stats.ts';
import { Budgets } from '../../engine/cost/budget.ts';
import { estimate } from '../../engine/cost/emergency.ts';
import { PICO_PER_TOKEN, picoOfUsd, usdOf } from '../../engine/cost/money.ts';
import { costAt } from '../../engine/cost/prices.ts';
import type { Drawn, QuestionInput } from '../format.ts';

/** A call in cents at $3, $0.30 and $15 for a million tokens of input, from the cache, and of output. */
const callCents = ({ input, cached, output }: Drawn): number =>
  100 *
  usdOf(
    costAt(
      {
        input: 3 * PICO_PER_TOKEN,
        cacheRead: 0.3 * PICO_PER_TOKEN,
        cacheWrite: 3 * PICO_PER_TOKEN,
        output: 15 * PICO_PER_TOKEN,
        batchPpm: 1_000_000,
      },
      { inputTokens: input!, cachedTokens: cached!, cacheWriteTokens: 0, outputTokens: output! },
    ),
  );

/** Calls that a day's budget still admits, asked of the engine's own budget one by one. */
function admitted({ limit, spent, flying, cents }: Drawn): number {
  const spender = { tenant: 'all', agentType: 'support', model: 'large', critical: false };
  const budgets = new Budgets(
    [{ name: 'company', scope: { kind: 'global' }, window: 'day', limitUsd: limit! }],
    { mode: 'reserve' },
    0,
  );
  for (let usd = spent!; usd > 0; usd--) budgets.spendUnreserved(spender, picoOfUsd(1, 'spent'), 0);
  const worst = picoOfUsd(cents! / 100, 'worst');
  let calls = 0;
  while (budgets.reserve(spender, worst, 0).ok) calls++;
  return calls - flying!;
}

/** Dollars an hour that a longer life of cached answers saves. */
const savedByTtl = ({ hits, factor, bill }: Drawn): number =>
  estimate(
    'longer-ttl',
    {
      hours: 1,
      hitRate: hits! / 100,
      rows: [
        {
          agentType: 'support',
          criticality: 'normal',
          model: 'large',
          calls: 1000,
          inputTokens: 1_000_000,
          outputTokens: 100_000,
          costUsd: bill!,
          deferrableShare: 0,
        },
      ],
    },
    { models: ['large'], costOn: () => bill! },
    { outputCapTokens: 150, ttlFactor: factor!, batchWindowMs: 100, batchDiscountPpm: 250_000 },
  ).savingUsdPerHour;

export const costComputeSpending: QuestionInput[] = [
  {
    id: 'cost-cached-call',
    kind: 'compute',
    objective: 'token-cost',
    difficulty: 1,
    source: 'token-cost',
    question:
      'What does this call cost, in cents? Of its {input} tokens of input {cached} come from the provider’s prompt cache.',
    given: [
      ['Input', '$3 for a million tokens'],
      ['From the cache', '$0.30'],
      ['Output', '$15'],
      ['Answer', '{output} tokens'],
    ],
    draw: (random) => {
      const input = 2000 * (5 + random.below(16));
      return { input, cached: (input / 10) * (6 + random.below(3)), output: 100 * (4 + random.below(9)) };
    },
    answer: callCents,
    unit: 'cents',
    tolerance: 0.01,
    working:
      '(({input} − {cached}) × $3 + {cached} × $0.30 + {output} × $15) / 1,000,000, times 100: {answer} cents.',
    mistakes: [
      {
        answer: (drawn) => callCents({ ...drawn, cached: 0 }),
        feedback: 'This pays the full price for what came from the cache.',
      },
      {
        answer: (drawn) => callCents({ ...drawn, input: drawn['input']! + drawn['cached']! }),
        feedback: 'The input counts the cached tokens already. Added once more, they are paid twice.',
      },
      {
        answer: (drawn) => callCents({ ...drawn, output: 0 }),
        feedback: 'The answer is not in it, and it is the dearest kind of token.',
      },
      {
        answer: (drawn) => callCents(drawn) / 100,
        feedback: 'That is in dollars. The question asks for cents.',
      },
    ],
  },
  {
    id: 'cost-worth-of-hits',
    kind: 'compute',
    objective: 'token-cost',
    difficulty: 2,
    source: 'token-cost',
    question:
      'A cache answers {hits} requests a day that a model would have answered otherwise. What does it save in a day, in dollars?',
    given: [
      ['Such a request', '{input} tokens of input, {output} of output'],
      ['Input', '$2.50 for a million tokens'],
      ['Output', '$10'],
    ],
    draw: (random) => ({
      hits: 1000 * (20 + random.below(61)),
      input: 100 * (8 + random.below(23)),
      output: 50 * (3 + random.below(8)),
    }),
    answer: ({ hits, input, output }) =>
      savingsByTokens(
        { inputTokens: hits! * input!, outputTokens: hits! * output! },
        { inputUsdPerMTok: 2.5, outputUsdPerMTok: 10 },
      ) / NANO_USD,
    unit: '$',
    tolerance: 0.01,
    working: '{hits} × ({input} × $2.50 + {output} × $10) / 1,000,000 = ${answer}.',
    mistakes: [
      {
        answer: ({ hits }) => savingsByMiss(hits!) / NANO_USD,
        feedback:
          'That is the module’s flat $0.001 for each. What a hit is worth is what its tokens would have cost.',
      },
      {
        answer: ({ hits, input, output }) => (hits! * (input! + output!) * 2.5) / 1_000_000,
        feedback: 'Output has a price of its own, four times that of input here.',
      },
      {
        answer: ({ hits, input }) => (hits! * input! * 2.5) / 1_000_000,
        feedback: 'A hit also spares the answer, at the higher price.',
      },
    ],
  },
  {
    id: 'cost-room-for-calls',
    kind: 'compute',
    objective: 'budgets',
    difficulty: 2,
    source: 'budgets',
    question:
      'Each call holds the most it can cost, {cents} cents. How many more calls does the budget let in at this moment?',
    given: [
      ['Limit', '${limit} a day'],
      ['Spent', '${spent}'],
      ['In flight', '{flying} calls'],
      ['Mean call', '{mean} cents'],
    ],
    draw: (random) => {
      const limit = 50 * (4 + random.below(7));
      return {
        limit,
        spent: limit - 5 * (6 + random.below(5)),
        flying: 10 * (2 + random.below(5)),
        cents: 10 * (1 + random.below(3)),
        mean: 2 + random.below(3),
      };
    },
    answer: admitted,
    unit: 'calls',
    tolerance: 0.01,
    working: '(${limit} − ${spent}) / {cents} cents, less the {flying} in flight: {answer} calls.',
    mistakes: [
      {
        answer: (drawn) => admitted({ ...drawn, flying: 0 }),
        feedback: 'The calls in flight hold their part, too. It is not spent, and not free either.',
      },
      {
        answer: (drawn) => admitted({ ...drawn, cents: drawn['mean']! }),
        feedback:
          'That is how many will probably fit. A reservation goes by the worst case, or it bounds nothing.',
      },
    ],
  },
  {
    id: 'cost-longer-life',
    kind: 'compute',
    objective: 'thresholds',
    difficulty: 3,
    source: 'thresholds',
    question:
      'At 80 % of the budget the TTL of cached answers is made {factor} times as long. If the hit rate follows λT / (1 + λT), what does that save in an hour, in dollars?',
    given: [
      ['Hit rate', '{hits} %'],
      ['Bill', '${bill} an hour, all for misses'],
    ],
    draw: (random) => ({
      hits: 5 * (8 + random.below(8)),
      factor: 2 + random.below(3),
      bill: 20 * (3 + random.below(8)),
    }),
    answer: savedByTtl,
    unit: '$',
    tolerance: 0.02,
    working:
      'λT = h / (1 − h), so misses fall to 1 / (1 − h + {factor} h) of what they were, with h = {hits} %. ${bill} × (1 − that) = ${answer}.',
    mistakes: [
      {
        answer: ({ factor, bill }) => bill! * (1 - 1 / factor!),
        feedback:
          'That takes misses as falling with the TTL in proportion. They do so only where hardly anything is missed.',
      },
      {
        answer: ({ hits, bill }) => (bill! * hits!) / 100,
        feedback: 'That is the share of hits now. What they save is not in the bill any more.',
      },
      {
        answer: (drawn) => drawn['bill']! - savedByTtl(drawn),
        feedback: 'That is what the hour still costs. The question asks for what is saved.',
      },
    ],
  },
];
