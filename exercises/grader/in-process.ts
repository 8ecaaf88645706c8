/**
 * For tests only: the same worker script in a context of Node, without a sandbox, for the references, wrong solutions and starters of the
 * exercises. A loop that never ends is ended by the context's time limit.
 */
import { createContext, Script } from 'node:vm';
import type { Link, OpenLink } from './session.ts';

const timeoutMs = 1000;

export const openContext: OpenLink = (program, listener) => {
  let open = true;
  let step = -1;
  let hung = false;
  let receive: ((event: object) => void) | undefined;

  class Port {
    onmessage: (() => void) | null = null;
    other: Port | undefined;
    postMessage(): void {
      setImmediate(() => enter(() => this.other?.onmessage?.()));
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
  const enter = (what: () => void) => {
    if (!open || hung) return;
    context['enter'] = what;
    try {
      door.runInContext(context, { timeout: timeoutMs });
    } catch (error) {
      // Nobody answers any more; the session's own deadline tells the rest.
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') hung = true;
      else listener.failed((error as Error).message, 0);
    }
  };

  const link: Link = {
    say: (data) =>
      setImmediate(() =>
        enter(() => receive?.({ data, isTrusted: true, stopImmediatePropagation: () => {} })),
      ),
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
