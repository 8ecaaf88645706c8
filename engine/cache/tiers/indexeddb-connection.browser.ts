import { openDB } from 'idb';
import { migrate, SCHEMA_VERSION, type CacheDb, type Db } from './indexeddb-schema.browser.ts';
import { TierError } from './tier.ts';

/**
 * What a page can show about the store:
 * - `idle`: nothing was asked yet; `opening`; `ready`;
 * - `unavailable`: there is no IndexedDB, or the browser refuses it (private mode, storage blocked);
 * - `blocked`: another tab holds an older version open; closing that tab helps;
 * - `outdated`: another tab has a newer version of the database; reloading this page helps;
 * - `lost`: the connection broke or gave way to another tab; the next operations open it anew;
 * - `full`: the browser gives no more room; reading goes on;
 * - `closed`.
 */
export type StoreHealth =
  'idle' | 'opening' | 'ready' | 'unavailable' | 'blocked' | 'outdated' | 'lost' | 'full' | 'closed';

export interface HealthReport {
  state: StoreHealth;
  /** What happened last, in words; empty when nothing did. */
  message: string;
}

/** A connection that failed is tried anew after this time at the earliest. */
const REOPEN_AFTER_MS = 5000;

/** One connection to the database: opens it when it is needed, gives way to other tabs, and says how it is. */
export class Connection {
  private report: HealthReport = { state: 'idle', message: '' };
  private db: Db | undefined;
  private opening: Promise<Db> | undefined;
  private failedMs = -Infinity;

  constructor(
    readonly tier: string,
    readonly databaseName: string,
    private readonly onHealth: (report: HealthReport) => void,
    /** Only tests open another version than the newest. */
    private readonly version = SCHEMA_VERSION,
  ) {}

  get health(): HealthReport {
    return this.report;
  }

  /** @throws TierError (as a rejection) `unreachable` or `blocked`. */
  async open(nowMs: number): Promise<Db> {
    if (this.db) return this.db;
    const { state, message } = this.report;
    if (state === 'closed') throw new TierError(this.tier, 'unreachable', 'closed');
    if (state === 'blocked') throw new TierError(this.tier, 'blocked', message);
    if ((state === 'unavailable' || state === 'outdated') && nowMs < this.failedMs + REOPEN_AFTER_MS)
      throw new TierError(this.tier, 'unreachable', message);
    this.opening ??= this.connect(nowMs).finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  tell(state: StoreHealth, message = ''): void {
    if (this.report.state === state && this.report.message === message) return;
    this.report = { state, message };
    this.onHealth(this.report);
  }

  /** The connection is gone; the next operation opens another. */
  drop(message: string): void {
    this.db?.close();
    this.db = undefined;
    if (this.report.state !== 'closed') this.tell('lost', message);
  }

  async close(): Promise<void> {
    const opening = this.opening;
    this.tell('closed');
    await opening?.catch(() => {});
    this.db?.close();
    this.db = undefined;
  }

  private connect(nowMs: number): Promise<Db> {
    this.tell('opening');
    return new Promise((resolve, reject) => {
      const refuse = (
        state: StoreHealth,
        reason: 'unreachable' | 'blocked',
        message: string,
        cause?: unknown,
      ): void => {
        this.failedMs = nowMs;
        if (this.report.state !== 'closed') this.tell(state, message);
        reject(new TierError(this.tier, reason, message, { cause }));
      };
      if (typeof indexedDB === 'undefined' || indexedDB === null) {
        refuse('unavailable', 'unreachable', 'this browser has no IndexedDB here');
        return;
      }
      // openDB throws at once where storage is forbidden, and rejects where it only fails.
      void new Promise<Db>((opened) =>
        opened(
          openDB<CacheDb>(this.databaseName, this.version, {
            upgrade: (db, oldVersion, newVersion, transaction) =>
              migrate(db, oldVersion, newVersion ?? this.version, transaction),
            // The request goes on: should the other tab close, the database opens after all.
            blocked: () =>
              refuse(
                'blocked',
                'blocked',
                'another tab uses an older version; close the other tabs of the lab',
              ),
            blocking: () => this.drop('gave way to another tab that upgrades the database'),
            terminated: () => this.drop('the browser closed the connection'),
          }),
        ),
      ).then(
        (db) => {
          if (this.report.state === 'closed') {
            db.close();
            reject(new TierError(this.tier, 'unreachable', 'closed'));
            return;
          }
          this.db = db;
          this.tell('ready');
          resolve(db);
        },
        (cause: unknown) => {
          const name = (cause as Partial<DOMException> | null)?.name;
          if (name === 'VersionError')
            refuse('outdated', 'unreachable', 'another tab has a newer version; reload this page', cause);
          else
            refuse(
              'unavailable',
              'unreachable',
              `the browser refuses IndexedDB (${name ?? String(cause)})`,
              cause,
            );
        },
      );
    });
  }
}
