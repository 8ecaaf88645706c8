/** The benchmark of Prime Day in a worker of the browser. */
import { primeDayWork } from './prime-day-work.ts';
import type { PrimeDayAsk } from './protocol.ts';

let simulate: (seconds: number) => number = () => 0;

self.onmessage = ({ data }: MessageEvent<PrimeDayAsk>) => {
  if ('ready' in data) {
    const { phase, seed, atMostS } = data.ready;
    simulate = primeDayWork(phase, seed, atMostS);
    self.postMessage(0);
    return;
  }
  const began = performance.now();
  const requests = simulate(data.seconds);
  self.postMessage((requests / (performance.now() - began)) * 1000);
};
