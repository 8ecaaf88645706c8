import { isPacked, pack, sizeInBytes, unpack, type TextCodec } from '../cache/compression.ts';
import { keepNewest, type DataPolicy, type Deduplicator } from '../cache/data-policies.ts';
import { DEFAULT_POLICY } from '../cache/flow/policy.ts';
import type { Loaded, TierResult } from '../cache/flow/protocol.ts';
import { failureOf } from './call-tier.ts';
import type { LoadedValue, Loader } from './options.ts';

/** What the data policies make of values on their way in and out: the newest messages, shared copies, compression. */
export class Values {
  readonly policies = new Map<string, DataPolicy>();
  savedBytes = 0;

  constructor(
    private readonly codec: TextCodec,
    private readonly deduplicator: Deduplicator | undefined,
  ) {}

  /** The value that callers get from now on. */
  prepare(key: string, value: unknown, policyName: string | undefined): unknown {
    const policy = this.policyOf(policyName);
    if (!policy) return value;
    const kept = keepNewest(value, policy.keepMessages);
    if (policy.deduplicateAt === null || !this.deduplicator) return kept;
    const canonical = this.deduplicator.canonical(key, kept, policy.deduplicateAt);
    this.savedBytes += canonical.savedBytes;
    return canonical.value;
  }

  packs(policyName: string | undefined): boolean {
    return this.policyOf(policyName)?.compress ?? false;
  }

  /** The form that tiers keep, if it takes compressing. */
  pack(value: unknown): Promise<unknown> {
    return pack(value, this.codec);
  }

  /** The result of a lookup with the value in the form for callers; a value that cannot be read is the lookup's failure. */
  async unpacked(result: TierResult, tier: string): Promise<TierResult> {
    if (!result.ok || !isPacked(result.value)) return result;
    try {
      return { ...result, value: await unpack(result.value, this.codec, tier) };
    } catch (error) {
      return failureOf(error);
    }
  }

  /** Asks the origin. Rejects when it does, and when it gives no value. */
  async load(key: string, policy: string, load: Loader | undefined, signal: AbortSignal): Promise<Loaded> {
    if (!load) throw new Error('no loader: pass `load` to get() or to the cache');
    const answer = (await load(key, { policy, signal })) as LoadedValue | null | undefined;
    if (typeof answer !== 'object' || answer === null || !('value' in answer || 'absent' in answer))
      throw new Error('the loader gave no { value }');
    const { absent, value: given, sizeBytes } = answer as LoadedValue;
    const value = absent ? null : this.prepare(key, given, policy);
    const stored = this.packs(policy) ? await this.pack(value) : value;
    return { ...(answer as LoadedValue), value, stored, sizeBytes: sizeBytes ?? sizeInBytes(key, stored) };
  }

  private policyOf(name: string | undefined): DataPolicy | undefined {
    return this.policies.get(name ?? DEFAULT_POLICY.name);
  }
}
