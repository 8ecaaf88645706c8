/** Put into a page by the benchmarks before its own scripts: counts frames and long tasks of the main thread. */
import type { PageFigures } from './protocol.ts';

{
  let [beganMs, frames, longestTaskMs, longTasks] = [performance.now(), 0, 0, 0];
  const count = (): void => {
    frames++;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      if (startTime < beganMs) continue;
      longTasks++;
      longestTaskMs = Math.max(longestTaskMs, duration);
    }
  }).observe({ entryTypes: ['longtask'] });
  Object.assign(globalThis, {
    benchProbe: {
      begin: () => {
        [beganMs, frames, longestTaskMs, longTasks] = [performance.now(), 0, 0, 0];
      },
      read: (): PageFigures => ({
        seconds: (performance.now() - beganMs) / 1000,
        frames,
        longestTaskMs,
        longTasks,
      }),
    },
  });
}
