import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { holds } from '../grader/expectation.ts';
import { argumentsOf, run } from '../grader/operations.ts';

interface Task {
  minAccuracy: number;
  maxLatencyMs: number;
}
interface Model {
  name: string;
  costUsd: number;
  accuracy: number;
  meanMs: number;
}
interface Budget {
  leftUsd: number;
  limitUsd: number;
  timeLeftShare: number;
}

function oracle(): Oracle {
  return (operation) => {
    const [task, models, budget] = argumentsOf(operation) as [Task, Model[], Budget | null];
    const meets = models.filter((m) => m.accuracy >= task.minAccuracy && m.meanMs <= task.maxLatencyMs);
    const allowed = meets.length > 0 ? meets : models;
    const isShort = budget !== null && budget.leftUsd < 0.01 * budget.limitUsd && budget.timeLeftShare >= 0.5;
    const least = Math.min(...allowed.map(({ costUsd }) => costUsd));
    const right = (isShort ? allowed.filter((m) => m.costUsd === least) : allowed).map(({ name }) => name);
    return holds(
      right.map((name) => JSON.stringify(name)).join(' or '),
      (got) => right.includes(got as string),
      {
        note: isShort
          ? `Of ${budget.limitUsd} dollars ${budget.leftUsd} are left, and half of the day or more: only the cheapest that meets the bounds will do.`
          : meets.length === 0
            ? 'No model meets the bounds, and still one has to answer: return the name of any.'
            : `The answer is the name of a model with an accuracy of ${task.minAccuracy} or more and at most ${task.maxLatencyMs} ms.`,
      },
    );
  };
}

const models: (Model & { quality: number })[] = [
  { name: 'gpt-4', costUsd: 0.03, accuracy: 0.98, quality: 0.95, meanMs: 2000 },
  { name: 'gpt-4-turbo', costUsd: 0.01, accuracy: 0.96, quality: 0.9, meanMs: 1500 },
  { name: 'gpt-3.5-turbo', costUsd: 0.0015, accuracy: 0.92, quality: 0.85, meanMs: 1000 },
];
const taskOf = (minAccuracy: number, maxLatencyMs: number) => ({
  agentType: 'support',
  criticality: 'critical',
  inputTokens: 800,
  expectedOutputTokens: 140,
  complexity: 0.4,
  minAccuracy,
  maxLatencyMs,
});
const plenty = { leftUsd: 60_000, limitUsd: 60_000, timeLeftShare: 1 };

const task = fc
  .tuple(fc.constantFrom(0.9, 0.95, 0.97, 0.99), fc.constantFrom(500, 1200, 1800, 10_000))
  .map(([accuracy, ms]) => taskOf(accuracy, ms));
const some = fc.shuffledSubarray(models, { minLength: 1 });
const budget = fc.oneof(
  fc.constant(null),
  fc.record({
    leftUsd: fc.integer({ min: 0, max: 60_000 }),
    limitUsd: fc.constant(60_000),
    timeLeftShare: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
  }),
);
const gone = fc.record({
  leftUsd: fc.integer({ min: 0, max: 599 }),
  limitUsd: fc.constant(60_000),
  timeLeftShare: fc.integer({ min: 50, max: 100 }).map((n) => n / 100),
});

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'accurate-enough',
      title: 'takes a model that meets the bounds',
      objective: 'bounds',
      operations: fc.constant([
        run('choose', taskOf(0.97, 10_000), models, plenty),
        run('choose', taskOf(0.95, 1800), [...models].reverse(), plenty),
        run('choose', taskOf(0.99, 500), models, plenty),
      ]),
      runs: 1,
    },
    {
      id: 'any-task',
      title: 'names a model for every task, with a budget and without',
      objective: 'bounds',
      operations: fc.tuple(task, some, budget).map((args) => [run('choose', ...args)]),
      runs: 200,
    },
    {
      id: 'saves-in-time',
      title: 'takes the cheapest when the money runs out before the day',
      objective: 'pace',
      operations: fc.tuple(task, some, gone).map((args) => [run('choose', ...args)]),
    },
  ],
};
