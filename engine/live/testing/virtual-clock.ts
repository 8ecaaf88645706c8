import type { VirtualTime } from '../../cache/flow/virtual-time.ts';
import type { Clock } from '../clock.ts';

/** A clock for the live driver that a test moves. */
export function virtualClock(time: VirtualTime): Clock {
  return {
    now: () => time.nowMs,
    at(atMs, wake) {
      const alarm = time.at(atMs, wake);
      return () => {
        alarm.cancelled = true;
      };
    },
  };
}

/** Lets promises settle: the next turn of the event loop comes after all of them. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Moves the clock; after each thing that was due, promises settle before the next. */
export async function advance(
  time: VirtualTime,
  untilMs: number,
  settle: () => Promise<void> = settled,
): Promise<void> {
  await settle();
  while (time.step(untilMs)) await settle();
  time.advanceTo(untilMs);
}
