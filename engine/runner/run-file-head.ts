/** What is read of a run's file: it takes the request to run it again, and the fingerprint to compare. The run brings its figures itself. */
import * as v from 'valibot';
import { InputError, show } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import type { Pull, RunRequest } from './protocol.ts';

export const RUN_FILE = 'surge-lab-run';
/** Grows when the form of the file changes. */
export const VERSION = 1;

const finite = v.pipe(v.number(), v.finite('a finite number'));
const requestSchema = v.object({
  scenario: v.union([v.string(), v.record(v.string(), v.unknown())]),
  seed: v.pipe(finite, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more')),
  overrides: v.optional(v.array(v.object({ path: v.string(), value: v.unknown() })), []),
  pulls: v.optional(
    v.array(
      v.object({
        atS: v.pipe(finite, v.minValue(0, 'a time of 0 or more')),
        lever: v.string(),
        value: v.union([v.boolean(), finite, v.string()]),
      }),
    ),
    [],
  ),
});
const fileSchema = v.object({
  format: v.literal(RUN_FILE),
  version: v.literal(VERSION),
  engine: v.string(),
  fingerprint: v.nullable(v.string()),
  request: requestSchema,
});

export interface RunFileHead {
  engine: string;
  fingerprint: string | null;
  request: RunRequest & { pulls: Pull[] };
}

/** @param place the file's name, for the message. @throws InputError when it is no run of the lab */
export function readRunFile(text: string, place: string): RunFileHead {
  const advice = 'Take a file that “Run (JSON)” of the lab has written.';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(place, 'a run in JSON', `text that is not JSON (${why})`, advice);
  }
  const { format, version } = (content ?? {}) as { format?: unknown; version?: unknown };
  if (format !== RUN_FILE)
    throw new InputError(place, `"format": "${RUN_FILE}"`, show(format ?? content), advice);
  if (version !== VERSION)
    throw new InputError(
      `${place}, version`,
      String(VERSION),
      show(version),
      'Another version of the lab wrote it; open it there.',
    );
  const { engine, fingerprint, request } = parse(fileSchema, content, place);
  return { engine, fingerprint, request: request as RunFileHead['request'] };
}
