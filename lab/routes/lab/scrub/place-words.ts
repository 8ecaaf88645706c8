/** A place in a run, in words. */
import { formatClock } from '../../../../engine/core/clock.ts';
import { LONG_S } from '../../../stores/run-address.ts';

/** "02:23:10, minute 23 of 60": for those who hear the slider. */
export function placeWords(atS: number, durationS: number, startOfDayS: number): string {
  const [unit, size] =
    durationS > LONG_S
      ? (['hour', 3600] as const)
      : durationS > 120
        ? (['minute', 60] as const)
        : (['second', 1] as const);
  const all = Math.ceil(durationS / size);
  return `${formatClock(startOfDayS + atS)}, ${unit} ${Math.min(all, Math.floor(atS / size))} of ${all}`;
}
