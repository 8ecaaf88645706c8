/** The worker's entry: trials behind Comlink. */
import { expose } from 'comlink';
import { TrialSession } from './trial-session.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  new TrialSession({
    nowMs: () => performance.now(),
    // A message to oneself comes after those that wait already, so `stop` is heard.
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
  }),
);
