/** Names of an exercise's files and places, for the page. */
import type { Entry } from '../../exercises/catalogue.ts';

const rooms: Record<string, string> = { C: 'Cache', M: 'Cost', L: 'Latency and memory' };

/** `Cache`, of system C6. */
export const roomOf = ({ exercise }: Entry): string => rooms[exercise.system[0]] ?? exercise.system;

export const numberOf = ({ id }: Entry): number => Number(id.slice(0, 2));

/** `ttl-cache.ts`; the test of a bug hunt is `hit-rate.test.ts`. */
export function fileOf({ id, exercise }: Entry): string {
  const name = id.replace(/^\d+-(bug-hunt-)?/, '');
  return exercise.kind === 'bug-hunt' ? `${name}.test.ts` : `${name}.ts`;
}

/** The file of what a hunt is about. */
export const subjectFileOf = ({ id }: Entry): string => `${id.replace(/^\d+-(bug-hunt-)?/, '')}.ts`;

/** What a rung of the hints' ladder is, from 0. */
export function rungName(rung: number, rungs: number): string {
  if (rung === rungs - 1 && rungs > 3) return 'Nearly there';
  return ['A nudge', 'Where to look', 'An approach'][rung] ?? `Hint ${rung + 1}`;
}
