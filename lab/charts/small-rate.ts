import { count, NOTHING } from '../format.ts';

/** As `count`, with a decimal where a whole number would say too little: 3.7, 0.4. */
export function amount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return value !== 0 && Math.abs(value) < 9.95 ? value.toFixed(1) : count(value);
}

/** 3.7/s, 57.0 k/s. */
export const perSecond = (value: number | null | undefined): string => {
  const text = amount(value);
  return text === NOTHING ? text : `${text}/s`;
};
