/** The worker's entry: a session behind Comlink. */
import { expose, transfer } from 'comlink';
import type { Frame, RunInfo, RunRequest } from './protocol.ts';
import { Session, type Wall } from './session.ts';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const wall: Wall = {
  nowMs: () => performance.now(),
  // A message to oneself comes after those that wait already, and is not slowed down as nested timers are.
  yield: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    }),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

class WorkerSession extends Session {
  override open(request: RunRequest, onFrame: (frame: Frame) => unknown): Promise<RunInfo> {
    return super.open(request, (frame) => onFrame(transfer(frame, [frame.series.buffer])));
  }
}

expose(new WorkerSession(wall));
