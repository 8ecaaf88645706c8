import { MODULE_PROFILES } from '../../../engine/cost/catalogue.ts';
import { usdOf } from '../../../engine/cost/money.ts';
import { PriceBook } from '../../../engine/cost/prices.ts';
import { parseSelection, select, type Candidate, type Choice } from '../../../engine/cost/selection.ts';
import type { Task } from '../../../engine/cost/task.ts';
import type { CurveFigure, FigureData, KnobValues } from '../format.ts';

const book = new PriceBook(MODULE_PROFILES);

/** A task of so many tokens, a fifth of them answer, and the module's three models as it sees them. */
function race({ tokens, accuracy }: KnobValues): { task: Task; models: Candidate[] } {
  const outputTokens = Math.round(tokens / 5);
  const inputTokens = tokens - outputTokens;
  const usage = { inputTokens, cachedTokens: 0, cacheWriteTokens: 0, outputTokens };
  const task: Task = {
    tenant: 'all',
    agentType: 'any',
    criticality: 'normal',
    inputTokens,
    repeatedTokens: 0,
    prefixTokens: 0,
    expectedOutputTokens: outputTokens,
    maxOutputTokens: outputTokens,
    complexity: 0.5,
    minAccuracy: accuracy / 100,
    maxLatencyMs: 60_000,
    budgetUsd: null,
    deferrable: false,
    deadlineMs: null,
    session: -1,
  };
  const models = book.models.map(({ name, accuracy, quality, meanMs }): Candidate => {
    const costPico = book.costOf(name, usage, 0);
    return { name, costPico, worstPico: costPico, accuracy, quality, meanMs };
  });
  return { task, models };
}

/** The model that is chosen when quality has this weight in per cent, and cost and speed share the rest 2 to 1, as in the module. */
export function choiceAt(quality: number, formula: 'printed' | 'normalised', knobs: KnobValues): Choice {
  const { task, models } = race(knobs);
  const rest = 1 - quality / 100;
  const weights = { cost: (rest * 2) / 3, quality: quality / 100, speed: rest / 3 };
  return select(task, models, parseSelection({ formula, weights }));
}

const usdPerThousand = ({ costPico }: Choice): number => 1000 * usdOf(costPico);
/** Where the module's weights are: 40 % cost, 40 % quality, 20 % speed. */
const MODULE_WEIGHT = 40;
const MOST_WEIGHT = 99;

/** Weights from which on another model is chosen. */
function moves(y: Float64Array, x: Float64Array): number[] {
  return [...x].filter((_, i) => i > 0 && y[i] !== y[i - 1]);
}

function titleOf({ panels: [{ x, lines }] }: FigureData): string {
  const [printed, normalised] = lines.map(({ y }) =>
    moves(y, x)
      .map((at) => `${at} %`)
      .join(' and '),
  );
  if (!printed && !normalised)
    return 'Only one model is accurate enough here, and no weight can change that.';
  const plain = printed
    ? `As printed, the score moves on to a dearer model at ${printed}.`
    : 'As printed, the score chooses the same model whatever quality weighs.';
  return `${plain} Normalised, it moves on at ${normalised}.`;
}

export const figure: CurveFigure = {
  kind: 'curve',
  knobs: [
    { name: 'tokens', label: 'Tokens of a task', unit: '', min: 20, max: 5000, step: 20, value: 1500 },
    { name: 'accuracy', label: 'Least accuracy', unit: '%', min: 90, max: 97, step: 1, value: 90 },
  ],
  x: { label: 'weight of quality', unit: '%', from: 0, to: MOST_WEIGHT, points: MOST_WEIGHT },
  y: { label: 'dollars for a thousand tasks', unit: '$' },
  lines: [
    {
      label: 'score as printed',
      tier: 'trouble',
      dashed: true,
      of: (x, knobs) => usdPerThousand(choiceAt(x, 'printed', knobs)),
    },
    {
      label: 'score normalised',
      tier: 'model',
      of: (x, knobs) => usdPerThousand(choiceAt(x, 'normalised', knobs)),
    },
  ],
  marks: (knobs) => {
    const choice = choiceAt(MODULE_WEIGHT, 'normalised', knobs);
    return [{ x: MODULE_WEIGHT, y: usdPerThousand(choice), words: `module’s weights: ${choice.name}` }];
  },
  title: titleOf,
  caption:
    'What the chosen of the module’s three models costs, when cost and speed share the rest of the weight two to one.',
  open: { href: '#/cost', words: 'Turn the weights of the score' },
};
