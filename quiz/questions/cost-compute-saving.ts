/** Numbers about work that waits, pools of agents, and who saved what. */
import { AgentPool } from '../../engine/cost/agent-pool.ts';
import { agentPoolSchema } from '../../engine/cost/agent-pool-settings.ts';
import { BeforeAfter } from '../../engine/cost/before-after.ts';
import { agentsFor } from '../../engine/cost/forecast.ts';
import { picoOfUsd, timesPpm, usdOf } from '../../engine/cost/money.ts';
import { OffPeak, offPeakSchema } from '../../engine/cost/off-peak.ts';
import { RandomStream } from '../../engine/core/random.ts';
import { parse } from '../../engine/core/schema.ts';
import { shapley } from '../../engine/tuning/shapley.ts';
import type { Drawn, QuestionInput } from '../format.ts';

const HOUR_MS = 3_600_000;
const atNight = new OffPeak(parse(offPeakSchema, { on: true }, 'offPeak'), () => 23 * HOUR_MS);

/** A day's bill when a share of it runs at night, in a provider's batch of half the price. */
function shiftedBill({ bill, share }: Drawn): number {
  const waits = picoOfUsd((bill! * share!) / 100, 'waits');
  return bill! - usdOf(waits) + usdOf(timesPpm(atNight.priceAt(waits, 0), 500_000));
}

/** What an hour of a pool of a fixed size costs. */
const poolUsdPerHour = ({ agents, spot, discount, cents }: Drawn): number =>
  new AgentPool(
    parse(
      agentPoolSchema,
      {
        min: agents,
        max: agents,
        warm: 0,
        usdPerHour: cents! / 100,
        targetUsdPerHour: 1000,
        spotShare: spot! / 100,
        spotDiscountPpm: discount! * 10_000,
      },
      'pool',
    ),
    new RandomStream(1, 'quiz pool'),
    0,
  ).usdPerHour;

/** What a control saves in an hour, from two hours of readings. */
const measuredSaving = ({ before, loadBefore, after, loadAfter }: Drawn): number => {
  const meter = new BeforeAfter(0, 0, 0);
  meter.begin(HOUR_MS, before!, loadBefore!);
  return meter.read(2 * HOUR_MS, before! + after!, loadBefore! + loadAfter!)!.savingUsdPerHour;
};

