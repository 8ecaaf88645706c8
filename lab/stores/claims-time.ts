import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import type { ScenarioInput } from '../../engine/simulation/scenario.ts';
import type { TrialRequest } from '../../engine/tuning/trial.ts';

/** Simulated requests a second of a worker, about; more where a request is simple, fewer in a storm of retries. */
const REQUESTS_PER_S = 300_000;

/** Wall seconds that these runs take together, about. */
export function expectedS(requests: readonly TrialRequest[], workers: number): number {
  const simulated = requests.reduce((sum, request) => sum + arrivalsOf(request), 0);
  return simulated / REQUESTS_PER_S / Math.max(1, Math.min(workers, requests.length));
}

function arrivalsOf({ scenario, untilS }: TrialRequest): number {
  const { load, durationS } = scenarioByName(String(scenario));
  const lengthS = Math.min(untilS ?? durationS, durationS);
  return (load?.ratePerS ?? 0) * lengthS * meanFactor(load?.profile ?? [], lengthS);
}

/** Mean of straight lines between the points; 1 without any. */
function meanFactor(
  profile: NonNullable<NonNullable<ScenarioInput['load']>['profile']>,
  lengthS: number,
): number {
  const points = profile.filter(({ atS }) => atS <= lengthS);
  if (points.length < 2) return points[0]?.factor ?? 1;
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    area += ((a.factor + b.factor) / 2) * (b.atS - a.atS);
  }
  return area / (points[points.length - 1].atS - points[0].atS);
}
