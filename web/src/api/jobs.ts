import { client } from './client';
import { BulkEditDocument, type BulkEditMutationVariables, CancelJobDocument, JobDocument, type JobQuery } from './graph';
import type { RecordType } from './model';
import { type Refusal, refusalOf, refusalOfError } from './problems';

export type Progress = NonNullable<JobQuery['job']>;
type Input = BulkEditMutationVariables['input'];

/** Which records are meant: these, or all that a filter describes. */
export type Meant = { readonly ids: readonly string[] } | { readonly filter: string; readonly zone: string };

export type Begun = { readonly job: Progress | undefined; readonly refusal: Refusal | undefined };

/** Changes many records in the background. */
export async function bulkEdit(
  type: RecordType,
  meant: Meant,
  deed: Pick<Input, 'set' | 'delete' | 'addTags' | 'removeTags'>,
): Promise<Begun> {
  const which = 'ids' in meant ? { ids: [...meant.ids] } : meant;
  const variables = { type: type.graph.type as BulkEditMutationVariables['type'], input: { ...which, ...deed }, key: crypto.randomUUID() };
  const { data, error } = await client.mutation(BulkEditDocument, variables).toPromise();
  if (!data) return { job: undefined, refusal: refusalOfError(error ?? new Error()) };
  const { job, errors } = data.bulkEdit;
  return { job: job ?? undefined, refusal: errors.length ? refusalOf(errors) : undefined };
}

/** Stops a job; what it has done stays, and can be undone. */
export async function cancelJob(type: RecordType, id: string): Promise<Refusal | undefined> {
  const { data, error } = await client
    .mutation(CancelJobDocument, { type: type.graph.type as BulkEditMutationVariables['type'], id })
    .toPromise();
  if (!data) return refusalOfError(error ?? new Error());
  return data.cancelJob.errors.length ? refusalOf(data.cancelJob.errors) : undefined;
}

const lookMs = 400;
const over = new Set(['done', 'failed', 'cancelled']);

/** Tells how far a job is until it has ended. */
export async function follow(type: RecordType, begun: Progress, tell: (progress: Progress) => void): Promise<Progress> {
  let job = begun;
  while (!over.has(job.state)) {
    tell(job);
    await new Promise((done) => setTimeout(done, lookMs));
    const { data } = await client
      .query(JobDocument, { type: type.graph.type as BulkEditMutationVariables['type'], id: job.id }, { requestPolicy: 'network-only' })
      .toPromise();
    job = data?.job ?? job;
  }
  return job;
}
