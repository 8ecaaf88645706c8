/**
 * `npm run new:exercise -- 30-my-name`: a copy of template/ with this name. It passes its check as it stands, so every change that does
 * not is seen at once.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const templateTitle = 'The template';

/**
 * Makes `folder/id` and returns its path. Throws an Error that says what to do when the name is none or its number is taken.
 * @param {string | undefined} id the folder's name, as in `30-my-name`
 * @param {string} [folder] where the exercises are
 */
export function newExercise(id, folder = home) {
  const taken = readdirSync(folder).filter((name) => /^\d\d-/.test(name));
  const free = String(Math.max(0, ...taken.map((name) => Number(name.slice(0, 2)))) + 1).padStart(2, '0');
  if (!id || !/^\d\d(-[a-z0-9]+)+$/.test(id))
    throw new Error(
      `The name: expected two digits and words in small letters, got “${id ?? ''}”. ` +
        `Write for instance: npm run new:exercise -- ${free}-my-name`,
    );
  const number = id.slice(0, 2);
  const same = taken.find((name) => name.startsWith(`${number}-`));
  if (same)
    throw new Error(
      `The number: expected one that is free, got ${number}, which is ${same}. ` +
        `Write: npm run new:exercise -- ${free}${id.slice(2)}`,
    );
  const path = join(folder, id);
  cpSync(join(home, 'template'), path, { recursive: true });
  const words = id.slice(3).replaceAll('-', ' ');
  for (const file of ['statement.md', 'exercise.ts']) {
    const text = readFileSync(join(path, file), 'utf8');
    writeFileSync(join(path, file), text.replace(templateTitle, words[0].toUpperCase() + words.slice(1)));
  }
  return path;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const [id] = argv.slice(2);
    console.log(`${newExercise(id)} is there. Its check: npm run exercise -- ${id}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
