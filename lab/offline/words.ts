/** What the page says about the stored state. */
import type { StoredState, Trouble } from './protocol.ts';

export type Situation = 'impossible' | 'off' | 'storing' | 'part' | 'ready' | 'failed';

const NBSP = '\u00a0';

/** 310 kB, 22.4 MB, 10.8 GB. */
export function size(bytes: number): string {
  if (bytes < 999_500) return `${Math.ceil(bytes / 1000)}${NBSP}kB`;
  const [scaled, unit] = bytes < 999_500_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${scaled.toFixed(1)}${NBSP}${unit}`;
}

const all = ({ parts: { shell, rest, encoder } }: StoredState) => [shell, rest, encoder];
export const storedBytes = (state: StoredState) =>
  all(state).reduce((sum, part) => sum + part.storedBytes, 0);
export const totalBytes = (state: StoredState) => all(state).reduce((sum, part) => sum + part.bytes, 0);

/** Which of the situations a worker's state is. */
export function situationOf(state: StoredState): Situation {
  if (state.storing) return 'storing';
  if (state.failed.length > 0) return 'failed';
  if (all(state).every(({ files, storedFiles }) => files === storedFiles)) return 'ready';
  return 'part';
}

/** Rounded down, so that 100 % is said only when all is there. */
export const percentStored = (state: StoredState) =>
  Math.floor((100 * storedBytes(state)) / Math.max(1, totalBytes(state)));

/** Two or three words for the bar. */
export function label(situation: Situation, state: StoredState | undefined): string {
  if (situation === 'impossible') return 'Online only';
  if (situation === 'off') return 'Not stored';
  if (situation === 'ready') return 'Offline ready';
  if (situation === 'part') return 'Stored in part';
  if (situation === 'failed')
    return state?.failed.some(({ trouble }) => trouble === 'full') ? 'Storage full' : 'Storing failed';
  return state ? `Storing ${percentStored(state)}${NBSP}%` : 'Storing';
}

const reasons: Record<Trouble, string> = {
  unreachable: 'The server did not send them.',
  changed:
    'The server sent other contents than this version of the lab has; a new version is probably being put up.',
  full: 'The browser has no more room for this site.',
  forbidden: 'The browser does not let this site store files; a private window may be the reason.',
};

/** One or two sentences on what it means. */
export function explanation(situation: Situation, state: StoredState | undefined): string {
  switch (situation) {
    case 'impossible':
      return 'This browser does not let the lab store itself. The lab works as long as its server answers.';
    case 'off':
      return 'Nothing is stored. The lab works as long as its server answers.';
    case 'ready':
      return 'Every page, the simulator, the compiler and the sentence encoder work without a network.';
    case 'part':
      return 'Every page works without a network. The sentence encoder is not stored.';
    case 'storing':
      return 'The lab stores itself in this browser. You can go on working.';
    case 'failed': {
      const { failed } = state ?? { failed: [] };
      const [first] = failed;
      if (!first)
        return 'The lab could not be stored. It goes on with its server, and tries again at the next visit.';
      const named = failed.filter(({ url }) => url !== '').length;
      const what = named > 0 ? `${named} ${named === 1 ? 'file is' : 'files are'} not stored. ` : '';
      return `${what}${reasons[first.trouble]} The lab goes on with its server, and tries again at the next visit.`;
    }
  }
}
