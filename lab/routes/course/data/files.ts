/** The files that the page gives, each as its name and its text. */
import { ENGINE_VERSION } from '../../../../engine/core/version.ts';
import { catalogue } from '../../../../exercises/catalogue.ts';
import {
  storeSchemas,
  type Contents,
  type RecordOf,
  type StoreName,
} from '../../../stores/backup/contents.ts';
import { backupName } from '../../../stores/backup/file.ts';
import { itemStatisticsFile } from '../../../stores/backup/item-statistics.ts';
import { ACCOUNT, keepItem, readItem } from '../../../stores/backup/page-storage.ts';
import { readRecord } from '../../../stores/progress/records.ts';
import { statementsOf } from '../../../stores/statements/statements.ts';

export interface Given {
  name: string;
  text: string;
}

export function statementsFile({ work }: Contents, nowMs: number): Given {
  const made = statementsOf(
    {
      attempts: wholes('attempts', work),
      answers: answersOf(work),
      sittings: wholes('sittings', work),
      marks: wholes('reading', work),
      runs: wholes('runs', work),
    },
    account(),
    new Map(catalogue.map(({ id, exercise }) => [id, exercise.title])),
  );
  return { name: backupName(nowMs, 'statements-'), text: `${JSON.stringify(made, null, 2)}\n` };
}

export function itemsFile({ work }: Contents, nowMs: number): Given {
  const made = itemStatisticsFile(answersOf(work), wholes('sittings', work), ENGINE_VERSION);
  return { name: backupName(nowMs, 'questions-'), text: `${JSON.stringify(made, null, 2)}\n` };
}

/** One random id for this device; where nothing can be kept, it is another one each time. */
function account(): string {
  const kept = readItem(ACCOUNT);
  if (kept) return kept;
  const fresh = randomId();
  keepItem(ACCOUNT, fresh);
  return fresh;
}

/** A UUID of version 4. `crypto.randomUUID` is missing where a page is not served securely. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** In the order in which they were given. */
const answersOf = (work: Contents['work']): RecordOf<'answers'>[] =>
  wholes('answers', work).sort((a, b) => a.atMs - b.atMs || a.number - b.number);

function wholes<Name extends StoreName>(name: Name, work: Contents['work']): RecordOf<Name>[] {
  return (work[name] ?? []).flatMap((stored) => {
    const read = readRecord(storeSchemas[name], stored);
    return read.is === 'whole' ? [read.record as RecordOf<Name>] : [];
  });
}
