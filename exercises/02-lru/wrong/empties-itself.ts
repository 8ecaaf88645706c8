// Wrong: a value that can never fit throws out everything before it goes itself
// Says: nothing else goes for it
interface Node {
  key: string;
  value: unknown;
  sizeBytes: number;
  older: Node;
  newer: Node;
}

export class LruCache {
  private readonly nodes = new Map<string, Node>();
  /** Closes the list to a ring: `end.newer` is the oldest entry, `end.older` the newest. */
  private readonly end = ring();
  private usedBytes = 0;

  constructor(
    private readonly maxEntries: number,
    private readonly maxBytes: number,
  ) {}

  get(key: string): unknown {
    const node = this.nodes.get(key);
    if (!node) return undefined;
    unlink(node);
    this.linkAsNewest(node);
    return node.value;
  }

  has(key: string): boolean {
    return this.nodes.has(key);
  }

  set(key: string, value: unknown, sizeBytes: number): string[] {
    const known = this.nodes.get(key);
    if (known) this.remove(known);
    const node = Object.assign(ring(), { key, value, sizeBytes });
    this.nodes.set(key, node);
    this.linkAsNewest(node);
    this.usedBytes += sizeBytes;
    const gone: string[] = [];
    while (this.nodes.size > this.maxEntries || this.usedBytes > this.maxBytes) {
      gone.push(this.end.newer.key);
      this.remove(this.end.newer);
    }
    return gone;
  }

  bytes(): number {
    return this.usedBytes;
  }

  /** Asks for one key after the other and stores what is missing. Half the keys come again and again. Returns the number of hits. */
  replay(requests: number): number {
    let hits = 0;
    for (let i = 0; i < requests; i++) {
      const key = i % 2 ? `often ${(i * i) % 9973}` : `once ${i}`;
      if (this.get(key) === undefined) this.set(key, key, 1);
      else hits += 1;
    }
    return hits;
  }

  private remove(node: Node): void {
    unlink(node);
    this.nodes.delete(node.key);
    this.usedBytes -= node.sizeBytes;
  }

  private linkAsNewest(node: Node): void {
    node.newer = this.end;
    node.older = this.end.older;
    node.older.newer = node;
    this.end.older = node;
  }
}

function unlink(node: Node): void {
  node.older.newer = node.newer;
  node.newer.older = node.older;
}

/** A node that stands alone. */
function ring(): Node {
  const node = { key: '', value: undefined, sizeBytes: 0 } as Node;
  node.older = node.newer = node;
  return node;
}
