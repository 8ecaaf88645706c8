import type { Override } from '../../../engine/simulation/overrides.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { RunFigure } from '../format.ts';

const PURGED_AT_S = 30;
const END_S = 100;
const FROM_S = 15;

/** The catalogue's edge at half its size: half the load, half the pages and half the origin. */
const purge = (set: Record<string, unknown>): Override[] => [
  { path: 'load.ratePerS', value: 500 },
  { path: 'population.keys', value: 2000 },
  { path: 'stations.origin.servers', value: 8 },
  { path: 'events', value: [{ at: PURGED_AT_S, label: 'Purge', kind: 'operator', set }] },
];
const everything = purge({ 'tiers.edge.purge': true });

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const total = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0);
const number = (count: number): string => count.toLocaleString('en');

export const figure: RunFigure = {
  kind: 'run',
  scenario: 'cdn-purge',
  seed: 7,
  untilS: END_S,
  fromS: FROM_S,
  knobs: [
    { name: 'tagged', label: 'Pages with the tag', unit: '%', min: 1, max: 80, step: 1, value: 10 },
    { name: 'stale', label: 'Stale answers for', unit: 's', min: 1, max: 120, step: 1, value: 60 },
  ],
  panels: [
    { title: 'Everything', overrides: () => everything },
    { title: 'What has the tag', overrides: ({ tagged }) => purge({ 'tiers.edge.lose': tagged / 100 }) },
    {
      title: 'Everything, softly',
      overrides: ({ stale }) => [...everything, { path: 'tiers.edge.refreshAheadS', value: stale }],
    },
  ],
  y: { label: 'a second', unit: '/s', max: 1100 },
  lines: [
    {
      label: 'requests to the origin',
      tier: 'model',
      style: 'area',
      of: (run) => column(run, 'station.origin.arrivals'),
    },
    { label: 'requests that fail', tier: 'trouble', style: 'line', of: (run) => column(run, 'failed') },
  ],
  levels: () => [{ label: 'the origin can do 80/s', y: 80 }],
  bands: () => [{ label: 'purged', fromS: PURGED_AT_S, toS: PURGED_AT_S + 1 }],
  verdict: (_, run) => {
    const failed = column(run, 'failed').slice(FROM_S);
    const last = failed.findLastIndex((count) => count > 5);
    const over = FROM_S + last >= END_S - 5;
    return {
      good: !over,
      words: over
        ? 'still down'
        : last < 0
          ? 'nobody notices'
          : `over after ${FROM_S + last + 1 - PURGED_AT_S} s`,
      note: `${number(total(failed))} requests fail`,
    };
  },
  title: ({ panels, knobs }) => {
    const [all, tagged, soft] = panels.map(({ lines }) => number(total(lines[1].y)));
    return `Purge everything, and ${all} requests fail. Purge ${knobs['tagged']} % by tag: ${tagged}. Everything, but softly: ${soft}.`;
  },
  caption:
    'A CDN edge before a slow origin, 500 requests a second, callers who leave after 2 s and try three times.',
  open: { href: '?scenario=cdn-purge#/', words: 'Purge the edge at the worst moment' },
};
