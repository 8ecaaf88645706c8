import type { Wall } from '../session.ts';

/** The wall clock and the event loop of Node. */
export const nodeWall: Pick<Wall, 'nowMs' | 'yield'> = {
  nowMs: () => performance.now(),
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
