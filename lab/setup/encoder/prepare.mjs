/** Makes the encoder's files when they are missing, and prints their folder: node lab/setup/encoder/prepare.mjs */
import { encoderFolder } from './assets.mjs';

console.log(encoderFolder());
