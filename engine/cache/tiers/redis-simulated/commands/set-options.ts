import { addIntegers, parseInteger, secondsToMs } from '../integers.ts';
import { failures, type RedisFailure } from '../reply.ts';

/** Options of SET and GETEX (t_string.c). */
export interface StringOptions {
  onlyIfAbsent: boolean;
  onlyIfPresent: boolean;
  keepExpiry: boolean;
  returnOld: boolean;
  persist: boolean;
  expiry?: { readonly text: string; readonly unit: ExpiryUnit };
}

type ExpiryUnit = 'ex' | 'px' | 'exat' | 'pxat';

/** @param from index of the first option; undefined when they contradict each other or one is unknown. */
export function readOptions(
  argv: readonly string[],
  from: number,
  command: 'set' | 'getex',
): StringOptions | undefined {
  const set = command === 'set';
  const options: StringOptions = {
    onlyIfAbsent: false,
    onlyIfPresent: false,
    keepExpiry: false,
    returnOld: false,
    persist: false,
  };
  for (let i = from; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (set && word === 'nx' && !options.onlyIfPresent) options.onlyIfAbsent = true;
    else if (set && word === 'xx' && !options.onlyIfAbsent) options.onlyIfPresent = true;
    else if (set && word === 'get') options.returnOld = true;
    else if (set && word === 'keepttl' && !options.expiry) options.keepExpiry = true;
    else if (!set && word === 'persist' && !options.expiry) options.persist = true;
    else if (
      (word === 'ex' || word === 'px' || word === 'exat' || word === 'pxat') &&
      !options.keepExpiry &&
      !options.persist &&
      (!options.expiry || options.expiry.unit === word) &&
      i + 1 < argv.length
    )
      options.expiry = { text: argv[++i]!, unit: word };
    else return undefined;
  }
  return options;
}

/** The expiry as Unix time in ms, always positive; or the error that Redis answers. */
export function readExpiry(
  text: string,
  unit: ExpiryUnit,
  nowMs: number,
  command: string,
): number | RedisFailure {
  const value = parseInteger(text);
  if (value === undefined) return failures.notAnInteger;
  const inMs = unit === 'ex' || unit === 'exat' ? secondsToMs(value) : value;
  if (value <= 0 || inMs === undefined) return failures.expireTime(command);
  // The real one lets the sum wrap around and then finds it negative.
  const at = unit === 'ex' || unit === 'px' ? addIntegers(inMs, Math.floor(nowMs)) : inMs;
  return at === undefined ? failures.expireTime(command) : Number(at);
}
