/** Why calls cost what they cost, and what holds the spending: prices, budgets, thresholds, the choice of a model. */
import type { QuestionInput } from '../format.ts';

export const costWhySpending: QuestionInput[] = [
  {
    id: 'cost-prompt-beginning',
    kind: 'why',
    objective: 'token-cost',
    difficulty: 2,
    source: 'token-cost',
    question:
      'The provider sells what it reads from its prompt cache at a tenth of the price. The bill shows no cached tokens at all. Why?',
    given: [
      ['Prompt', 'date and time, 6,000 tokens of instructions, the question'],
      ['Calls', '20 a minute'],
      ['Cache', 'kept 5 minutes after the last use'],
    ],
    options: [
      {
        text: 'Each entry has expired by the time the next call comes.',
        feedback:
          'At 20 calls a minute the next one comes after 3 s, and each use starts the 5 minutes anew.',
      },
      {
        text: 'A prompt cache keeps answers, and each question here is new.',
        feedback:
          'That is the cache in front of the model. The provider’s keeps the work on the prompt, and a new answer is written each time.',
      },
      {
        text: 'The prompts differ from their first line, so nothing after it counts.',
        right: true,
        feedback:
          'Only a common beginning can be read. With the time moved behind the instructions, 6,000 tokens a call cost a tenth.',
      },
      {
        text: 'The instructions are too long for the provider to keep them.',
        feedback:
          'It is the other way round: there is a least length, mostly 1,024 tokens, and long beginnings gain most.',
      },
    ],
  },
  {
    id: 'cost-check-then-spend',
    kind: 'why',
    objective: 'budgets',
    difficulty: 2,
    source: 'budgets',
    question:
      'A gateway lets a call run if less than the day’s $1,000 is spent. With $999 spent, 40 calls start at once, and the day ends at $1,023. What mends it?',
    options: [
      {
        text: 'Each call holds the most it can cost before it runs, and is booked as it came out.',
        right: true,
        feedback:
          'What is held counts as spent for all who come after. However many ask at once, the limit cannot be passed.',
      },
      {
        text: 'All workers read the sum from one store, and none from a copy of its own.',
        feedback:
          'The sum they read was true: none of the 40 calls had ended. A true sum of the past says nothing of what is under way.',
      },
      {
        text: 'The gateway looks at the sum once more when a call ends, and stops if it is over.',
        feedback: 'By then the money is spent. It ends the day at the same $1,023, with a clearer log.',
      },
      {
        text: 'The limit is set to $977, so that the day ends at the $1,000 that were meant.',
        feedback:
          'The excess is what is in flight, and has no bound: twice the workers, or longer contexts, and it is twice as much.',
      },
    ],
  },
  {
    id: 'cost-worst-case-too-large',
    kind: 'why',
    objective: 'budgets',
    difficulty: 3,
    source: 'budgets',
    question: 'Each call reserves its worst case. At noon calls are refused. What do you change first?',
    given: [
      ['Limit', '$1,000'],
      ['Spent', '$600'],
      ['In flight', '1,000 calls, $0.40 held for each'],
      ['Longest answer', '8,000 tokens'],
      ['Mean call', '$0.02, 150 tokens of answer'],
    ],
    options: [
      {
        text: 'Hold the mean of $0.02 for each call, since that is what it comes to.',
        feedback:
          'Then the calls above the mean are covered by nobody, and the limit can be passed again. A hold that may be too small is no hold.',
      },
      {
        text: 'Raise the limit to $2,000 for today, as the load is plainly larger.',
        feedback:
          'The calls in flight will cost about $20. The money is there, and is held for answers that nobody will get.',
      },
      {
        text: 'Go back to checking the sum, as $400 of it is not spent.',
        feedback:
          'It frees the $400, and gives up the bound. That is a price for a cap that can be had free.',
      },
      {
        text: 'Cut answers at a length that is really needed, say 1,000 tokens.',
        right: true,
        feedback:
          'The worst case falls with the cap, and stays a worst case: what each holds is several times less, and nobody’s usual answer is shorter.',
      },
    ],
  },
  {
    id: 'cost-wall',
    kind: 'why',
    objective: 'budgets',
    difficulty: 1,
    source: 'budgets',
    question:
      'One kind of agent loops and spends the company’s daily budget in 50 minutes. The budget holds to the cent. Until midnight no customer is served. What was missing?',
    options: [
      {
        text: 'A larger budget for the day, with room for such a morning.',
        feedback:
          'The loop takes that as well: twice the money is gone after twice the time, and nothing is mended.',
      },
      {
        text: 'A budget for each kind of agent within that of the company.',
        right: true,
        feedback:
          'A wall: the looping kind runs into its own limit, and the others go on with theirs. One sum for all lets the loudest take it.',
      },
      {
        text: 'Reservations, so that the calls in flight are counted.',
        feedback:
          'They keep the last dollars in order. The money would be gone at the same time, and for the same agent.',
      },
      {
        text: 'An alert at 50 %, so that somebody can step in.',
        feedback:
          'It comes with 25 minutes to go, to somebody who has yet to find out which agent it is. Good to have, and no wall.',
      },
    ],
  },
  {
    id: 'cost-level-flaps',
    kind: 'why',
    objective: 'thresholds',
    difficulty: 2,
    source: 'thresholds',
    question:
      'At 90 % of the budget, spent or held, background work is put off. As calls end below what they held, the share moves about 90 %, and the measure goes on and off every few seconds. What stops that, and holds back no more than needed?',
    options: [
      {
        text: 'To look at the share once a minute only.',
        feedback: 'It flaps once a minute then, and a true crossing is noticed up to a minute late.',
      },
      {
        text: 'To let it come at 90 % and end below 88 %.',
        right: true,
        feedback:
          'A band between coming and going, wider than the noise: hysteresis. The level still comes at once.',
      },
      {
        text: 'To move the level from 90 % to 92 %.',
        feedback: 'At 92 % the share moves up and down in the same way, and the measure comes later.',
      },
      {
        text: 'To leave it on until midnight once it has come.',
        feedback:
          'No flapping, and too much: one burst of long holds at ten in the morning would put off a whole day’s work.',
      },
    ],
  },
  {
    id: 'cost-controls-together',
    kind: 'why',
    objective: 'thresholds',
    difficulty: 2,
    source: 'thresholds',
    ordered: true,
    question:
      'Two emergency controls are estimated, each alone. You pull both. What will they save in an hour?',
    given: [
      ['Bill', '$300 an hour'],
      ['Cheapest model for all', 'saves $150 an hour'],
      ['Calls of low criticality stopped', 'saves $120 an hour'],
      ['Models', 'the same mix for all calls'],
    ],
    options: [
      {
        text: '$150, the larger of the two',
        feedback:
          'The calls that still run on the cheapest model cost something, and 40 % of them are of low criticality.',
      },
      {
        text: '$210, less than the sum',
        right: true,
        feedback:
          'On the cheapest model $150 are left, and of these the stopped 40 % are $60. What a stopped call would have cost is saved once.',
      },
      {
        text: '$270, the sum of both',
        feedback: 'That saves the difference of models for calls that are not made at all.',
      },
      {
        text: '$300, all of the bill',
        feedback: 'The calls that matter still run, on the cheapest model. They are 60 % of $150.',
      },
    ],
  },
  {
    id: 'cost-warm-model',
    kind: 'why',
    objective: 'selection',
    difficulty: 2,
    source: 'selection',
    question:
      'The last call of a long conversation is due. A cheaper model would do. Which is the cheaper call?',
    given: [
      ['Input', '40,000 tokens, held in A’s prompt cache'],
      ['A', '$5 for a million, $0.50 from the cache'],
      ['B', '$1 for a million, nothing cached'],
      ['Answer', 'a few words'],
    ],
    options: [
      {
        text: 'B: it asks a fifth of the price for each token.',
        feedback:
          'By the list. But A does not charge its list price for what it holds: half a dollar a million is less than one.',
      },
      {
        text: 'A: 2 cents from its cache, against 4 cents.',
        right: true,
        feedback:
          'Leaving a warm cache has a price. Over several more calls B would win, as the first one warms it; for one it does not.',
      },
      {
        text: 'Both the same: the cache makes up for the difference.',
        feedback: '40,000 × $0.50 and 40,000 × $1 for a million are 2 and 4 cents: no draw.',
      },
      {
        text: 'B: after the first call it has the prompt in its cache, too.',
        feedback:
          'True of the calls after this one, and this is the last. What is warmed is then read by nobody.',
      },
    ],
  },
  {
    id: 'cost-scale-of-the-race',
    kind: 'why',
    objective: 'selection',
    difficulty: 3,
    source: 'selection',
    question:
      'Simple tasks go to gpt-3.5-turbo. Then gpt-4-turbo, and no other, becomes four times as dear, and simple tasks go to the rival. Why?',
    given: [
      ['Score', 'normalised, 40 % cost, 40 % quality, 20 % speed'],
      ['gpt-4-turbo', '$10, then $40; quality 0.90'],
      ['Rival', '$12, quality 0.90'],
      ['gpt-3.5-turbo', '$1.50, quality 0.85, faster'],
    ],
    options: [
      {
        text: 'The dearest model sets the scale, so the rival’s $12 now scores as cheap.',
        right: true,
        feedback:
          'Its cost term rises from 0, as the dearest of three, to (40 − 12) / (40 − 1.5) = 0.73. A normalised score depends on who is in the race.',
      },
      {
        text: 'The rival takes over gpt-4-turbo’s tasks, and is then warm for all others.',
        feedback: 'Its prompt cache would have to be cheaper than $1.50 for that. These models sell none.',
      },
      {
        text: 'The filter for accuracy rises with the mean price, and shuts gpt-3.5-turbo out.',
        feedback:
          'The filter is the task’s own bound. It knows of no prices, and gpt-3.5-turbo passes it as before.',
      },
      {
        text: 'The score divides by the price, and that of gpt-3.5-turbo is below its least step.',
        feedback:
          'That is the score as printed, where the cheapest wins nearly always. Here each term goes from 0 to 1.',
      },
    ],
  },
];
