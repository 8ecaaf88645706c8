/** Numbers about the choice of a model. */
import { breakEven } from '../../engine/cost/cascade.ts';
import { picoOfUsd } from '../../engine/cost/money.ts';
import { emptyRanges, normalisedScore, printedScore, widen } from '../../engine/cost/selection-score.ts';
import type { Candidate } from '../../engine/cost/selection.ts';
import type { Drawn, QuestionInput } from '../format.ts';

const WEIGHTS = { cost: 0.4, quality: 0.4, speed: 0.2 };
const candidate = (name: string, cents: number, quality: number, meanMs: number): Candidate => {
  const costPico = picoOfUsd(cents / 100, name);
  return { name, costPico, worstPico: costPico, accuracy: 1, quality: quality / 100, meanMs };
};
const middleOf = ({ cents, quality, ms }: Drawn): Candidate => candidate('M', cents!, quality!, ms!);

/** Score of the middle one of three models, 0 to 100. */
function middlePoints(drawn: Drawn): number {
  const ranges = emptyRanges();
  for (const one of [candidate('S', 1, 80, 1000), middleOf(drawn), candidate('L', drawn['dear']!, 95, 2000)])
    widen(ranges, one);
  return 100 * normalisedScore(middleOf(drawn), ranges, WEIGHTS);
}

export const costComputeSelection: QuestionInput[] = [
  {
    id: 'cost-score-of-the-middle',
    kind: 'compute',
    objective: 'selection',
    difficulty: 2,
    source: 'selection',
    question:
      'Three models meet a task’s bounds. What is the normalised score of M, in points from 0 to 100? Each term goes from 0 for the worst of the three to 1 for the best.',
    given: [
      ['Weights', 'cost 40 %, quality 40 %, speed 20 %'],
      ['S', '1 cent, quality 0.80, 1,000 ms'],
      ['M', '{cents} cents, quality 0.{quality}, {ms} ms'],
      ['L', '{dear} cents, quality 0.95, 2,000 ms'],
    ],
    draw: (random) => ({
      cents: 3 + random.below(5),
      dear: 11 + 2 * random.below(6),
      quality: 86 + random.below(6),
      ms: 1200 + 100 * random.below(5),
    }),
    answer: middlePoints,
    unit: 'points',
    tolerance: 0.02,
    working:
      '40 × ({dear} − {cents}) / ({dear} − 1) + 40 × (0.{quality} − 0.80) / 0.15 + 20 × (2,000 − {ms}) / 1,000 = {answer} points.',
    mistakes: [
      {
        answer: ({ cents, dear, quality, ms }) =>
          (40 * (cents! - 1)) / (dear! - 1) + (40 * (quality! - 80)) / 15 + (20 * (ms! - 1000)) / 1000,
        feedback: 'Cost and time are better the lower they are: their terms count from the worst down.',
      },
      {
        answer: ({ cents, dear, quality, ms }) =>
          (40 * (dear! - cents!)) / (dear! - 1) + 0.4 * quality! + (20 * (2000 - ms!)) / 1000,
        feedback: 'The term of quality is put on the scale as well: the lowest of the three is 0, not 0.80.',
      },
      {
        answer: (drawn) => 100 * printedScore(middleOf(drawn), WEIGHTS),
        feedback: 'That is the score as printed, in which 1 / cost outweighs all else.',
      },
    ],
  },
  {
    id: 'cost-cascade-limit',
    kind: 'compute',
    objective: 'selection',
    difficulty: 2,
    source: 'selection',
    question:
      'In a cascade the small model answers first, and the big one again where it is unsure. Up to which share of escalated tasks, in per cent, is that cheaper than the big model alone?',
    given: [
      ['Small', '${small} for a thousand tasks'],
      ['Big', '${big}'],
    ],
    draw: (random) => ({ small: 2 + random.below(7), big: 5 * (4 + random.below(7)) }),
    answer: ({ small, big }) => 100 * breakEven(small!, big!),
    unit: '%',
    tolerance: 0.02,
    working: '{small} + share × {big} = {big} at a share of 1 − {small} / {big} = {answer} %.',
    mistakes: [
      {
        answer: ({ small, big }) => (100 * small!) / big!,
        feedback: 'That is what the small model costs of the big one: the share that must not escalate.',
      },
      {
        answer: ({ small, big }) => (100 * (big! - small!)) / (big! + small!),
        feedback: 'Here the small model is paid twice for what escalates. It answers once for each task.',
      },
    ],
  },
];
