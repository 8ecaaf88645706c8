/** Where things are in the checkout. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
export const dist = join(top, 'dist');
export const modules = join(top, 'node_modules');
export const cache = join(modules, '.cache', 'surge-lab');
