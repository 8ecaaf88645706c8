/** @xenova/transformers imports this at its start and calls it only to read a picture. */
export default function sharp() {
  throw new Error(
    'This checkout has no sharp, since its encoder reads text only: see docs/decisions/0005-encoder.md.',
  );
}
