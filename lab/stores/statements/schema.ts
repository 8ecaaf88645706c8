/**
 * The part of xAPI 1.0.3 (Part Two: Data) that the lab writes, as strict as the specification has it: no null, no empty object, ids that are
 * IRIs, times with their zone, a scaled score within -1 and 1.
 */
import * as v from 'valibot';

const iri = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'an IRI with its scheme'));
/** Variant 2 of RFC 4122, any version. */
const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);
/** RFC 5646 tag → text. */
const languageMap = v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)), v.string());
const extensions = v.record(iri, v.union([v.string(), v.number(), v.boolean()]));
const timestamp = v.pipe(v.string(), v.isoTimestamp());
/** ISO 8601, to a hundredth of a second. */
const duration = v.pipe(v.string(), v.regex(/^PT(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?$/), v.minLength(4));

export const VERBS = ['answered', 'attempted', 'completed', 'experienced', 'failed', 'passed'] as const;
export const verbId = (verb: string): string => `http://adlnet.gov/expapi/verbs/${verb}`;

const activitySchema = v.strictObject({
  objectType: v.literal('Activity'),
  id: iri,
  definition: v.exactOptional(
    v.strictObject({
      name: v.exactOptional(languageMap),
      type: iri,
      /** Only of a `cmi.interaction`. */
      interactionType: v.exactOptional(v.picklist(['choice', 'numeric'])),
    }),
  ),
});

const resultSchema = v.strictObject({
  score: v.exactOptional(v.strictObject({ scaled: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)) })),
  success: v.exactOptional(v.boolean()),
  completion: v.exactOptional(v.boolean()),
  response: v.exactOptional(v.string()),
  duration: v.exactOptional(duration),
  extensions: v.exactOptional(extensions),
});

export const statementSchema = v.strictObject({
  id: uuid,
  actor: v.strictObject({
    objectType: v.literal('Agent'),
    /** The one identifier that an agent may have. */
    account: v.strictObject({
      homePage: v.pipe(v.string(), v.url()),
      name: v.pipe(v.string(), v.minLength(1)),
    }),
  }),
  verb: v.strictObject({ id: v.picklist(VERBS.map(verbId)), display: languageMap }),
  object: activitySchema,
  result: v.exactOptional(resultSchema),
  context: v.strictObject({
    registration: v.exactOptional(uuid),
    contextActivities: v.exactOptional(
      v.strictObject({
        parent: v.exactOptional(v.pipe(v.array(activitySchema), v.minLength(1))),
        grouping: v.exactOptional(v.pipe(v.array(activitySchema), v.minLength(1))),
      }),
    ),
    /** These two only where the object is an activity, as it is in all of ours. */
    revision: v.exactOptional(v.string()),
    platform: v.string(),
    language: v.literal('en'),
  }),
  timestamp,
});

export type Statement = v.InferOutput<typeof statementSchema>;
export type Activity = v.InferOutput<typeof activitySchema>;
export type StatementResult = v.InferOutput<typeof resultSchema>;
