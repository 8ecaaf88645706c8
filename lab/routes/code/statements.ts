/** The statements as HTML, made when the site is built (lab/setup/markdown.ts). */
const statements = import.meta.glob<string>('../../../exercises/[0-9]*/statement.md', {
  query: '?html',
  import: 'default',
});

export async function statementOf({ id }: { id: string }): Promise<string> {
  const load = statements[`../../../exercises/${id}/statement.md`];
  if (!load) throw new Error(`exercises/${id}/statement.md is missing.`);
  return load();
}
