import { KeyTable } from '../key-table.ts';
import { RecordSplitter } from '../records.ts';
import { TraceBuilder, type Trace } from '../trace.ts';
import type { TraceDecoder } from './format.ts';

/** A stream of big-endian 32-bit keys, as cache2k's benchmarks have it. */
export class Int32Decoder implements TraceDecoder {
  private readonly keys = new KeyTable();
  private readonly builder = new TraceBuilder();
  private readonly records: RecordSplitter;

  constructor(name: string) {
    this.records = new RecordSplitter(name, 4, (bytes, from) => {
      const key = (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3];
      this.builder.add(this.keys.ofWords(key, 0));
    });
  }

  get requests(): number {
    return this.builder.requests;
  }

  push(chunk: Uint8Array): void {
    this.records.push(chunk);
  }

  end(): Trace {
    this.records.end();
    return this.builder.build(this.keys.size);
  }
}
