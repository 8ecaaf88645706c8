/** The JavaScript heaps of a page and its workers, as the browser's own tools count them. */
import type { CDPSession, Page } from '@playwright/test';

/** Garbage that is not yet collected counts as used. */
interface HeapUsage {
  usedSize: number;
  /** Of typed arrays and other buffers; of newer browsers only. */
  backingStorageSize?: number;
}

export class HeapReader {
  private readonly sessions = new Set<string>();
  private readonly waiting = new Map<number, (usage: HeapUsage | null) => void>();
  private asked = 0;
  /** Most workers that were seen at once. */
  workers = 0;

  private constructor(private readonly page: CDPSession) {
    page.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type !== 'worker') return;
      this.sessions.add(sessionId);
      this.workers = Math.max(this.workers, this.sessions.size);
    });
    page.on('Target.detachedFromTarget', ({ sessionId }) => this.sessions.delete(sessionId));
    page.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: HeapUsage };
      if (id === undefined) return;
      this.waiting.get(id)?.(result ?? null);
      this.waiting.delete(id);
    });
  }

  /** Workers that the page starts later are counted, too. */
  static async of(page: Page): Promise<HeapReader> {
    const session = await page.context().newCDPSession(page);
    const reader = new HeapReader(session);
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    return reader;
  }

  /** Bytes in use: the page's, and those of each worker that answers within a second. */
  async bytes(): Promise<number> {
    const usages = await Promise.all([
      this.page.send('Runtime.getHeapUsage') as Promise<HeapUsage>,
      ...[...this.sessions].map((sessionId) => this.ofWorker(sessionId)),
    ]);
    return usages.reduce((sum, usage) => sum + (usage?.usedSize ?? 0) + (usage?.backingStorageSize ?? 0), 0);
  }

  private ofWorker(sessionId: string): Promise<HeapUsage | null> {
    const id = ++this.asked;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      setTimeout(() => resolve(null), 1000);
      const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' });
      this.page.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => resolve(null));
    });
  }
}
