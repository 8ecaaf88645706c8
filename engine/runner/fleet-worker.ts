/** The worker's entry: cells of a fleet behind Comlink. */
import { expose, transfer } from 'comlink';
import type { FleetRequest } from './fleet-protocol.ts';
import { FleetSession } from './fleet-session.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const session = new FleetSession({
  nowMs: () => performance.now(),
  // A message to oneself comes after those that wait already, so `hold` is heard.
  yield: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    }),
});

expose({
  hold: () => session.hold(),
  goOn: () => session.goOn(),
  async run(request: FleetRequest, cell: number, onProgress: (requests: number, share: number) => void) {
    const result = await session.run(request, cell, onProgress);
    return transfer(result, [result.series.buffer, result.histogram.buffer]);
  },
});
