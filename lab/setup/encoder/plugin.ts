/** Makes the encoder's files before a build or a development server starts; code reaches them as `@encoder/<file>?url`. */
import type { Plugin } from 'vite';
import { encoderFolder, runtimeScript } from './assets.mjs';

export function encoder(): Plugin {
  return {
    name: 'surge-lab:encoder',
    config: () => ({
      resolve: { alias: { '@encoder': encoderFolder(), 'onnxruntime-web': runtimeScript() } },
    }),
  };
}
