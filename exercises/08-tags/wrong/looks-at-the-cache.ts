// Wrong: refuses a fill only if the purge threw an entry out, but mostly there was none: that is why it was computed
// Says: what was computed before is outdated
interface Entry {
  value: unknown;
  tags: Set<string>;
}

/** A value that is being computed, and what was invalidated since. */
interface Ticket {
  key: string;
  spoiled: boolean;
  tags: Set<string>;
}

export class TaggedCache {
  private readonly entries = new Map<string, Entry>();
  private readonly keysByTag = new Map<string, Set<string>>();
  private readonly tickets = new Map<number, Ticket>();
  private lastTicket = 0;

  set(key: string, value: unknown, tags: string[]): void {
    this.remove(key);
    this.spoil((other) => other === key);
    this.entries.set(key, { value, tags: new Set(tags) });
    for (const tag of tags) {
      const keys = this.keysByTag.get(tag) ?? new Set();
      this.keysByTag.set(tag, keys.add(key));
    }
  }

  get(key: string): unknown {
    return this.entries.get(key)?.value;
  }

  invalidateKey(key: string): number {
    if (this.entries.has(key)) this.spoil((other) => other === key);
    return this.removeAll([key]);
  }

  invalidatePrefix(prefix: string): number {
    this.spoil((key) => key.startsWith(prefix) && this.entries.has(key));
    return this.removeAll([...this.entries.keys()].filter((key) => key.startsWith(prefix)));
  }

  invalidateTag(tag: string): number {
    for (const ticket of this.tickets.values()) ticket.tags.add(tag);
    return this.removeAll([...(this.keysByTag.get(tag) ?? [])]);
  }

  tags(): string[] {
    return [...this.keysByTag.keys()].sort();
  }

  begin(key: string): number {
    this.lastTicket += 1;
    this.tickets.set(this.lastTicket, { key, spoiled: false, tags: new Set() });
    return this.lastTicket;
  }

  fill(number: number, value: unknown, tags: string[]): boolean {
    const ticket = this.tickets.get(number);
    this.tickets.delete(number);
    if (!ticket || ticket.spoiled || tags.some((tag) => ticket.tags.has(tag))) return false;
    this.set(ticket.key, value, tags);
    return true;
  }

  private spoil(concerns: (key: string) => boolean): void {
    for (const ticket of this.tickets.values()) ticket.spoiled ||= concerns(ticket.key);
  }

  private removeAll(keys: string[]): number {
    return keys.filter((key) => this.remove(key)).length;
  }

  private remove(key: string): boolean {
    for (const tag of this.entries.get(key)?.tags ?? []) {
      const keys = this.keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.keysByTag.delete(tag);
    }
    return this.entries.delete(key);
  }
}
