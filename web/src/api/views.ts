import { useMemo } from 'react';
import { useQuery } from 'urql';
import { client } from './client';
import {
  CreateViewDocument,
  type CreateViewMutationVariables,
  DeleteViewDocument,
  UpdateViewDocument,
  ViewsDocument,
  type ViewsQuery,
  type ViewsQueryVariables,
} from './graph';
import type { RecordType } from './model';
import { type Refusal, refusalOf, refusalOfError } from './problems';

/** How somebody likes to look at records: which, in what order, with which fields. */
export type View = NonNullable<ViewsQuery['views']>[number] & { readonly id: string };
export type ViewInput = CreateViewMutationVariables['input'];
type Named = ViewsQueryVariables['type'];

const named = (type: RecordType) => type.graph.type as Named;

/** The views of a type that this person sees. */
export function useViews(type: RecordType) {
  const variables = useMemo(() => ({ type: named(type) }), [type]);
  const [{ data }, run] = useQuery({ query: ViewsDocument, variables, requestPolicy: 'cache-and-network' });
  const views = useMemo(
    () =>
      (data?.views ?? [])
        .filter((view): view is View => Boolean(view.id))
        .sort((a, b) => Number(b.pinned) - Number(a.pinned) || (a.position ?? 1e9) - (b.position ?? 1e9) || a.name.localeCompare(b.name)),
    [data],
  );
  return { views, ready: data !== undefined, again: () => run({ requestPolicy: 'network-only' }) };
}

type Saved = { readonly id: string | undefined; readonly operation: string | null; readonly refusal: Refusal | undefined };

/** Keeps a view: another one, or the one with this id as it is meant now. */
export async function saveView(type: RecordType, input: ViewInput, id?: string): Promise<Saved> {
  const { data, error } = id
    ? await client.mutation(UpdateViewDocument, { type: named(type), id, input }).toPromise()
    : await client.mutation(CreateViewDocument, { type: named(type), input }).toPromise();
  const told = data && ('updateView' in data ? data.updateView : data.createView);
  if (!told) return { id: undefined, operation: null, refusal: refusalOfError(error ?? new Error()) };
  return { id: told.result?.id ?? id, operation: told.operation, refusal: told.errors.length ? refusalOf(told.errors) : undefined };
}

export async function deleteView(type: RecordType, id: string): Promise<Saved> {
  const { data, error } = await client.mutation(DeleteViewDocument, { type: named(type), id }).toPromise();
  if (!data) return { id, operation: null, refusal: refusalOfError(error ?? new Error()) };
  const { operation, errors } = data.deleteView;
  return { id, operation, refusal: errors.length ? refusalOf(errors) : undefined };
}
