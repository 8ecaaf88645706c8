/** Serves the built site on one port, for the browser tests: node lab/setup/serve.mjs PORT */
import { dist } from './places.mjs';
import { serve } from './server.mjs';

const { address } = await serve({ folder: dist, port: Number(process.argv[2]), strict: true });
console.log(address);
