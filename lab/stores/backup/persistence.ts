/**
 * Whether the browser keeps what is here. By default it may clear it when the disk fills up; it is asked once not to, when the first thing
 * was kept: before that there is nothing to keep, and some browsers ask the learner.
 */
import { ASKED, keepItem, readItem } from './page-storage.ts';

/** `kept`: the browser has promised. `may be cleared`: it has not. `cannot be asked`: it has no such promise here. */
export type Persistence = 'kept' | 'may be cleared' | 'cannot be asked';

/** The part of the browser's storage manager that is used; older browsers, and pages not served securely, have none. */
export type Manager = Partial<Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>>;

export const managerHere = (): Manager | undefined =>
  typeof navigator === 'undefined' ? undefined : (navigator.storage as Manager | undefined);

export async function persistence(manager = managerHere()): Promise<Persistence> {
  if (!manager?.persisted || !manager.persist) return 'cannot be asked';
  try {
    return (await manager.persisted()) ? 'kept' : 'may be cleared';
  } catch {
    return 'cannot be asked';
  }
}

/** Asks. Browsers decide by how much a site is used, or ask the learner. */
export async function askToKeep(manager = managerHere()): Promise<Persistence> {
  if (!manager?.persist) return 'cannot be asked';
  try {
    return (await manager.persist()) ? 'kept' : 'may be cleared';
  } catch {
    return 'cannot be asked';
  }
}

export interface Use {
  usedBytes: number;
  roomBytes: number;
}

/** Of all that this address stores, as the browser estimates it; undefined where it tells nothing. */
export async function useOf(manager = managerHere()): Promise<Use | undefined> {
  try {
    const { usage, quota } = (await manager?.estimate?.()) ?? {};
    return usage === undefined || quota === undefined ? undefined : { usedBytes: usage, roomBytes: quota };
  } catch {
    return undefined;
  }
}

/** What the doors say when they have kept something. */
const CHANNELS = ['surge-lab-progress', 'surge-lab-quiz', 'surge-lab-reading', 'surge-lab-runs'];

/** Listens for the first thing that is kept, asks then, and never again in this browser. Gives what ends it. */
export function askWhenKept(manager = managerHere(), storage?: Storage): () => void {
  if (typeof BroadcastChannel === 'undefined' || readItem(ASKED, storage) !== undefined)
    return () => undefined;
  const channels = CHANNELS.map((name) => new BroadcastChannel(name));
  const end = (): void => channels.forEach((channel) => channel.close());
  const ask = (): void => {
    // The tab in which it was done asks; the others hear of it, too.
    if (typeof document !== 'undefined' && document.visibilityState === 'hidden') return;
    end();
    if (readItem(ASKED, storage) !== undefined) return;
    keepItem(ASKED, 'yes', storage);
    void askToKeep(manager);
  };
  for (const channel of channels) channel.addEventListener('message', ask);
  return end;
}
