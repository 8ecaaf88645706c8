import type { RunInfo } from '../../../engine/runner/protocol.ts';

/** A step goes on by what the charts show one by one: a second, and where their intervals are longer one of those. */
export const stepS = ({ intervalS }: Pick<RunInfo, 'intervalS'>): number => Math.max(1, intervalS);

export function stepWords(info: Pick<RunInfo, 'intervalS'>): string {
  const seconds = stepS(info);
  if (seconds === 1) return 'Step one second';
  if (seconds === 60) return 'Step one minute';
  return seconds % 60 === 0 ? `Step ${seconds / 60} minutes` : `Step ${seconds} seconds`;
}
