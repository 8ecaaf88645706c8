/** Whoever holds unsaved work says so here, and is asked to keep it before the page is loaded anew. */

/** Resolves with false when the work could not be kept. */
export type Keeper = () => Promise<boolean>;

const keepers = new Set<Keeper>();

/** Gives what ends it. */
export function onLeaving(keep: Keeper): () => void {
  keepers.add(keep);
  return () => keepers.delete(keep);
}

/** Whether everything is kept. */
export async function keepAll(): Promise<boolean> {
  const kept = await Promise.all([...keepers].map((keep) => keep().catch(() => false)));
  return kept.every(Boolean);
}
