import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { holds, returns, throws, type Expectation } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

interface Model {
  name: string;
  usdPerMillion: number;
  accuracy: number;
  latencyMs: number;
  quality: number;
}

interface Task {
  tokens: number;
  minAccuracy: number;
  maxMs: number;
  budgetUsd: number;
}

/** From 0, the worst of `all`, to 1, the best. */
const placed = (value: number, all: number[], best: 'least' | 'most') => {
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (least === most) return 1;
  return best === 'most' ? (value - least) / (most - least) : (most - value) / (most - least);
};

/** Every model's terms, as a table; the winner is the first of the sorted table. */
function oracle(): Oracle {
  const models: Model[] = [];
  return (operation) => {
    const [first] = argumentsOf(operation);
    if (operation.do === 'new') return returns(undefined);
    if (operation.do === 'call' && operation.method === 'add') {
      models.push(first as Model);
      return returns(undefined);
    }
    if (models.length === 0)
      return throws('', { note: 'There is no model yet, so there is nothing to choose.' });
    return chosen(models, first as Task);
  };
}

function chosen(models: Model[], task: Task): Expectation {
  const costOf = ({ usdPerMillion }: Model) => (task.tokens * usdPerMillion) / 1e6;
  const passed = models.filter((model) => misses(model, costOf(model), task).length === 0);
  const byCost = (a: Model, b: Model) => costOf(a) - costOf(b);
  if (passed.length === 0) {
    const cheapest = models.toSorted(byCost)[0];
    const note = `No model meets the bounds: ${models.map((model) => `${model.name} ${misses(model, costOf(model), task).join(' and ')}`).join('; ')}. So it is the cheapest for this task, with a warning that names it.`;
    return choice(note, [{ name: cheapest.name, costUsd: costOf(cheapest), score: null }]);
  }
  const table = passed
    .map((model) => {
      const cost = placed(costOf(model), passed.map(costOf), 'least');
      const quality = placed(
        model.quality,
        passed.map((one) => one.quality),
        'most',
      );
      const speed = placed(
        model.latencyMs,
        passed.map((one) => one.latencyMs),
        'least',
      );
      return { model, terms: [cost, quality, speed], score: 0.4 * cost + 0.4 * quality + 0.2 * speed };
    })
    .toSorted((a, b) => (Math.abs(a.score - b.score) < close ? byCost(a.model, b.model) : b.score - a.score));
  const level = table.filter(({ score }) => table[0].score - score < close);
  // Sums of other shares may differ in their last digit with the order of adding; then each of them is right.
  const exact = [0, 1, 2].every((i) => {
    const shares = level.map(({ terms }) => terms[i]);
    return shares.every((one) => one === shares[0]) || shares.every((one) => one === 0 || one === 1);
  });
  const rows = table.map(({ model, terms, score }) => {
    const [cost, quality, speed] = terms.map(short);
    return `${model.name}: cost ${cost}, quality ${quality}, speed ${speed} → ${short(score)}`;
  });
  const out = models
    .filter((model) => !passed.includes(model))
    .map((model) => `${model.name} ${misses(model, costOf(model), task).join(' and ')}`);
  const note = [`The models that passed: ${rows.join('; ')}.`];
  if (out.length > 0) note.push(`Not in the race, and not part of its scale: ${out.join('; ')}.`);
  if (passed.length === 1) note.push('Alone, it is the best in each term.');
  else if (level.length > 1) note.push('Of equal scores the cheaper one wins, then the one added first.');
  return choice(
    note.join(' '),
    (exact ? level.slice(0, 1) : level).map(({ model, score }) => ({
      name: model.name,
      costUsd: costOf(model),
      score,
    })),
  );
}

const close = 1e-9;
const short = (share: number) => `${Math.round(share * 1000) / 1000}`;

/** Which bounds of the task a model misses, as clauses. */
function misses(model: Model, costUsd: number, task: Task): string[] {
  return [
    model.accuracy < task.minAccuracy ? `has an accuracy below ${task.minAccuracy}` : '',
    model.latencyMs > task.maxMs ? `takes longer than ${task.maxMs} ms` : '',
    costUsd > task.budgetUsd ? `costs $${costUsd}, more than $${task.budgetUsd}` : '',
  ].filter(Boolean);
}

/** Any one of these, the first of which is shown. */
function choice(note: string, right: { name: string; costUsd: number; score: number | null }[]): Expectation {
  const [{ name, costUsd, score }] = right;
  const warning = score === null ? `a text with “${name}”` : 'null';
  return holds(
    `{ costUsd: ${costUsd}, name: "${name}", score: ${score}, warning: ${warning} }`,
    (wire) => {
      const got = decode(wire) as { name: string; costUsd: number; score: number | null; warning: unknown };
      const one = right.find((other) => other.name === got.name);
      if (!one || !(Math.abs(got.costUsd - one.costUsd) < close)) return false;
      if (one.score === null)
        return got.score === null && typeof got.warning === 'string' && got.warning.includes(one.name);
      return typeof got.score === 'number' && Math.abs(got.score - one.score) < close && got.warning === null;
    },
    { note },
  );
}

