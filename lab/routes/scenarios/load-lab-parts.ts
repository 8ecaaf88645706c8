export type LibraryParts = typeof import('./lab-parts.ts');

export const loadLibraryParts = (): Promise<LibraryParts> => import('./lab-parts.ts');
