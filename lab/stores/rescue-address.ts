/** The address of a game: `#/rescue/prime-day?seed=7&pace=10`. */
import { InputError, show } from '../../engine/core/errors.ts';
import { incidentById, INCIDENTS, RESCUE_SEED, type Incident } from '../../engine/rescue/rules.ts';
import type { Speed } from '../../engine/runner/protocol.ts';
import { RESCUE_PACES } from './rescue-paces.ts';
import { readSeed } from './run-address.ts';

export interface RescueAddress {
  incident: Incident;
  seed: number;
  /** Undefined: the usual one. */
  pace: Speed | undefined;
  /** The address names the incident or the seed. */
  named: boolean;
}

/** @throws InputError naming what is wrong */
export function readRescueAddress(hash: string): RescueAddress {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const id = path.split('/').filter(Boolean)[1];
  const parts = new URLSearchParams(query);
  const seed = parts.get('seed');
  const pace = parts.get('pace');
  const found = RESCUE_PACES.find((one) => String(one) === pace);
  if (pace !== null && found === undefined)
    throw new InputError(
      'pace',
      `one of ${RESCUE_PACES.join(', ')}`,
      show(pace),
      'Correct it in the address.',
    );
  return {
    incident: id === undefined ? INCIDENTS[0] : incidentById(id),
    seed: seed === null ? RESCUE_SEED : readSeed(seed, 'seed'),
    pace: found,
    named: id !== undefined || seed !== null,
  };
}

export const rescueHref = (incident: string, seed: number): string =>
  `#/rescue/${incident}${seed === RESCUE_SEED ? '' : `?seed=${seed}`}`;
