/** Which slots carry a tag. */
export class TagIndex {
  private readonly slots = new Map<string, Set<number>>();

  add(slot: number, tags: readonly string[]): void {
    for (const tag of tags) {
      const set = this.slots.get(tag);
      if (set) set.add(slot);
      else this.slots.set(tag, new Set([slot]));
    }
  }

  remove(slot: number, tags: readonly string[]): void {
    for (const tag of tags) {
      const set = this.slots.get(tag);
      if (set?.delete(slot) && set.size === 0) this.slots.delete(tag);
    }
  }

  slotsOf(tag: string): Iterable<number> {
    return this.slots.get(tag) ?? [];
  }
}
