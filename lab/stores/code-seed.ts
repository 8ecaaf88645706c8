import { InputError, show } from '../../engine/core/errors.ts';

const most = 0xffff_ffff;

/** A short one, so that it can be told and typed: 1 to 999,999. */
export function freshSeed(): number {
  return 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % 999_999);
}

/** Reads what was typed; undefined for nothing. Throws InputError. */
export function readSeed(text: string): number | undefined {
  const typed = text.trim().replace(/[,_\s]/g, '');
  if (typed === '') return undefined;
  const seed = Number(typed);
  if (!/^\d+$/.test(typed) || seed > most)
    throw new InputError(
      'Seed',
      `a whole number from 0 to ${most}`,
      show(text),
      'Leave it empty for a new one.',
    );
  return seed;
}
