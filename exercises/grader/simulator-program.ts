/** The worker's program of a run in the simulator: sandbox, simulator and the learner's code in one script (docs/decisions/0012-learner-policies.md). */
import simulatorText from '@learner-program';
import { valueOf } from './program.ts';
import languageScript from './sandbox/language.js?raw';
import simulatorScript from './sandbox/simulator.js?raw';
import valuesScript from './sandbox/values.js?raw';
import worldScript from './sandbox/world.js?raw';

const parts = [...[languageScript, valuesScript, worldScript].map(valueOf), simulatorText];

/** The learner's code is the last argument, and a function, so nothing of it is hoisted out. */
const before = `'use strict';\n${valueOf(simulatorScript)}(${parts.join(',\n')},\nfunction (exports, require, console) {\n`;

/** Lines of the program that stand before the learner's first. */
export const linesBeforeSimulated = before.split('\n').length - 1;

/** The worker's program around the learner's code, which is JavaScript with `exports` by now. */
export const simulatorProgramOf = (javaScript: string): string => `${before}${javaScript}\n});\n`;
