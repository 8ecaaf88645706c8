import { CRITICALITIES } from '../../../engine/cost/task.ts';
import { FILLS } from '../patterns.ts';
import { bandsChart } from './bands-chart.ts';

/** Who is shed, by class: the least critical at the bottom, as they are the first. */
export const shed = bandsChart({
  id: 'shed',
  title: 'Refused at the door',
  note: ({ narrow }) => (narrow ? '' : 'by class, tries a second'),
  bands: ({ palette }) =>
    CRITICALITIES.map((name, i) => ({
      name,
      fill: FILLS[FILLS.length - 1 - (i % FILLS.length)] ?? 'plain',
      color: palette.trouble,
      valueOf: ({ machines }: { machines?: { shedPerS?: number[] } }) => machines?.shedPerS?.[i] ?? null,
    })).reverse(),
  parts: ({ machines }) =>
    CRITICALITIES.map((name, i) => ({ name, perS: machines?.shedPerS?.[i], trouble: i === 0 })),
  nothing: 'nobody is refused',
});

/** What a queue turns away: by CoDel at its head, by its bound at its tail. */
export const dropped = bandsChart({
  id: 'dropped',
  title: 'Dropped and refused',
  note: ({ narrow }) => (narrow ? '' : 'calls a second'),
  bands: ({ palette }) => [
    {
      name: 'dropped by CoDel',
      fill: 'hatched',
      color: palette.trouble,
      valueOf: ({ machines }) => machines?.dropped?.codelPerS ?? null,
    },
    {
      name: 'queue full',
      fill: 'dotted',
      color: palette.trouble,
      valueOf: ({ machines }) => machines?.dropped?.fullPerS ?? null,
    },
  ],
  parts: ({ machines }) => [
    { name: 'CoDel', perS: machines?.dropped?.codelPerS },
    { name: 'queue full', perS: machines?.dropped?.fullPerS, trouble: true },
  ],
  nothing: 'nobody is turned away',
});

/** What servers do for somebody, and what for callers who have left. */
export const work = bandsChart({
  id: 'work',
  title: 'Work done',
  note: ({ narrow }) => (narrow ? '' : 'calls finished a second, and for whom'),
  bands: ({ palette }) => [
    {
      name: 'for somebody',
      fill: 'plain',
      color: palette.model,
      valueOf: ({ machines }) => machines?.work?.wantedPerS ?? null,
    },
    {
      name: 'for nobody',
      fill: 'hatched',
      color: palette.trouble,
      valueOf: ({ machines }) => machines?.work?.deadPerS ?? null,
    },
  ],
  parts: ({ machines }) => [
    { name: 'for somebody', perS: machines?.work?.wantedPerS },
    { name: 'for nobody', perS: machines?.work?.deadPerS, trouble: true },
  ],
  nothing: 'nothing is finished',
});
