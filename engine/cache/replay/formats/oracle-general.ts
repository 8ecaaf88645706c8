import { KeyTable } from '../key-table.ts';
import { RecordSplitter } from '../records.ts';
import { TraceBuilder, type Trace } from '../trace.ts';
import type { TraceDecoder } from './format.ts';

/** Bytes of a record. */
export const ORACLE_GENERAL_BYTES = 24;

/**
 * libCacheSim's oracleGeneral, https://github.com/1a1a11a/libCacheSim: little-endian records of 24 bytes, uint32 time, uint64 object id,
 * uint32 size, int64 number of the next request for the object. Time and next request aren't used: OPT finds the latter itself.
 */
export class OracleGeneralDecoder implements TraceDecoder {
  private readonly keys = new KeyTable();
  private readonly builder = new TraceBuilder();
  private readonly records: RecordSplitter;

  constructor(name: string) {
    this.records = new RecordSplitter(name, ORACLE_GENERAL_BYTES, (bytes, from) =>
      this.builder.addSized(
        this.keys.ofWords(int32(bytes, from + 4), int32(bytes, from + 8)),
        int32(bytes, from + 12) >>> 0,
      ),
    );
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

/**
 * Whether the records look like oracleGeneral: times don't run backwards, and each next request is a later one or none (−1, or a
 * number larger than any trace).
 */
export function looksLikeOracleGeneral(bytes: Uint8Array): boolean {
  const records = Math.floor(bytes.length / ORACLE_GENERAL_BYTES);
  if (records === 0) return false;
  let time = 0;
  for (let i = 0; i < records; i++) {
    const from = i * ORACLE_GENERAL_BYTES;
    const now = int32(bytes, from) >>> 0;
    if (now < time) return false;
    time = now;
    const low = int32(bytes, from + 16) >>> 0;
    const high = int32(bytes, from + 20);
    const none = high < 0 ? high === -1 : high >= 0x00200000;
    if (!none && high * 4294967296 + low <= i) return false;
  }
  return true;
}

function int32(bytes: Uint8Array, from: number): number {
  return bytes[from] | (bytes[from + 1] << 8) | (bytes[from + 2] << 16) | (bytes[from + 3] << 24);
}
