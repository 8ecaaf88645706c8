import { CLAIM_PARTS, isOutside, type Claim, type Bound } from '../../claims/claim.ts';
import type { CaseResult, ClaimResult } from '../../claims/evaluate.ts';
import { VERDICTS, type Verdict } from '../../claims/verdict.ts';
import { boundText, estimateText, verdictText } from '../../claims/words.ts';
import { ENGINE_VERSION } from '../../core/version.ts';

/** A claim and what came of it; null when it was not measured, since the command was interrupted. */
export interface Measured {
  claim: Claim;
  result: ClaimResult | null;
}

/** The output of `npm run claims -- --json`. Nothing of the date or the machine is in it: the same engine prints the same. */
export interface ClaimsJson {
  engine: string;
  confidence: number;
  claims: {
    id: string;
    part: string;
    system: string;
    where: string;
    text: string;
    bound: Bound | null;
    quantity: string | null;
    /** Null where nothing was measured. */
    verdict: Verdict | null;
    cases: CaseResult[];
  }[];
}

export function claimsJson(measured: readonly Measured[]): ClaimsJson {
  return {
    engine: ENGINE_VERSION,
    confidence: 0.95,
    claims: measured.map(({ claim, result }) => {
      const { id, part, system, where, text } = claim;
      const judged = isOutside(claim) ? null : claim;
      return {
        ...{ id, part, system, where, text },
        bound: judged?.bound ?? null,
        quantity: judged?.quantity ?? null,
        verdict: result?.verdict ?? null,
        cases: result?.cases ?? [],
      };
    }),
  };
}

/** The board as Markdown, which a terminal shows as well: a table for each part. */
export function claimsReport(measured: readonly Measured[]): string {
  const parts = CLAIM_PARTS.flatMap(({ id, title }) => {
    const rows = measured.filter(({ claim }) => claim.part === id);
    return rows.length === 0 ? [] : [`### ${title}`, table(rows)];
  });
  return [...parts, counts(measured)].join('\n\n');
}

const HEAD = [
  '| id | of | the module’s claim | would agree | measured as the module has it | verdict |',
  '|---|---|---|---|---|---|',
];

function table(rows: readonly Measured[]): string {
  return [...HEAD, ...rows.map(line)].join('\n');
}

function line({ claim, result }: Measured): string {
  const cells = [
    `\`${claim.id}\``,
    claim.system,
    claim.text,
    isOutside(claim) ? '–' : boundText(claim.bound),
    isOutside(claim) || !result ? '–' : estimateText(result.cases[0].measured, claim.bound.unit),
    isOutside(claim)
      ? `Outside: ${claim.outside}`
      : result
        ? verdictWith(claim.bound, result)
        : 'not measured',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The verdict, and what was measured under each condition. */
function verdictWith({ unit }: Bound, { verdict, cases }: ClaimResult): string {
  if (verdict.kind !== 'only if') return verdictText(verdict);
  const held = cases.filter(({ judgement, condition }) => condition !== null && judgement === 'holds');
  return `Only if ${held.map(({ condition, measured }) => `${condition} (${estimateText(measured, unit)})`).join('; or ')}`;
}

function counts(measured: readonly Measured[]): string {
  const of = VERDICTS.map(
    (kind) => [kind, measured.filter(({ result }) => result?.verdict.kind === kind).length] as const,
  );
  const words = of.flatMap(([kind, n]) =>
    n > 0 ? [`${n} ${kind === 'outside' ? 'outside what a run can show' : kind}`] : [],
  );
  return `${measured.length} ${measured.length === 1 ? 'claim' : 'claims'}: ${words.join(', ') || 'none measured'}. Intervals are of Student’s t over the seeds, at 95 %.`;
}
