import * as v from 'valibot';
import { batchSchema } from '../latency/batcher.ts';
import { connectionPoolSchema } from '../latency/connection-pool-settings.ts';
import { share, within } from '../latency/fields.ts';
import { lawSchema } from './law-schema.ts';

/** Connections to a station: a call takes one first, and gives it back when it is answered or given up. */
export const connectionsSchema = v.strictObject({
  ...connectionPoolSchema.entries,
  /** A pool for each instance, or one for the whole cell. */
  scope: v.optional(v.picklist(['instance', 'shared']), 'instance'),
  /** Hosts behind the station, each asked equally often. */
  hosts: v.optional(within(1, 1000), 1),
  /** Calls may be sent again after a reset; otherwise the try fails. */
  idempotent: v.optional(v.boolean(), true),
});

/** Calls to a station are gathered (L6). A batch is one call, and takes the station's service time and what its items add. */
export const stationBatchSchema = v.strictObject({
  ...batchSchema.entries,
  /** What each item adds to the service time. */
  perItem: v.optional(lawSchema, { law: 'constant', meanMs: 0 }),
  /** Each answer says which item it is for; otherwise its place does. */
  labelled: v.optional(v.boolean(), true),
  /** Unlabelled answers of a wrong number: given to nobody, or taken as the first ones. */
  whenCountDiffers: v.optional(v.picklist(['nobody', 'prefix']), 'nobody'),
  /** Items without an answer are asked for one by one; otherwise their tries fail. */
  fallback: v.optional(v.boolean(), true),
  /** Share of batches that fail as a whole, of batches of several that lack one answer, and of items that are answered by an error. */
  failedShare: v.optional(share, 0),
  shortShare: v.optional(share, 0),
  itemErrorShare: v.optional(share, 0),
});

export type ConnectionsSettings = v.InferOutput<typeof connectionsSchema>;
export type StationBatchSettings = v.InferOutput<typeof stationBatchSchema>;