export const costComputeSaving: QuestionInput[] = [
  {
    id: 'cost-night-batches',
    kind: 'compute',
    objective: 'deferral',
    difficulty: 2,
    source: 'deferral',
    question:
      '{share} % of a day’s bill of ${bill} is for work that can wait. It is moved to the night, and sent in the provider’s batches. What is the bill then, in dollars?',
    given: [
      ['By night', '30 % less'],
      ['In a batch', '50 % less of what is asked at that hour'],
    ],
    draw: (random) => ({ bill: 100 * (3 + random.below(18)), share: 10 * (3 + random.below(5)) }),
    answer: shiftedBill,
    unit: '$',
    tolerance: 0.01,
    working: '${bill} × (1 − {share} %) + ${bill} × {share} % × 0.7 × 0.5 = ${answer}.',
    mistakes: [
      {
        answer: ({ bill, share }) => bill! * (1 - (0.8 * share!) / 100),
        feedback: 'Discounts multiply: half of 70 % is 35 %. Added up, they would leave 20 %.',
      },
      {
        answer: ({ bill }) => bill! * 0.35,
        feedback: 'Only what can wait gets the discounts. The rest runs by day, one by one.',
      },
      {
        answer: ({ bill, share }) => bill! * (1 - (0.3 * share!) / 100),
        feedback: 'The night is in it, the batch is not.',
      },
    ],
  },
  {
    id: 'cost-pool-hour',
    kind: 'compute',
    objective: 'agent-pools',
    difficulty: 1,
    source: 'agent-pools',
    question:
      '{agents} agents are running, {spot} % of them on spot capacity. What does an hour of the pool cost, in dollars?',
    given: [
      ['On demand', '{cents} cents an hour for each'],
      ['Spot', '{discount} % less'],
    ],
    draw: (random) => ({
      agents: 10 * (1 + random.below(4)),
      spot: 10 * (6 + random.below(4)),
      discount: 10 * (6 + random.below(2)),
      cents: 10 * (4 + random.below(5)),
    }),
    answer: poolUsdPerHour,
    unit: '$',
    tolerance: 0.01,
    working: '{agents} × {cents} cents × ((1 − {spot} %) + {spot} % × (1 − {discount} %)) = ${answer}.',
    mistakes: [
      {
        answer: (drawn) => poolUsdPerHour({ ...drawn, spot: 100 }),
        feedback: 'That has all of them on spot. Some are on demand, at the full price.',
      },
      {
        answer: (drawn) => poolUsdPerHour({ ...drawn, discount: 100 - drawn['discount']! }),
        feedback: 'The discount is what is taken off, not what is paid.',
      },
      {
        answer: (drawn) => poolUsdPerHour({ ...drawn, spot: 0 }),
        feedback: 'That is the pool on demand. The spot agents are cheaper.',
      },
      {
        answer: (drawn) => 100 * poolUsdPerHour(drawn),
        feedback: 'That is in cents. The question asks for dollars.',
      },
    ],
  },
  {
    id: 'cost-agents-for-tomorrow',
    kind: 'compute',
    objective: 'agent-pools',
    difficulty: 1,
    source: 'agent-pools',
    question:
      'Tomorrow’s busiest hour is expected at {rate} requests a second. How many agents have to be there, with {headroom} % to spare against errors of the forecast?',
    given: [['An agent', '{each} requests a second']],
    draw: (random) => ({
      rate: 61 + 2 * random.below(60),
      headroom: 15 + 5 * random.below(4),
      each: 7 + random.below(4),
    }),
    answer: ({ rate, headroom, each }) => agentsFor(rate!, each, headroom! / 100),
    unit: 'agents',
    tolerance: 0,
    working: '{rate} × (1 + {headroom} %) / {each}, rounded up: {answer} agents.',
    mistakes: [
      {
        answer: ({ rate, each }) => agentsFor(rate!, each),
        feedback:
          'Enough if the forecast is right to the request. The headroom is for the days on which it is not.',
      },
      {
        answer: ({ rate, headroom, each }) => Math.floor((rate! * (1 + headroom! / 100)) / each!),
        feedback: 'Rounded down, the last requests have no agent. There are no parts of agents: round up.',
      },
    ],
  },
  {
    id: 'cost-part-of-two',
    kind: 'compute',
    objective: 'ablation',
    difficulty: 2,
    source: 'ablation',
    question:
      'A day is run with a cache, with a smaller model, with both and with neither. What is the cache’s part of the saving of both, as its Shapley value, in dollars?',
    given: [
      ['Neither', '${neither}'],
      ['Cache', '${cache}'],
      ['Smaller model', '${model}'],
      ['Both', '${both}'],
    ],
    draw: (random) => {
      const neither = 100 * (2 + random.below(9));
      const hit = 3 + random.below(5);
      const price = 1 + random.below(3);
      return {
        neither,
        cache: (neither * (10 - hit)) / 10,
        model: (neither * price) / 10,
        both: (neither * price * (10 - hit)) / 100,
      };
    },
    answer: ({ neither, cache, model, both }) =>
      shapley(2, (cell) => neither! - [neither!, cache!, model!, both!][cell]!)[0]!,
    unit: '$',
    tolerance: 0.01,
    working:
      'Turned on first it saves ${neither} − ${cache}, second ${model} − ${both}. The mean of the two is ${answer}.',
    mistakes: [
      {
        answer: ({ neither, cache }) => neither! - cache!,
        feedback: 'That is the cache alone. With that of the model it adds up to more than both save.',
      },
      {
        answer: ({ model, both }) => model! - both!,
        feedback: 'That is the cache as the last one. What both could have saved is then counted for nobody.',
      },
      {
        answer: ({ neither, both }) => (neither! - both!) / 2,
        feedback: 'That shares the whole evenly. The two do not save alike.',
      },
    ],
  },
  {
    id: 'cost-load-fell-too',
    kind: 'compute',
    objective: 'ablation',
    difficulty: 2,
    source: 'ablation',
    question:
      'At 14:00 a cheaper model is switched on, and the load falls, too. At the load since then, what does the switch save in an hour, in dollars?',
    given: [
      ['13:00 to 14:00', '${before}, {loadBefore} requests'],
      ['14:00 to 15:00', '${after}, {loadAfter} requests'],
    ],
    draw: (random) => {
      const loadBefore = 1000 * (20 + 5 * random.below(7));
      const loadAfter = (loadBefore / 10) * (5 + random.below(3));
      const cents = 1 + random.below(4);
      return {
        loadBefore,
        loadAfter,
        before: (loadBefore * cents) / 100,
        after: (loadAfter * cents * (6 + random.below(3))) / 1000,
      };
    },
    answer: measuredSaving,
    unit: '$',
    tolerance: 0.01,
    working: '(${before} / {loadBefore} − ${after} / {loadAfter}) × {loadAfter} = ${answer}.',
    mistakes: [
      {
        answer: ({ before, after }) => before! - after!,
        feedback: 'The meter alone. Part of the fall is that fewer came, which is not the model’s doing.',
      },
      {
        answer: (drawn) => (measuredSaving(drawn) / drawn['loadAfter']!) * drawn['loadBefore']!,
        feedback: 'That is at the load of before. The question asks for the load since the switch.',
      },
      {
        answer: ({ after }) => after!,
        feedback: 'That is what the hour cost, not what it would have cost more.',
      },
    ],
  },
];
