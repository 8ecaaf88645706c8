/** What a run will show of prices, budgets, thresholds and choices: short ones, of a company with four kinds of agents and the module's prices. */
import type { QuestionInput } from '../format.ts';

export const costPredictSpending: QuestionInput[] = [
  {
    id: 'cost-twice-the-turns',
    kind: 'predict',
    objective: 'token-cost',
    difficulty: 2,
    source: 'token-cost',
    question:
      'Conversations of the research agents get twice as long: 12 calls on average, and not 6. Just as many are begun. What does that do to the bill for research?',
    given: [
      ['First call', '1,200 tokens of instructions, 500 of question, 300 of answer'],
      ['Each further one', 'carries all that was said, and adds 800'],
      ['Price', '$10 for a million tokens, in and out'],
    ],
    runs: [
      { title: '6 calls', scenario: 'price-change', untilS: 3600 },
      {
        title: '12 calls',
        scenario: 'price-change',
        overrides: [{ path: 'traffic.agents.2.turns', value: 12 }],
        untilS: 3600,
      },
    ],
    measure: { figure: 'spend.agent.research', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'Next to nothing',
        feedback:
          'It would be so if each call paid only for what is new. Models keep nothing: all that was said is sent, and paid, again.',
        below: 1.3,
      },
      {
        text: 'It doubles',
        feedback:
          'That counts the calls. The later ones carry more than the first, and there are more of the later ones.',
        from: 1.3,
        below: 2.4,
      },
      {
        text: 'It comes to three or four times as much',
        feedback:
          'What is carried grows with the square of the calls: it would come to four times as much. The instructions, sent with each call, grow with their number only.',
        from: 2.4,
        below: 4.6,
      },
      {
        text: 'It comes to eight times as much, or more',
        feedback:
          'Twice the calls, each carrying up to twice as much, makes four. Eight would take a third doubling.',
        from: 4.6,
      },
    ],
  },
  {
    id: 'cost-checked-limit',
    kind: 'predict',
    objective: 'budgets',
    difficulty: 2,
    source: 'budgets',
    question:
      'The research agents have forgotten how to stop. Each call is let in while less than the day’s $300 is spent, and nothing is reserved. What is spent after an hour?',
    given: [
      ['In flight', 'about ten calls at a time'],
      ['A call', '1 cent to $1'],
      ['Pace', '$300 in well under half an hour'],
    ],
    runs: [
      {
        title: 'checked',
        scenario: 'model-bill',
        overrides: [
          { path: 'traffic.agents.2.turns', value: 60 },
          { path: 'gateway.budgets.0.limitUsd', value: 300 },
        ],
        untilS: 3600,
      },
    ],
    measure: { figure: 'costUsd', of: 'value', unit: '$' },
    options: [
      {
        text: 'Up to $300, and not a cent more',
        feedback: 'That takes a reservation. A check lets the calls in flight end, and they come on top.',
        below: 300.02,
      },
      {
        text: 'A few dollars more than $300',
        feedback:
          'What was under way when the limit was reached is paid for, and nothing new begins: about ten calls, most of them far below a dollar.',
        from: 300.02,
        below: 330,
      },
      {
        text: 'About half as much again',
        feedback:
          'That would be 150 of the dearest calls at once. Only what is in flight at that moment is too much.',
        from: 330,
        below: 500,
      },
      {
        text: 'Twice as much or more, as nothing stops it',
        feedback: 'The check does stop it: from the crossing on each new call finds the sum above the limit.',
        from: 500,
      },
    ],
  },
  {
    id: 'cost-measures-late',
    kind: 'predict',
    objective: 'thresholds',
    difficulty: 3,
    source: 'thresholds',
    question:
      'What is asked in the first 50 minutes would cost more than twice the day’s budget. How many more of the critical requests in that time are served with graduated actions?',
    given: [
      ['80 %', 'answers are cached twice as long'],
      ['95 %', 'calls of low criticality are refused'],
      ['98 %', 'normal ones, too'],
      ['Critical', 'support, a good quarter of the bill'],
      ['Without actions', 'about half to two thirds of it is served'],
      ['Models', 'already the cheapest that will do'],
    ],
    runs: [false, true].map((on) => ({
      title: on ? 'with actions' : 'without',
      scenario: 'budget-day',
      overrides: [
        { path: 'gateway.budgetMode', value: 'reserve' },
        { path: 'gateway.budgets.0.limitUsd', value: 45 },
        { path: 'gateway.budgets.0.keepForCritical', value: 0 },
        { path: 'gateway.measures.on', value: on },
      ],
      untilS: 3000,
    })),
    measure: { figure: 'criticalServed', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'Fewer than without them',
        feedback: 'Nothing is taken from critical calls before the money is gone, so they cannot lose by it.',
        below: 0.97,
      },
      {
        text: 'Up to a tenth or so more',
        feedback:
          'Refusals begin when 95 % are spent, so they can turn no more than the last twentieth to those who matter. A plan needs its first steps early.',
        from: 0.97,
        below: 1.17,
      },
      {
        text: 'About a quarter more',
        feedback: 'That takes refusals that begin sooner, while there is still money enough to keep.',
        from: 1.17,
        below: 1.38,
      },
      {
        text: 'So many more that nearly all are served',
        feedback:
          'The money would do for them, had the others been refused from the beginning. Refused at 95 %, those have had their share.',
        from: 1.38,
      },
    ],
  },
  {
    id: 'cost-weight-of-quality',
    kind: 'predict',
    objective: 'selection',
    difficulty: 2,
    source: 'selection',
    question:
      'Models are chosen by the score as the module prints it. The weight of quality is raised from 0.4 to 2, five times as much. What happens to the bill?',
    given: [
      ['Score', '0.4 / cost in $ + 0.4 × quality + 0.2 × 1000 / ms'],
      ['Calls', '0.1 to 30 cents on gpt-4-turbo, three times as much on gpt-4'],
      ['Quality', '0.85, 0.90 and 0.95'],
    ],
    runs: [0.4, 2].map((weight) => ({
      title: `weight ${weight}`,
      scenario: 'five-strategies',
      overrides: [
        { path: 'gateway.rulesOn', value: false },
        { path: 'gateway.selection.formula', value: 'printed' },
        { path: 'gateway.selection.weights.quality', value: weight },
      ],
      untilS: 5400,
    })),
    measure: { figure: 'costUsd', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'Nothing: the same models are chosen',
        feedback:
          'A call of one cent has a cost term of 0.4 / 0.01 = 40, one of three cents 13. Quality tells the two models apart by 2 × 0.05: a tenth, five times what it was, and nothing beside 27.',
        below: 1.1,
      },
      {
        text: 'It rises by a quarter, as some tasks move up',
        feedback:
          'Tasks move where two scores are close. Here the cost terms of two models are far apart, and their quality by 0.05 × the weight.',
        from: 1.1,
        below: 1.6,
      },
      {
        text: 'It rises threefold or more, as most move to gpt-4',
        feedback:
          'With normalised terms it does just that. As printed, the weights do not mean what they say.',
        from: 1.6,
      },
    ],
  },
  {
    id: 'cost-price-looked-at',
    kind: 'predict',
    objective: 'selection',
    difficulty: 2,
    source: 'selection',
    question:
      'Each call goes to the model of the best score, which is mostly gpt-4-turbo. Its price rises fourfold. What happens to the bill?',
    given: [
      ['gpt-4-turbo', '$10 for a million, then $40'],
      ['A rival', '$12, as good and as fast'],
      ['gpt-3.5-turbo', '$1.50, for what is easy'],
      ['Score', 'normalised, at the prices of the moment'],
    ],
    runs: [1, 4].map((factor) => ({
      title: factor === 1 ? 'old price' : 'price × 4',
      scenario: 'price-change',
      overrides: [{ path: 'gateway.route', value: 'select' }],
      pulls: [{ atS: 0, lever: 'price', value: factor }],
      untilS: 3600,
    })),
    measure: { figure: 'costUsd', of: 'ratio', unit: '×' },
    options: [
      {
        text: 'It stays as it is, or falls',
        feedback:
          'The next best that will do asks $12, a fifth more than the old price. There is no way round that.',
        below: 1.03,
      },
      {
        text: 'It rises by less than three quarters',
        feedback:
          'The next call goes to the rival. More than the fifth can come of it: scores are relative, and beside $40 the rival looks cheap for easy tasks, too.',
        from: 1.03,
        below: 1.75,
      },
      {
        text: 'It rises two to three times',
        feedback:
          'It would if half of the calls stayed on the dear model. Nothing holds them there: the rival scores better for each.',
        from: 1.75,
        below: 3.2,
      },
      {
        text: 'It rises fourfold',
        feedback:
          'So it does on a fixed route, until the budget tells. Whoever looks at prices before each call does not pay it.',
        from: 3.2,
      },
    ],
  },
];
