/** The five questions that the module ends with, restated. They are asked in this order, their options too: B, C, C, C, B. */
import type { QuestionInput } from '../format.ts';

export const moduleQuestions: QuestionInput[] = [
  {
    id: 'module-tiers',
    kind: 'why',
    objective: 'tiers',
    difficulty: 1,
    source: 'tiers',
    ordered: true,
    question:
      'A read misses [[l1|L1]] and finds its value in [[l2|L2]]. What does a multi-tier cache do with it?',
    options: [
      {
        text: 'It answers from L2, and leaves L1 as it is.',
        feedback: 'Then a hot key stays in the slower tier for ever, and each read pays the way to it.',
      },
      {
        text: 'It answers from L2, and stores a copy in L1 for the next read.',
        right: true,
        feedback:
          'That is promotion: what is asked for moves to where it is fastest. The copy keeps the rest of its life, no more.',
      },
      {
        text: 'It moves the value to L1, and deletes it from L2.',
        feedback: 'L2 is shared. The other instances would lose what one of them has read.',
      },
      {
        text: 'It asks the model again, since L1 is the one that counts.',
        feedback: 'A hit in any tier spares the call; that is what the tiers behind L1 are for.',
      },
    ],
  },
  {
    id: 'module-eviction',
    kind: 'why',
    objective: 'eviction',
    difficulty: 1,
    source: 'eviction',
    ordered: true,
    question: 'By the module’s score, which entry leaves a full memory cache first?',
    options: [
      {
        text: 'The one that was stored first.',
        feedback:
          'That is first in, first out. It throws out what is old, also when it is read all the time.',
      },
      {
        text: 'The one with the fewest reads.',
        feedback:
          'The count alone would throw out what has only just come. The score has the time since the last use as well.',
      },
      {
        text: 'The one that has not been used for long, in relation to how often it was.',
        right: true,
        feedback: 'Staleness × 1 / (access count + 1): long unused and seldom used is worst.',
      },
      {
        text: 'The one with the shortest time to live left.',
        feedback: 'What is about to end makes room by itself. The score does not look at it.',
      },
    ],
  },
  {
    id: 'module-thresholds',
    kind: 'why',
    objective: 'thresholds',
    difficulty: 1,
    source: 'thresholds',
    ordered: true,
    question: 'A day’s model budget is spent to 95 %. What does the cost manager do at this step?',
    options: [
      {
        text: 'It sends an alert, and nothing else.',
        feedback: 'The alerts come at 50, 80, 90 and 100 %. At 95 % words are over.',
      },
      {
        text: 'It stops every service at once.',
        feedback: 'That is the emergency at 100 %. The step before it exists so that this is not needed.',
      },
      {
        text: 'It scales down services that are not critical.',
        right: true,
        feedback: 'What customers wait for keeps its budget to the last; what can wait goes first.',
      },
      {
        text: 'It raises the limit by 5 %.',
        feedback: 'A limit that gives way is none.',
      },
    ],
  },
  {
    id: 'module-selection',
    kind: 'why',
    objective: 'selection',
    difficulty: 1,
    source: 'selection',
    ordered: true,
    question: 'How does the module choose between the models that can do a task?',
    options: [
      {
        text: 'The cheapest always wins.',
        feedback: 'It is what happens when the cost term is not normalised. It is not what was meant.',
      },
      {
        text: 'The most accurate always wins.',
        feedback: 'Accuracy is a bound that a model has to meet, and no more than that.',
      },
      {
        text: 'By a score of 40 % cost, 40 % quality and 20 % speed.',
        right: true,
        feedback:
          'After the filter by accuracy, time and budget. For the weights to mean what they say, the three have to be on one scale.',
      },
      {
        text: 'In turn, so that all are used.',
        feedback: 'That spreads load over equals. These differ twentyfold in price.',
      },
    ],
  },
  {
    id: 'module-context',
    kind: 'why',
    objective: 'context',
    difficulty: 1,
    source: 'context',
    ordered: true,
    question:
      'A conversation has outgrown the window. Which messages does the module’s pruning mean to keep?',
    options: [
      {
        text: 'The last 50.',
        feedback: 'Half of it. What was agreed at the beginning would be gone.',
      },
      {
        text: 'The last 50, and older ones of high importance.',
        right: true,
        feedback:
          'Importance above 0.7. As printed, its last cut drops just those again; the lab has the mended rule beside it.',
      },
      {
        text: 'Those of high importance, whatever their age.',
        feedback: 'Then the answer before the last may be missing, and the conversation makes no sense.',
      },
      {
        text: 'A summary of all of them.',
        feedback: 'That would cost a model call for each pruning. The module’s rule costs none.',
      },
    ],
  },
];
