import { usdOf, type PicoUsd } from './money.ts';
import { takesInput, type Candidate, type SelectionSettings } from './selection-candidate.ts';
import type { Task } from './task.ts';

/** Why a model may not run, one clause for each bound that it breaks. The same bounds as `meetsBounds`. */
export function rejectionsOf(task: Task, c: Candidate, budget: PicoUsd): string[] {
  const list: string[] = [];
  if (!takesInput(task, c))
    list.push(`it takes ${c.maxInputTokens} tokens of input and not ${task.inputTokens}`);
  if (c.accuracy < task.minAccuracy)
    list.push(`its accuracy of ${c.accuracy} is below the ${task.minAccuracy} asked for`);
  if (c.meanMs > task.maxLatencyMs)
    list.push(`its ${c.meanMs} ms are more than the ${task.maxLatencyMs} ms allowed`);
  if (c.costPico > budget)
    list.push(`its ${dollars(c.costPico)} are more than the $${task.budgetUsd} allowed`);
  return list;
}

/** The choice in one sentence. @param passed number of models that meet the bounds; @param score of the chosen one. */
export function reasonFor(
  candidate: Candidate,
  passed: number,
  score: number,
  settings: SelectionSettings,
  saving: { savingPico: PicoUsd | null; savingShare: number | null },
): string {
  const { name, costPico } = candidate;
  const costs = `costs ${dollars(costPico)}${comparison(saving, settings.baseline)}.`;
  if (passed === 0)
    return `No model meets the task's bounds, so the cheapest, ${name}, is taken; it ${costs}`;
  if (passed === 1) return `${name} is the only model that meets the task's bounds; it ${costs}`;
  const best = `the best ${settings.formula} score (${figures(score)})`;
  return `${name} has ${best} of the ${passed} models that meet the task's bounds, and ${costs}`;
}

function comparison(
  { savingPico, savingShare }: { savingPico: PicoUsd | null; savingShare: number | null },
  baseline: string,
): string {
  if (savingPico === null || savingShare === null || savingPico === 0) return '';
  const percent = figures(Math.abs(savingShare) * 100);
  return `, ${percent} % ${savingPico > 0 ? 'less' : 'more'} than ${baseline}`;
}

const figures = (x: number): string => String(Number(x.toPrecision(3)));

/** Dollars to three figures, without an exponent: $0.00045. */
function dollars(amount: PicoUsd): string {
  const usd = usdOf(amount);
  const decimals = usd > 0 && usd < 1 ? Math.min(12, 1 + usd.toFixed(12).search(/[1-9]/)) : 2;
  return `$${usd.toFixed(decimals)}`;
}
