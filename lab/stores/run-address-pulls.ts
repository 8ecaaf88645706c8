/** Levers of an address, once their scenario is known. The catalogue comes with it, so it is fetched when there are any. */
import type { Pull } from '../../engine/runner/protocol.ts';
import { pullFrom } from '../../engine/runner/run-text.ts';
import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { applyOverrides } from '../../engine/simulation/overrides.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import type { RunAddress } from './run-address.ts';

/** @throws InputError for a scenario, a setting or a time that is wrong */
export function pullsOf(
  { pulls, overrides }: Pick<RunAddress, 'pulls' | 'overrides'>,
  scenario: string | object,
): Pull[] {
  const content = typeof scenario === 'string' ? scenarioByName(scenario) : scenario;
  const checked = applyOverrides(parseScenario(content), overrides);
  return pulls.map((pull) => pullFrom(pull, checked, '?at'));
}
