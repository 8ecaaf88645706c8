/** Why savings come out as they do: work that waits, pools of agents, and who is to be thanked. */
import type { QuestionInput } from '../format.ts';

export const costWhySaving: QuestionInput[] = [
  {
    id: 'cost-window-moved',
    kind: 'why',
    objective: 'deferral',
    difficulty: 2,
    source: 'deferral',
    ordered: true,
    question:
      'A batcher sends when nobody has come for 100 ms, or when 50 are there. How long does the first of a batch wait?',
    given: [['Requests', 'one every 80 ms']],
    options: [
      {
        text: '100 ms, the length of the window',
        feedback: 'It would, if the window began with the first. This one begins anew with each that comes.',
      },
      {
        text: '180 ms, the window after the second',
        feedback:
          'The third comes 80 ms after the second, and moves the end once more. So does each after it.',
      },
      {
        text: '4 s, until 50 have come',
        right: true,
        feedback:
          '49 × 80 ms: a steady trickle puts the end off until the batch is full. A window belongs to its first request, and is not moved.',
      },
      {
        text: 'For ever, as there is always another',
        feedback:
          'The end is always put off, but the bound of 50 sends the batch. Without it this would be so.',
      },
    ],
  },
  {
    id: 'cost-deadline-before-night',
    kind: 'why',
    objective: 'deferral',
    difficulty: 1,
    source: 'deferral',
    ordered: true,
    question: 'A report is asked for at 15:00. Nobody waits for it until 21:30. When should it start?',
    given: [
      ['Takes', '10 minutes'],
      ['By night', '22:00–05:59, 30 % less'],
    ],
    options: [
      {
        text: 'At 15:00, as soon as it is asked for',
        right: true,
        feedback:
          'No cheap hour comes before its deadline, so waiting buys nothing and only brings the report nearer to being late.',
      },
      {
        text: 'At 18:00, when the load goes down',
        feedback: 'The price goes by the clock, and not by the load: until 22:00 all hours cost the same.',
      },
      {
        text: 'At 21:19, as late as the deadline allows',
        feedback: 'It costs what it would have cost at 15:00, and a queue of a minute makes it late.',
      },
      {
        text: 'At 22:00, when the cheap hours begin',
        feedback: 'The 30 % are tempting, but the report comes 40 minutes after somebody needed it.',
      },
    ],
  },
  {
    id: 'cost-one-cooldown',
    kind: 'why',
    objective: 'agent-pools',
    difficulty: 2,
    source: 'agent-pools',
    question: 'A pool grows too late for a surge. Which change helps, and does no harm on a quiet day?',
    given: [
      ['11:58', 'load 28 %: one agent less'],
      ['12:00', 'load 95 %'],
      ['12:03', 'two agents more'],
      ['Cooldown', '5 minutes after any change'],
    ],
    options: [
      {
        text: 'Grow by four at a time, and not by two.',
        feedback: 'Four agents at 12:03 are as late as two. The step is not what held them back.',
      },
      {
        text: 'Grow at 60 % of the load, and not at 80 %.',
        feedback: 'The load passed both at 12:00. It was told to wait, not overlooked.',
      },
      {
        text: 'Shorten the cooldown to 30 s for both.',
        feedback:
          'It helps at noon. On a quiet day the pool then follows each ripple down and up again, and pays for cold starts.',
      },
      {
        text: 'Let growth wait for the last growth only.',
        right: true,
        feedback:
          'To shrink too late costs cents, to grow too late costs users. The pool grows at 12:00, and shrinks as slowly as before.',
      },
    ],
  },
  {
    id: 'cost-starting-agents',
    kind: 'why',
    objective: 'agent-pools',
    difficulty: 2,
    source: 'agent-pools',
    question:
      'The load rises by as much as two agents can do, and stays there. Five minutes later the pool has eight agents more. Why?',
    given: [
      ['Rule', 'every minute: two more at 80 % or above'],
      ['Load', 'above 100 % until help is there'],
      ['Cold start', '4 minutes'],
    ],
    options: [
      {
        text: 'Two at a time is too coarse: one at a time would have stopped at two.',
        feedback: 'One at a time for four minutes is four agents. It errs by less, and in the same way.',
      },
      {
        text: 'What is on its way is not counted, so each look orders the same again.',
        right: true,
        feedback:
          'Four looks pass before the first two are ready. Counted from their launch, the load per agent falls at once, and one order is enough.',
      },
      {
        text: 'At 80 % it grows too soon: at 95 % it would have waited for the two.',
        feedback: 'Until the first are ready the load is above 95 % as well, so the orders are the same.',
      },
      {
        text: 'It never shrinks: what is too much by the fifth minute should have gone.',
        feedback:
          'They should not have come. What is launched in error is paid for, and stopped again later.',
      },
    ],
  },
  {
    id: 'cost-more-than-all',
    kind: 'why',
    objective: 'ablation',
    difficulty: 2,
    source: 'ablation',
    question:
      'Each strategy is turned on alone, with the same requests and the same dice. Their savings are 72, 18, 8, 2 and 0 % of the bill, 100 % in all. Together they save 78 %. How can that be?',
    options: [
      {
        text: 'Some of what they save is the same money, and the sum counts it twice.',
        right: true,
        feedback:
          'What a cache answers needs no cheaper model, and what runs on a cheap model saves little by night. Only shares that allow for it add up.',
      },
      {
        text: 'Each run has its own luck, and five errors add up to so much.',
        feedback:
          'All runs have the same requests and dice. Over 20 seeds these figures stand to within half a per cent.',
      },
      {
        text: 'They help each other, so that each looks larger than it is.',
        feedback: 'If they helped each other, together they would save more than the sum. Here it is less.',
      },
      {
        text: 'It depends on the order: who is turned on first takes the largest piece.',
        feedback:
          'In a run of all five it does. Here each was turned on alone, with none before it, so no order comes into it.',
      },
    ],
  },
  {
    id: 'cost-stand-in',
    kind: 'why',
    objective: 'ablation',
    difficulty: 3,
    source: 'ablation',
    question:
      'With everything on, the bill rises by $2 when [[l1|L1]] is turned off, and by $3 when [[l2|L2]] is. It is proposed to remove both. What do you say?',
    options: [
      {
        text: 'Keep both: each has an effect above zero, so each is needed.',
        feedback:
          'With the other one there, each can be spared for a few dollars. That is what the figures do show.',
      },
      {
        text: 'Remove both: they save $5 together, less than their upkeep.',
        feedback:
          'Effects add up only where two do not stand in for each other, and two caches in a row do just that.',
      },
      {
        text: 'Run more seeds first: $2 and $3 are too little to be seen.',
        feedback: 'More seeds make the same two figures sharper. Neither is of a run in which both are off.',
      },
      {
        text: 'Turn both off in one run first: each may do the other’s work.',
        right: true,
        feedback:
          'What one misses the other answers, so each alone is hardly missed. Leaving out one at a time never sees what the pair is worth.',
      },
    ],
  },
];
