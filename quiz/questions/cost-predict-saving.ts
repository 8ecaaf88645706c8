/** What a run will show of batches, pools and strategies left out: short ones, of the same company. */
import type { QuestionInput } from '../format.ts';

const off = (path: string) => ({ path, value: false });
/** In the evening, so that in a short run the reports are not put off but made. */
const atTen = { path: 'startsAt', value: '22:00:00' };

export const costPredictSaving: QuestionInput[] = [
  {
    id: 'cost-batches-at-night',
    kind: 'predict',
    objective: 'deferral',
    difficulty: 2,
    source: 'deferral',
    question:
      'Early in the morning batching is turned on: requests of the same kind that come within 100 ms share a call, and are 25 % cheaper. What does it do to the bill?',
    given: [
      ['Load', 'about one call a second'],
      ['Kinds', 'four, each a batch of its own'],
    ],
    runs: [false, true].map((on) => ({
      title: on ? 'batches' : 'one by one',
      scenario: 'five-strategies',
      overrides: [
        off('gateway.offPeak.on'),
        off('tiers.l1.on'),
        off('tiers.l2.on'),
        { path: 'gateway.batching.on', value: on },
      ],
      untilS: 7200,
    })),
    measure: { figure: 'costUsd', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'A quarter less, as the price list says',
        feedback: 'That is the price of those who have company. The window closes before company comes.',
        below: 0.82,
      },
      {
        text: 'About a tenth less',
        feedback:
          'It would take two requests in five in company. With one call a second over four kinds, 100 ms catch few.',
        from: 0.82,
        below: 0.95,
      },
      {
        text: 'Next to nothing',
        feedback:
          'A kind has a request every several seconds, so within 100 ms a second one is rare. All wait for it all the same. A longer window, or a busier hour, would help.',
        from: 0.95,
        below: 1.03,
      },
      {
        text: 'It rises, as all wait for nothing',
        feedback:
          'They do wait, but a wait is not paid by the token. A batch of one costs what a call costs.',
        from: 1.03,
      },
    ],
  },
  {
    id: 'cost-spot-halves',
    kind: 'predict',
    objective: 'agent-pools',
    difficulty: 2,
    source: 'agent-pools',
    question:
      'At 10:20 the provider takes all its spot agents back, and replacements last two minutes. With which pool do fewer requests fail until 10:30: six agents on spot, or four of which two are on demand?',
    given: [
      ['Needed', 'about two agents'],
      ['Cold start', '90 s'],
      ['Spot', '70 % cheaper'],
    ],
    runs: [
      { title: 'six on spot', spotShare: 1, agents: 6 },
      { title: 'four, half on spot', spotShare: 0.5, agents: 4 },
    ].map(({ title, spotShare, agents }) => ({
      title,
      scenario: 'spot-reclaim',
      overrides: [
        { path: 'load.ratePerS', value: 5 },
        { path: 'controls.agents.pool.spotShare', value: spotShare },
        { path: 'controls.agents.pool.min', value: agents },
        { path: 'controls.agents.pool.warm', value: agents },
      ],
      untilS: 1800,
    })),
    measure: { figure: 'errorRate', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'Far fewer with four: less than a third',
        feedback:
          'Two on demand stay, and they carry the load. The spot agents go together, however many there are: a number protects against single losses only.',
        below: 0.4,
      },
      {
        text: 'About as many with both',
        feedback:
          'Both lose their spot agents in the same minute. One has agents left then, and the other has none.',
        from: 0.4,
        below: 1.5,
      },
      {
        text: 'More with four: there are fewer to lose',
        feedback:
          'A larger pool helps where agents are lost one by one. Here the notice goes to all of a kind at once.',
        from: 1.5,
      },
    ],
  },
  {
    id: 'cost-caches-missed',
    kind: 'predict',
    objective: 'ablation',
    difficulty: 3,
    source: 'ablation',
    question:
      'All five strategies are on, and the caches answer more than a third of the requests. By how much does the model bill rise when the caches alone are turned off?',
    given: [
      ['Routing', '35 % of conversations: 375 tokens, small model, repeats often'],
      ['Support', '45 %: 1 or 2 calls of about 800, medium model, repeats often'],
      ['Research', '4 %: 6 calls of about 6,000, medium model, repeats hardly ever'],
      ['Reports', '16 %: 2,200 tokens, small model, repeats seldom'],
    ],
    runs: [
      { title: 'all on', scenario: 'five-strategies', overrides: [atTen], untilS: 7200 },
      {
        title: 'without caches',
        scenario: 'five-strategies',
        overrides: [atTen, off('tiers.l1.on'), off('tiers.l2.on')],
        untilS: 7200,
      },
    ],
    measure: { figure: 'costUsd', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'Not at all',
        feedback:
          'What the caches answered goes to a model now, and no model is free. Other strategies make it cheap, not nothing.',
        below: 1.02,
      },
      {
        text: 'By a tenth, more or less',
        feedback:
          'Most of the money is for research, which repeats nothing. What repeats is short, and some of it runs on the small model by now.',
        from: 1.02,
        below: 1.28,
      },
      {
        text: 'By a third or so, as their hit rate says',
        feedback:
          'A hit rate counts requests, the bill counts tokens at a price. The requests that are hit are the cheap ones.',
        from: 1.28,
        below: 1.5,
      },
      {
        text: 'By more than half, as calls become so many more',
        feedback:
          'The calls do. But the calls that come back are short, and the long ones were there before.',
        from: 1.5,
      },
    ],
  },
];
