import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { PICO_PER_USD, type PicoUsd } from './money.ts';
import type { Task } from './task.ts';

/** A model as one task sees it. */
export interface Candidate {
  name: string;
  /** What this task is expected to cost on it, what its prompt cache saves or costs included. */
  costPico: PicoUsd;
  /** What it costs at worst: the amount to reserve. */
  worstPico: PicoUsd;
  /** Share of right answers, 0 … 1. */
  accuracy: number;
  /** 0 … 1. */
  quality: number;
  /** Typical response. */
  meanMs: number;
  /** Largest input; none when it is left out. */
  maxInputTokens?: number | undefined;
}

const weight = v.pipe(
  v.number(),
  v.finite('a finite number of 0 or more'),
  v.minValue(0, 'a number of 0 or more'),
);

export const selectionSchema = v.strictObject({
  /** `printed`: the module's formula as it stands. `normalised`: every term from 0 to 1 over the models in question. */
  formula: v.optional(v.picklist(['printed', 'normalised']), 'normalised'),
  /** Shares of the score; they need not add up to 1, for they are divided by their sum. */
  weights: v.optional(
    v.pipe(
      v.strictObject({
        cost: v.optional(weight, 0.4),
        quality: v.optional(weight, 0.4),
        speed: v.optional(weight, 0.2),
      }),
      v.check((w) => w.cost + w.quality + w.speed > 0, 'weights of which at least one is above 0'),
      v.check((w) => w.cost + w.quality + w.speed < Infinity, 'weights with a finite sum'),
    ),
    {},
  ),
  /** The model that savings are counted against. */
  baseline: v.optional(v.string(), 'gpt-4'),
});
export type SelectionSettings = v.InferOutput<typeof selectionSchema>;

/**
 * @throws InputError for no candidates, two of one name, or a figure out of its range. The fast path does not ask: call it when
 * the catalogue changes.
 */
export function checkCandidates(candidates: readonly Candidate[]): void {
  if (candidates.length === 0)
    throw new InputError('models', 'at least one model', 'none', 'Add a model to the catalogue.');
  const names = new Set<string>();
  for (const c of candidates) {
    const place = `models.${c.name}`;
    if (names.has(c.name)) throw new InputError(place, 'a name that no other model has', `"${c.name}" twice`);
    names.add(c.name);
    inRange(`${place}.costPico`, c.costPico, 0, Number.MAX_SAFE_INTEGER, 'an amount of 0 or more');
    inRange(`${place}.worstPico`, c.worstPico, 0, Number.MAX_SAFE_INTEGER, 'an amount of 0 or more');
    inRange(`${place}.accuracy`, c.accuracy, 0, 1, 'a share from 0 to 1');
    inRange(`${place}.quality`, c.quality, 0, 1, 'a share from 0 to 1');
    if (!(c.meanMs > 0 && c.meanMs < Infinity))
      throw new InputError(`${place}.meanMs`, 'a time above 0', String(c.meanMs));
    if (c.maxInputTokens !== undefined)
      inRange(`${place}.maxInputTokens`, c.maxInputTokens, 1, Infinity, 'a number of 1 or more');
  }
}

/** @throws InputError for bounds that are no bounds: NaN, or below zero. */
export function checkBounds(task: Task): void {
  const { inputTokens, minAccuracy, maxLatencyMs, budgetUsd } = task;
  inRange('task.inputTokens', inputTokens, 0, Number.MAX_SAFE_INTEGER, 'a number of 0 or more');
  inRange('task.minAccuracy', minAccuracy, 0, 1, 'a share from 0 to 1');
  inRange('task.maxLatencyMs', maxLatencyMs, 0, Infinity, 'a time of 0 or more');
  if (budgetUsd !== null) inRange('task.budgetUsd', budgetUsd, 0, Infinity, 'dollars of 0 or more');
}

function inRange(place: string, x: number, least: number, most: number, expected: string): void {
  if (!(x >= least && x <= most)) throw new InputError(place, expected, String(x));
}

/** The task's budget in pico-dollars; Infinity for none. */
export function budgetPico(task: Task): number {
  return task.budgetUsd === null ? Infinity : Math.round(task.budgetUsd * PICO_PER_USD);
}

export function takesInput(task: Task, candidate: Candidate): boolean {
  return candidate.maxInputTokens === undefined || task.inputTokens <= candidate.maxInputTokens;
}

/** The module's filters: accuracy, time, budget; and the input must fit. A bound is met by what equals it. */
export function meetsBounds(task: Task, candidate: Candidate, budget: number): boolean {
  return (
    takesInput(task, candidate) &&
    candidate.accuracy >= task.minAccuracy &&
    candidate.meanMs <= task.maxLatencyMs &&
    candidate.costPico <= budget
  );
}

/** True when `a` wins over `b` at equal scores: the cheaper, then the first by name. */
export function winsTie(a: Candidate, b: Candidate): boolean {
  return a.costPico === b.costPico ? a.name < b.name : a.costPico < b.costPico;
}
