/** What happens to a run of the lab by itself: the address in the bar follows it, and it is kept when it ends. */
import type { RunInfo } from '../../../../engine/runner/protocol.ts';
import { readRunAddress } from '../../../stores/run-address.ts';
import { readClosely, readPlace, withPlace } from '../../../stores/run-address-place.ts';
import { addressOf } from '../../../stores/run-address-open.ts';
import { keyOf, type RunStore } from '../../../stores/run.svelte.ts';
import { runsSaved } from '../../../stores/runs-saved.ts';
import { recordOf } from '../../../stores/runs-saved-record.ts';

/** What only a run that was changed has in its address. */
const CHANGES = ['own', 'set', 'at', 'engine'] as const;

/** Writes the run into the address in the bar, so that loading the page anew or copying the address is enough. */
export async function followAddress(run: RunStore, info: RunInfo): Promise<void> {
  const { request, addressed } = run;
  if (!request || !run.opened || (addressed && keyOf(addressed) === keyOf(request))) return;
  run.addressed = request;
  const { scenario, seed, overrides = [], pulls = [] } = request;
  const query = new URLSearchParams(location.search);
  try {
    if (typeof scenario === 'string' && overrides.length + pulls.length === 0) {
      for (const name of CHANGES) query.delete(name);
      if (!addressed || addressed.scenario !== scenario) query.set('scenario', scenario);
      if (addressed?.seed !== seed) query.set('seed', String(seed));
      put(query.size > 0 ? `?${query}` : location.pathname);
    } else {
      const { speed, theme } = readRunAddress(query);
      const address = await addressOf(request, info, { speed, theme });
      if (run.addressed === request) put(withPlace(address, readPlace(query), readClosely(query)));
    }
  } catch {
    // Too long for an address. Sharing says so, and offers the file.
  }
}

const put = (query: string): void => history.replaceState(history.state, '', `${query}${location.hash}`);

/** Keeps a run that has ended, once. */
export async function keepRun(run: RunStore, info: RunInfo): Promise<void> {
  const { request, fingerprint, requests, recoveredAfterS, objectives } = run;
  if (run.state !== 'done' || !request || fingerprint === undefined || run.keptAs === fingerprint) return;
  run.keptAs = fingerprint;
  const address = await addressOf(request, info).then(
    (query) => `${query}#/`,
    () => '',
  );
  const ended = { request, info, fingerprint, address, requests, recoveredAfterS, objectives };
  await runsSaved().put(recordOf(ended, Date.now()));
}
