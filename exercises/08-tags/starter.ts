export class TaggedCache {
  private readonly values = new Map<string, unknown>();
  private lastTicket = 0;

  set(key: string, value: unknown, tags: string[]): void {
    // How will invalidateTag find this key?
    this.values.set(key, value);
  }

  get(key: string): unknown {
    return this.values.get(key);
  }

  invalidateKey(key: string): number {
    return this.values.delete(key) ? 1 : 0;
  }

  invalidateTag(tag: string): number {
    return 0;
  }

  invalidatePrefix(prefix: string): number {
    return 0;
  }

  tags(): string[] {
    return [];
  }

  begin(key: string): number {
    this.lastTicket += 1;
    return this.lastTicket;
  }

  fill(ticket: number, value: unknown, tags: string[]): boolean {
    return false;
  }
}
