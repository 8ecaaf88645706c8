import { InputError } from '../../../../engine/core/errors.ts';
import { readRunFile } from '../../../../engine/runner/run-file-head.ts';
import { applyOverrides } from '../../../../engine/simulation/overrides.ts';
import { parseScenario } from '../../../../engine/simulation/scenario.ts';
import { scenarioByName } from '../../../../engine/scenarios/catalogue.ts';
import type { RunStore } from '../../../stores/run.svelte.ts';

/** A day of a scenario with every column is some 5 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Opens the run of a file, as fast as it runs. Scenario and settings are checked before, so that a bad file leaves the run on the page
 * as it is. @throws InputError
 */
export async function openFile(run: RunStore, file: File): Promise<void> {
  if (file.size > MOST_BYTES)
    throw new InputError(file.name, 'a file of at most 64 MB', `${Math.round(file.size / 1024 / 1024)} MB`);
  const { request, engine, fingerprint } = readRunFile(await file.text(), file.name);
  const { scenario, overrides = [] } = request;
  applyOverrides(
    parseScenario(typeof scenario === 'string' ? scenarioByName(scenario) : scenario),
    overrides,
  );
  run.speed = 'max';
  void run.open(request);
  run.origin = { kind: 'file', name: file.name, engine, fingerprint, request };
}
