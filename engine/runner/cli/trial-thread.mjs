/** Entry of a thread of the command line. A thread does not take tsx over from its process, so it loads it before anything else. */
import { register } from 'tsx/esm/api';

register();
await import('./trial-thread.ts');
