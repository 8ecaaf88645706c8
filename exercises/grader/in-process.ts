/**
 * For tests only: the same worker script in a context of Node, without a sandbox, for the references, wrong solutions and starters of the
 * exercises. A loop that never ends is ended by the context's time limit.
 */
import { createContext, Script } from 'node:vm';
import type { Link, OpenLink } from './session.ts';

const timeoutMs = 1000;
/** So much shorter that a turn reaches the limit only by a task that would have reached it alone. */
const turnMs = 50;
const limited = new Script('carryOut()');
const around = createContext({ carryOut: () => {} });

export const openContext: OpenLink = (program, listener) => {
  let open = true;
  let step = -1;
  let hung = false;
  let receive: ((event: object) => void) | undefined;

  class Port {
    onmessage: (() => void) | null = null;
    other: Port | undefined;
    postMessage(): void {
      post(() => this.other?.onmessage?.());
    }
  }
  const context = createContext(
    {
      postMessage: (message: string | number) => {
        if (typeof message === 'number') step = message;
        else setImmediate(() => open && listener.said(message));
      },
      addEventListener: (name: string, listen: (event: object) => void) => {
        if (name === 'message') receive = listen;
      },
      MessageChannel: class {
        port1 = new Port();
        port2 = new Port();
        constructor() {
          this.port1.other = this.port2;
          this.port2.other = this.port1;
        }
      },
      enter: undefined,
    },
    // Promises of the context run inside of its time limit.
    { microtaskMode: 'afterEvaluate' },
  );
  const door = new Script('enter()');
  const tasks: (() => void)[] = [];
  const post = (what: () => void) => {
    if (tasks.push(what) === 1) setImmediate(enter);
  };
  /** The tasks that wait, and those that they post, for a while: a time limit costs a thread, and most tasks take microseconds. */
  const carryOut = () => {
    const untilMs = performance.now() + turnMs;
    while (tasks.length > 0 && open) {
      context['enter'] = tasks[0];
      // Its promises, too, are done when this returns.
      door.runInContext(context);
      tasks.shift();
      if (performance.now() > untilMs) break;
    }
  };
  const enter = () => {
    if (!open || hung) return;
    try {
      around['carryOut'] = carryOut;
      limited.runInContext(around, { timeout: timeoutMs });
    } catch (error) {
      tasks.shift();
      // Nobody answers any more; the session's own deadline tells the rest.
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') hung = true;
      else listener.failed((error as Error).message, 0);
    }
    if (tasks.length > 0) setImmediate(enter);
  };

  const link: Link = {
    say: (data) => post(() => receive?.({ data, isTrusted: true, stopImmediatePropagation: () => {} })),
    where: () => Promise.resolve(step),
    close: () => {
      open = false;
    },
  };
  try {
    new Script(program, { filename: 'blob:sandbox' }).runInContext(context, { timeout: timeoutMs });
  } catch (error) {
    const { message, stack = '' } = error as Error;
    const line = Number(/blob:sandbox:(\d+)/.exec(stack)?.[1] ?? 0);
    setImmediate(() => listener.failed(message, line));
  }
  return Promise.resolve(link);
};
