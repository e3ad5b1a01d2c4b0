import type { CombinedError } from '@urql/core';
import { client } from '@/api/client';
import { type Problem, type Refusal, refusalOf, refusalOfError } from '@/api/problems';
import type { Row } from '@/api/values';
import type { Stage } from '../stages';

/** A deal on its way from the stage somebody sees it in to another one. */
export type Move = { readonly deal: Row; readonly from: Stage; readonly to: Stage };

/** What is said with a move: why, what was missing, what is done by now. */
export type Said = {
  readonly reason?: string;
  readonly note?: string;
  readonly competitorId?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly done?: readonly string[];
  readonly override?: string;
};

/** What a stage still asks for. */
export type Need = {
  readonly fields: readonly string[];
  readonly undone: readonly string[];
  /** The pipeline does not lead there; where it does. */
  readonly allowed?: readonly string[];
};

export type Moved =
  | { readonly ok: true; readonly row: Row | null; readonly operation: string | null }
  | { readonly ok: false; readonly refusal: Refusal; readonly need: Need | undefined };

/** Each kind of move is a slice of its own. */
export function sliceOf({ from, to }: Pick<Move, 'from' | 'to'>): 'moveDeal' | 'winDeal' | 'loseDeal' | 'reopenDeal' {
  if (to.type === 'won') return 'winDeal';
  if (to.type === 'lost') return 'loseDeal';
  return from.type === 'open' ? 'moveDeal' : 'reopenDeal';
}

const inputs = { moveDeal: 'MoveDealInput', winDeal: 'WinDealInput', loseDeal: 'LoseDealInput', reopenDeal: 'ReopenDealInput' } as const;

type Answer = { move: { deal: Row | null; operation: string | null; errors: readonly Problem[] } | null };

export async function sendMove(move: Move, said: Said, selection: string): Promise<Moved> {
  const slice = sliceOf(move);
  const document = `mutation Move($id: ID!, $input: ${inputs[slice]}!, $key: String) {
  move: ${slice}(id: $id, input: $input, idempotencyKey: $key) { deal { ${selection} } operation errors { code message field facts } }
}`;
  const input = { stageId: move.to.id, from: move.from.id, ...told(slice, said) };
  const { data, error } = await client.mutation<Answer>(document, { id: move.deal.id, input, key: crypto.randomUUID() }).toPromise();
  if (!data?.move) return { ok: false, refusal: refusalOfError(error as CombinedError), need: undefined };
  const { errors, deal, operation } = data.move;
  return errors.length ? { ok: false, refusal: refusalOf(errors), need: needOf(errors) } : { ok: true, row: deal, operation };
}

// Nothing is told that a slice does not know, and nothing that was not said.
function told(slice: ReturnType<typeof sliceOf>, { reason, note, competitorId, fields, done, override }: Said) {
  const all = {
    ...(slice !== 'moveDeal' && { reason: reason ?? '' }),
    ...((slice === 'winDeal' || slice === 'loseDeal') && { note: note || undefined }),
    ...(slice === 'loseDeal' && { competitorId }),
    ...(slice !== 'reopenDeal' && { fields: fields && Object.keys(fields).length ? fields : undefined, override: override || undefined }),
    ...((slice === 'moveDeal' || slice === 'winDeal') && { done: done?.length ? done : undefined }),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

type Facts = { missing?: string[]; undone?: string[]; allowed?: string[] } | null;

function needOf(errors: readonly Problem[]): Need | undefined {
  const facts = errors[0]?.facts as Facts;
  switch (errors[0]?.code) {
    case 'missing_fields':
      return { fields: facts?.missing ?? [], undone: facts?.undone ?? [] };
    case 'transition_not_allowed':
      return { fields: [], undone: [], allowed: facts?.allowed ?? [] };
    default:
      return undefined;
  }
}
