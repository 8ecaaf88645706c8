import type { Effect } from '../../../../engine/tuning/effect.ts';
import type { EffectFigure } from '../../../../engine/tuning/recommend.ts';
import type { ResourceUse } from '../../../../engine/tuning/resource-use.ts';
import { count, dollars, dollarsPerHour, milliseconds, percent, rate } from '../../../format.ts';

/** Names of the figures that recommendations move, and how they are written. */
export const FIGURES: Record<EffectFigure, { label: string; text: (value: number) => string }> = {
  meanMs: { label: 'Mean response', text: milliseconds },
  hitRate: { label: 'Hit rate', text: (share) => percent(share) },
  triesPerRequest: { label: 'Tries per request', text: (tries) => tries.toFixed(tries < 9.95 ? 2 : 0) },
  wastedShare: { label: 'Done for nobody', text: (share) => percent(share) },
  callsPerS: { label: 'Calls', text: rate },
  costUsdPerHour: { label: 'Cost', text: dollarsPerHour },
  memoryShare: { label: 'Live memory', text: (share) => percent(share) },
};

const VERDICTS = {
  held: 'The prediction held.',
  more: 'It did more than predicted.',
  part: 'It did a part of what was predicted.',
  none: 'It did not do what was predicted.',
} as const;

/** What came of a recommendation that was taken. @param clock time of day of a second of the run */
export function effectInWords(effect: Effect, nowS: number, clock: (s: number) => string): string {
  const { measured, verdict, fromS, toS, inTime } = effect;
  const stretch = `${clock(fromS)} to ${clock(toS)}`;
  if (measured !== null && verdict !== null) return `${VERDICTS[verdict]} Measured from ${stretch}.`;
  if (!inTime) return `The run ends before it could be measured, which would be from ${stretch}.`;
  return nowS < fromS
    ? `It works through until ${clock(fromS)}; then it is measured, until ${clock(toS)}.`
    : `Being measured, from ${stretch}.`;
}

/** What else may have moved the figure; empty when nothing did. */
export function meanwhileInWords({ meanwhile: { pulls, events } }: Effect): string {
  const parts = [
    ...(pulls > 0 ? [pulls === 1 ? 'another pull' : `${pulls} other pulls`] : []),
    ...events.map((label) => `“${label}”`),
  ];
  if (parts.length === 0) return '';
  const list = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `Not alone: ${list} came in between.`;
}

/** How full something is, for a row with a meter. `share` is null where nothing bounds it. */
export interface UseRow {
  key: string;
  title: string;
  value: string;
  note: string;
  share: number | null;
  /** So full that it is trouble. */
  bad: boolean;
}

const FULL = 0.95;

export function useRow(use: ResourceUse): UseRow {
  const row = { key: `${use.kind}:${use.name}`, title: use.title };
  switch (use.kind) {
    case 'servers': {
      const { busy, servers, queue, dead } = use;
      const share = servers === null ? null : servers > 0 ? Math.min(1, busy / servers) : 1;
      const waiting =
        queue > 0 ? `${count(queue)} waiting${dead > 0 ? `, ${count(dead)} for nobody` : ''}` : '';
      return {
        ...row,
        value: share === null ? `${busy.toFixed(1)} busy` : `${percent(share, 0)} of ${count(servers)}`,
        note: waiting || 'nobody waits',
        share,
        bad: share !== null && share >= FULL,
      };
    }
    case 'connections': {
      const share = Math.min(1, use.open / use.most);
      return {
        ...row,
        title: `Connections to ${use.title}`,
        value: `${count(use.open)} of ${count(use.most)}`,
        note: `${percent(use.reusedShare, 0)} used again${use.waiting > 0 ? `, ${count(use.waiting)} calls wait` : ''}`,
        share,
        bad: use.waiting > 0 && share >= FULL,
      };
    }
    case 'memory':
      return {
        ...row,
        value: `${percent(use.liveShare, 0)} live`,
        note: `${percent(use.takenShare, 0)} of ${count(use.heapMb)} MB taken${use.longestPauseMs > 0 ? `, stood still ${milliseconds(use.longestPauseMs)}` : ''}`,
        share: use.liveShare,
        bad: use.liveShare >= 0.8,
      };
    case 'budget': {
      const share = use.spentUsd / use.limitUsd;
      return {
        ...row,
        value: `${percent(share, 0)} spent`,
        note: `${dollars(use.spentUsd)} of ${dollars(use.limitUsd)}`,
        share: Math.min(1, share),
        bad: share >= FULL,
      };
    }
  }
}
