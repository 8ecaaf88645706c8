import type { RunStore } from '../../../stores/run.svelte.ts';
import { keyOf } from '../../../stores/run.svelte.ts';

/** What is to be said of a run that was made elsewhere. */
export interface OriginWords {
  kind: 'plain' | 'same' | 'differs';
  text: string;
}

/** Undefined when there is nothing to say. @param engine the one that runs here */
export function originWords(
  { origin, request, fingerprint }: Pick<RunStore, 'origin' | 'request' | 'fingerprint'>,
  engine: string,
): OriginWords | undefined {
  if (!origin) return undefined;
  const other = origin.engine !== engine;
  const engines = `made with engine ${origin.engine}; this is ${engine}`;
  if (origin.kind === 'link')
    return other
      ? {
          kind: 'plain',
          text: `This link was ${engines}. Its figures may differ from those that you were told.`,
        }
      : undefined;
  const { name } = origin;
  if (!request || keyOf(request) !== keyOf(origin.request))
    return {
      kind: 'plain',
      text: `It began as ${name}; you have changed it since, so it comes out as it does.`,
    };
  if (origin.fingerprint === null)
    return {
      kind: 'plain',
      text: `From ${name}, which holds a run that had not ended: nothing to compare with.`,
    };
  if (fingerprint === undefined)
    return {
      kind: 'plain',
      text: `From ${name}, fingerprint ${origin.fingerprint}${other ? `, ${engines}` : ''}. The end of the run says whether it is the same.`,
    };
  if (fingerprint === origin.fingerprint)
    return { kind: 'same', text: `The same run as in ${name}, to the last bit: fingerprint ${fingerprint}.` };
  return {
    kind: 'differs',
    text: other
      ? `Not the same run as in ${name}: it was ${engines}. Its fingerprint is ${origin.fingerprint}, this one’s ${fingerprint}.`
      : `Not the same run as in ${name}, though the engine is: its fingerprint is ${origin.fingerprint}, this one’s ${fingerprint}. The file was changed after it was written.`,
  };
}
