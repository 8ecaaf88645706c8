/** From an address to its run. */
import { InputError } from '../../engine/core/errors.ts';
import type { RunInfo, RunRequest } from '../../engine/runner/protocol.ts';
import { readRoute } from './route.ts';
import {
  LONGEST_ADDRESS,
  readRunAddress,
  runQuery,
  type AddressParts,
  type RunAddress,
} from './run-address.ts';
import type { RunPlace } from './run-address-place.ts';
import { packScenario, unpackScenario } from './run-address-scenario.ts';
import type { RunStore } from './run.svelte.ts';

/** @throws InputError, in a promise where the scenario has to be unpacked or its clock to be asked. */
export function requestOf(address: RunAddress): RunRequest | Promise<RunRequest> {
  const { scenario, own, seed, overrides, pulls } = address;
  const request = { scenario, seed, ...(overrides.length > 0 ? { overrides } : {}) };
  return own === undefined && pulls.length === 0 ? request : completed(address, request);
}

async function completed({ own, overrides, pulls }: RunAddress, request: RunRequest): Promise<RunRequest> {
  const scenario = own === undefined ? request.scenario : await unpackScenario(own);
  if (pulls.length === 0) return { ...request, scenario };
  const { pullsOf } = await import('./run-address-pulls.ts');
  return { ...request, scenario, pulls: pullsOf({ pulls, overrides }, scenario) };
}

/** The query that opens the run again. @throws InputError when it is too long */
export async function addressOf(
  request: RunRequest,
  info: RunInfo,
  parts: Pick<AddressParts, 'speed' | 'theme'> = {},
): Promise<string> {
  const { scenario, engine } = info;
  const own = typeof request.scenario === 'string' ? undefined : await packScenario(request.scenario);
  const query = runQuery(request, { ...parts, scenario, engine, own });
  if (query.length > LONGEST_ADDRESS)
    throw new InputError(
      'the address of the run',
      `at most ${LONGEST_ADDRESS.toLocaleString('en')} characters`,
      query.length.toLocaleString('en'),
      'Give the run away as a file instead.',
    );
  return query;
}

/** Whether the run that is here has come there; then it is looked at. */
function goTo(run: RunStore, place: RunPlace | undefined): boolean {
  const endS = place ? (place.toS ?? run.info?.scenario.durationS ?? 0) : 0;
  if (Math.max(run.nowS, run.headedS) < endS) return false;
  if (place?.atS === undefined) run.scrubLive();
  else run.scrubTo(place.atS);
  return true;
}

let turn = 0;

/** Starts the run that the address in the bar asks for, unless it is here already. */
export async function openAddress(run: RunStore): Promise<void> {
  const mine = ++turn;
  const overtaken = (): boolean => mine !== turn || (readRoute(location.hash)?.page ?? 'lab') !== 'lab';
  let plain: { scenario: string; seed: number } | undefined;
  try {
    const address = readRunAddress(new URLSearchParams(location.search));
    if (address.own === undefined && address.overrides.length + address.pulls.length > 0)
      plain = { scenario: address.scenario, seed: address.seed };
    const wanted = requestOf(address);
    const request = wanted instanceof Promise ? await wanted : wanted;
    if (overtaken()) return;
    if (run.holds(request) && goTo(run, address.place)) return; // back from a page that left it as it was
    run.speed = address.speed;
    const opened = run.open(request, true, address.place);
    run.addressed = request;
    if (address.engine !== undefined) run.origin = { kind: 'link', engine: address.engine };
    await opened;
  } catch (error) {
    if (!overtaken()) run.refuse(error, plain);
  }
}
