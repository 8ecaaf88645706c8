/** What draws a gateway and its money. Scenarios without one never fetch it. */
export type MoneyParts = typeof import('./money-parts.ts');

export const loadMoneyParts = (): Promise<MoneyParts> => import('./money-parts.ts');
