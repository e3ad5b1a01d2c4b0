import { mostAtOnce, type Patch, patchMany } from '@/api/batch';
import type { Model, RecordType } from '@/api/model';
import type { Conflict, Refusal } from '@/api/problems';
import { isAbout, saidOf, sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import type { Change } from './plan';

/** A cell that was not written: why, and where somebody else has changed it what is there now. */
export type Refused = { readonly change: Change; readonly why: string; readonly conflict?: Conflict };

/** What became of it: of how many cells of how many records, and what to undo to take all of it back. */
export type Written = {
  readonly cells: number;
  readonly records: number;
  readonly operations: readonly string[];
  readonly refused: readonly Refused[];
};

type Told = { readonly done: (records: number) => void; readonly isStopped: () => boolean };

/** Writes cells, record by record. Where some cells of a record are refused, its others are written all the same. */
export async function writeCells(model: Model, type: RecordType, changes: readonly Change[], told: Told): Promise<Written> {
  const left = byRecord(changes);
  const all = left.length;
  const operations: string[] = [];
  const refused: Refused[] = [];
  const records = new Set<string>();
  let cells = 0;
  while (left.length && !told.isStopped()) {
    const some = left.splice(0, mostAtOnce);
    const answer = await patchMany(model, type, some.map(patchOf));
    if (answer.ok && answer.operation) operations.push(answer.operation);
    some.forEach((of, i) => {
      const refusal = answer.ok ? answer.refusals[i] : answer.refusal;
      const faults = refusal ? of.filter((change) => isAt(refusal, change.field.name)) : [];
      const wrong = !refusal ? [] : faults.length ? faults : of;
      if (refusal) refused.push(...wrong.map((change) => refusedOf(change, refusal)));
      const rest = of.filter((change) => !wrong.includes(change));
      if (refusal && rest.length) left.push(rest);
      else if (!refusal) {
        cells += of.length;
        records.add(of[0]?.row.id ?? '');
      }
    });
    told.done(Math.max(0, all - left.length));
  }
  refused.push(...left.flat().map((change) => ({ change, why: t('paste.stopped') })));
  return { cells, records: records.size, operations, refused };
}

function byRecord(changes: readonly Change[]): Change[][] {
  const byId = new Map<string, Change[]>();
  for (const change of changes) byId.set(change.row.id, [...(byId.get(change.row.id) ?? []), change]);
  return [...byId.values()];
}

const patchOf = (of: readonly Change[]): Patch => ({
  id: of[0]?.row.id ?? '',
  values: Object.fromEntries(of.map(({ field, value }) => [field.name, value])),
  base: Object.fromEntries(of.map(({ field, before }) => [field.name, before])),
});

const isAt = ({ problems, conflicts }: Refusal, name: string) =>
  conflicts.some(({ field }) => field === name) || problems.some(({ field }) => isAbout(field, name));

function refusedOf(change: Change, refusal: Refusal): Refused {
  const { name } = change.field;
  const conflict = refusal.conflicts.find(({ field }) => field === name);
  return { change, why: saidOf(refusal, name) ?? sentenceOf(refusal), ...(conflict && { conflict }) };
}