/** The module's models and prices. */
const gpt4 = { name: 'gpt-4', usdPerMillion: 30, accuracy: 0.98, latencyMs: 2000, quality: 0.95 };
const turbo = { name: 'gpt-4-turbo', usdPerMillion: 10, accuracy: 0.96, latencyMs: 1500, quality: 0.9 };
const small = { name: 'gpt-3.5-turbo', usdPerMillion: 1.5, accuracy: 0.92, latencyMs: 1000, quality: 0.85 };
const anything: Task = { tokens: 1000, minAccuracy: 0, maxMs: 10_000, budgetUsd: 1 };

/** The best score is the middle's, whoever weighs it right. */
const trio = [
  { ...gpt4, name: 'poor', usdPerMillion: 2, quality: 0.5 },
  { ...gpt4, name: 'middle', usdPerMillion: 4, quality: 0.9 },
  { ...gpt4, name: 'dear', usdPerMillion: 10, quality: 0.95 },
];

const asked = (models: Model[], ...tasks: Partial<Task>[]): Operation[] => [
  create('ModelSelector'),
  ...models.map((model) => call('add', model)),
  ...tasks.map((task) => call('choose', { ...anything, ...task })),
];

const figures = fc.record({
  usdPerMillion: fc.constantFrom(1.5, 3, 10, 15, 30),
  accuracy: fc.constantFrom(0.9, 0.92, 0.96, 0.98),
  latencyMs: fc.constantFrom(500, 800, 1000, 1500, 2000),
  quality: fc.constantFrom(0.7, 0.85, 0.9, 0.95),
});
/** No cost is exactly at a budget here: two ways of multiplying may differ in the last digit. */
const task = fc.record({
  tokens: fc.constantFrom(1000, 2000, 4000),
  minAccuracy: fc.constantFrom(0, 0.92, 0.96, 0.99),
  maxMs: fc.constantFrom(10_000, 1500, 1000, 400),
  budgetUsd: fc.constantFrom(1, 0.05, 0.025, 0.0035, 0.001),
});

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'weighs-on-one-scale',
      title: 'weighs cost, quality and speed on the same scale',
      objective: 'normalise',
      operations: fc.constant(asked(trio, {})),
      runs: 1,
    },
    {
      id: 'bounds',
      title: 'keeps to the bounds of the task, which may be met exactly',
      objective: 'filter-first',
      operations: fc.constantFrom(
        asked([small, turbo, gpt4], { minAccuracy: 0.98 }),
        asked([gpt4, turbo, small], { maxMs: 1000 }),
        asked(
          [
            { ...gpt4, latencyMs: 100 },
            { ...turbo, latencyMs: 200 },
          ],
          { tokens: 500_000, budgetUsd: 5 },
        ),
      ),
      runs: 20,
    },
    {
      id: 'scale-of-those-that-passed',
      title: 'makes the scale from the models that passed',
      objective: 'normalise',
      operations: fc.constant(
        asked(
          [
            { ...small, name: 'cheap', usdPerMillion: 1, quality: 0.6, latencyMs: 1000 },
            { ...small, name: 'good', usdPerMillion: 3, quality: 0.9, latencyMs: 900 },
            { ...small, name: 'too-dear', usdPerMillion: 1000, quality: 0.91, latencyMs: 800 },
          ],
          { budgetUsd: 0.5 },
        ),
      ),
      runs: 1,
    },
    {
      id: 'one-candidate',
      title: 'can choose from one, and from models that are all equal',
      objective: 'edge-cases',
      operations: fc.constantFrom(
        asked([turbo], {}),
        asked(
          [
            { ...turbo, name: 'first' },
            { ...turbo, name: 'second' },
          ],
          {},
        ),
        asked([small, turbo, gpt4], { minAccuracy: 0.97 }),
      ),
      runs: 20,
    },
    {
      id: 'ties',
      title: 'gives a tie to the cheaper model',
      objective: 'edge-cases',
      operations: fc.constantFrom(
        asked(
          [
            { ...gpt4, name: 'dear', usdPerMillion: 20, quality: 0.9 },
            { ...gpt4, name: 'cheap', usdPerMillion: 10, quality: 0.8 },
          ],
          {},
        ),
        asked(
          [
            { ...gpt4, name: 'cheap', usdPerMillion: 10, quality: 0.8 },
            { ...gpt4, name: 'dear', usdPerMillion: 20, quality: 0.9 },
          ],
          {},
        ),
      ),
      runs: 20,
    },
    {
      id: 'falls-back',
      title: 'falls back to the cheapest, with a warning',
      objective: 'fallback',
      operations: fc.constantFrom(
        asked(trio, { minAccuracy: 0.99 }),
        asked([gpt4, { ...small, name: 'first' }, { ...small, name: 'second' }], { maxMs: 10 }),
      ),
      runs: 20,
    },
    {
      id: 'no-model',
      title: 'is an error without any model',
      objective: 'fallback',
      operations: fc.constant(asked([], {})),
      runs: 1,
    },
    {
      id: 'any-models',
      title: 'is right for any models and tasks',
      objective: 'normalise',
      operations: fc
        .tuple(
          fc.array(figures, { minLength: 1, maxLength: 5, size: 'max' }),
          fc.array(task, { minLength: 1, maxLength: 4, size: 'max' }),
        )
        .map(([models, tasks]) =>
          asked(
            models.map((model, i) => ({ name: 'abcde'[i], ...model })),
            ...tasks,
          ),
        ),
      runs: 200,
    },
  ],
};
