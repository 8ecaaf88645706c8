/** The worker's entry: the tracing of requests behind Comlink. */
import { expose } from 'comlink';
import { TraceSession } from './trace-session.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  new TraceSession({
    nowMs: () => performance.now(),
    // A message to oneself comes after those that wait already, so `stop` is heard.
    yield: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
  }),
);
