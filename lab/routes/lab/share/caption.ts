import type { RunInfo, RunRequest } from '../../../../engine/runner/protocol.ts';
import { formatClock, parseClock } from '../../../../engine/core/clock.ts';
import { overrideText } from '../../../../engine/runner/run-text.ts';
import type { RunStore } from '../../../stores/run.svelte.ts';
import { pullWords } from '../pull-words.ts';
import type { Caption } from './picture.ts';

/** Which run it is, in words: what changed it, and how far it has come. */
export function captionOf(run: Pick<RunStore, 'request' | 'fingerprint' | 'nowS'>, info: RunInfo): Caption {
  const { scenario, seed, engine } = info;
  const clock = (s: number): string => formatClock(parseClock(scenario.startsAt, 'startsAt') + s);
  const { overrides = [], pulls = [] } = run.request ?? ({} as Partial<RunRequest>);
  const end =
    run.fingerprint === undefined ? `as far as ${clock(run.nowS)}` : `fingerprint ${run.fingerprint}`;
  return {
    title: scenario.title ?? scenario.name,
    lines: [
      `${scenario.name} · seed ${seed} · engine ${engine} · ${end}`,
      ...(overrides.length > 0
        ? [`Changed before the start: ${overrides.map(overrideText).join(', ')}`]
        : []),
      ...(pulls.length > 0
        ? [`Levers: ${pulls.map((pull) => `${clock(pull.atS)} ${pullWords(pull, scenario)}`).join(', ')}`]
        : []),
    ],
  };
}

/** A name for a file of this run. */
export function fileName(run: Pick<RunStore, 'request' | 'fingerprint'>, info: RunInfo, end: string): string {
  const { overrides = [], pulls = [] } = run.request ?? ({} as Partial<RunRequest>);
  const changed = overrides.length + pulls.length > 0 ? '-changed' : '';
  const part = run.fingerprint === undefined ? '-unfinished' : '';
  return `${info.scenario.name}-seed-${info.seed}${changed}${part}.${end}`;
}
