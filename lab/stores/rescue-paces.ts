import type { Incident } from '../../engine/rescue/rules.ts';
import { RESCUE_SPEEDS, SPEEDS, type Speed } from '../../engine/runner/protocol.ts';

export const RESCUE_PACES: readonly Speed[] = [...SPEEDS, ...RESCUE_SPEEDS];

/** A clock of seven minutes lasts as long at 1, and one of seven hours at 60. */
const FIRST_S = 420;

/** Those that a game is offered at, the calmest first: seven minutes, a third of that, and for minutes a tenth. */
export const pacesOf = ({ clockS }: Pick<Incident, 'clockS'>): Speed[] =>
  clockS > FIRST_S ? [60, 180] : [1, 3, 10];

/** Two minutes and twenty seconds. */
export const usualPace = (incident: Pick<Incident, 'clockS'>): Speed => pacesOf(incident)[1];
