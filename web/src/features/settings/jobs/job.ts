import { useCallback, useEffect, useState } from 'react';
import { client } from '@/api/client';
import type { JobState } from '@/api/graph';
import { may, type RecordType, useModel } from '@/api/model';
import { type Refusal, refusalOfError } from '@/api/problems';
import type { Tone } from '@/ui/Badge';

export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly operation: string;
  readonly by: { readonly name?: string | null; readonly kind: string };
  readonly request: Readonly<Record<string, unknown>> | null;
  readonly total?: number | null;
  readonly done: number;
  readonly changed: number;
  readonly failed: number;
  readonly errors: readonly { readonly of?: string | null; readonly row?: number | null; readonly problem: Problem }[];
  readonly problem?: Problem | null;
  readonly createdAt: string;
  readonly startedAt?: string | null;
  readonly endedAt?: string | null;
};

type Problem = { readonly code: string; readonly message?: string; readonly detail?: string; readonly errors?: Record<string, string[]> };

export const saidBy = ({ detail, message, errors, code }: Problem): string =>
  Object.values(errors ?? {})
    .flat()
    .join(' ') ||
  (detail ?? message ?? code);

export const tones: Readonly<Record<JobState, Tone>> = {
  prepared: 'neutral',
  queued: 'neutral',
  running: 'accent',
  done: 'success',
  failed: 'danger',
  cancelled: 'warn',
};

export const isOver = (job: Job) => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

export type Found = { readonly type: RecordType; readonly job: Job };

const lookMs = 1500;
// One record may be refused by several jobs: in the cache it is none of its own.
const parts =
  'id kind state operation by { name kind } request total done changed failed createdAt startedAt endedAt ' +
  'problem { code detail errors } errors { of: id row problem { code detail errors } }';

type Answer = Readonly<Record<string, readonly Job[] | null>>;

/** Jobs of all record types, newest first; those under way are looked at again until they have ended. */
export function useJobs() {
  const model = useModel();
  const [found, setFound] = useState<readonly Found[] | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const read = useCallback(async (types: readonly RecordType[]) => {
    const query = `query Jobs { ${types.map((type) => `${type.plural}: jobs(type: ${type.graph.type}) { ${parts} }`).join(' ')} }`;
    const { data, error } = await client.query<Answer>(query, {}, { requestPolicy: 'network-only' }).toPromise();
    // Where one service is away, the others' jobs are there all the same.
    setRefusal(error ? refusalOfError(error) : undefined);
    if (!data) return;
    const read = types.flatMap((type) => (data[type.plural] ?? []).map((job) => ({ type, job })));
    setFound((known) =>
      [...(known ?? []).filter((one) => !types.includes(one.type)), ...read].sort((a, b) => b.job.createdAt.localeCompare(a.job.createdAt)),
    );
  }, []);
  const all = useCallback(() => read(model.types.filter((type) => may(type, 'read'))), [model, read]);
  useEffect(() => void all(), [all]);
  useEffect(() => {
    const busy = [...new Set(found?.filter(({ job }) => job.state === 'running' || job.state === 'queued').map(({ type }) => type))];
    if (!busy.length) return;
    const looking = setTimeout(() => void read(busy), lookMs);
    return () => clearTimeout(looking);
  }, [found, read]);
  return { found, refusal, again: () => void all() };
}
