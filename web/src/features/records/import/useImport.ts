import { useRef, useState } from 'react';
import { type Draft, type How, type ImportJob, isOver, readImport, refusedRows, sendImport, startImport } from '@/api/imports';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { usualHow } from './how';
import { fileOf, mostMended, type Rows, readRefused, stillRefused } from './refused';

const lookMs = 500;

/** Tells how far an import is until it has ended. */
export async function followImport(type: RecordType, begun: ImportJob, tell: (job: ImportJob) => void): Promise<ImportJob> {
  let job = begun;
  while (!isOver(job)) {
    tell(job);
    await new Promise((done) => setTimeout(done, lookMs));
    job = (await readImport(type, job.id)) ?? job;
  }
  return job;
}

/** The first rows that an import refused. */
export async function readRefusedRows(type: RecordType, job: ImportJob): Promise<Rows | undefined> {
  if (!job.failed) return undefined;
  const told = await refusedRows(type, job.id);
  if (!told) return undefined;
  const { headers, rows } = readRefused(told.text, told.isTable);
  return { headers, rows: rows.slice(0, mostMended) };
}

/** What trying came to: of the file, and of the rows of it that were mended since. */
export type Checked = { readonly job: ImportJob; readonly mended?: ImportJob; readonly rows: Rows | undefined };

export type Stage = 'choose' | 'sending' | 'mapping' | 'checking' | 'checked' | 'starting';

/** A file on its way to records: sent, mapped, tried, mended, started. */
export function useImport(type: RecordType, started: (ids: readonly string[]) => void) {
  const [stage, setStage] = useState<Stage>('choose');
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [file, setFile] = useState<File | undefined>();
  const [draft, setDraft] = useState<Draft | undefined>();
  const [how, setHow] = useState<How | undefined>();
  const [checked, setChecked] = useState<Checked | undefined>();
  const [progress, setProgress] = useState<ImportJob | undefined>();
  const used = useRef(new Set<string>());

  const back = (to: Stage, why?: Refusal) => {
    setRefusal(why);
    setStage(to);
    return undefined;
  };
  const choose = async (next: File) => {
    setFile(next);
    setChecked(undefined);
    back('sending');
    const sent = await sendImport(type, next, next.name);
    if (!sent.ok) return back('choose', sent.refusal);
    setDraft(sent.data);
    setHow(usualHow(type, sent.data));
    back('mapping');
  };
  // What was tried is used up: the file is sent again for the next time.
  const begin = async (source: Blob, name: string, dryRun: boolean, from: Stage): Promise<ImportJob | undefined> => {
    if (!how) return undefined;
    let id = source === file ? draft?.job.id : undefined;
    if (!id || used.current.has(id)) {
      const sent = await sendImport(type, source, name);
      if (!sent.ok) return back(from, sent.refusal);
      id = sent.data.job.id;
    }
    const begun = await startImport(type, id, how, dryRun);
    if (!begun.ok) return back(from, begun.refusal);
    used.current.add(id);
    return begun.data;
  };
  const tried = async (source: Blob, name: string, from: Stage) => {
    setProgress(undefined);
    back('checking');
    const begun = await begin(source, name, true, from);
    return begun && followImport(type, begun, setProgress);
  };
  const check = async () => {
    const job = file && (await tried(file, file.name, 'mapping'));
    if (!job) return;
    setChecked({ job, rows: await readRefusedRows(type, job) });
    back('checked');
  };
  const mend = (rows: Rows) => setChecked((now) => now && { ...now, rows });
  const checkMended = async () => {
    const { rows } = checked ?? {};
    const mended = rows && (await tried(fileOf(rows), mendedName, 'checked'));
    if (!rows || !mended) return;
    const refused = await readRefusedRows(type, mended);
    setChecked((now) => now && { ...now, mended, rows: stillRefused(rows, refused ?? { headers: rows.headers, rows: [] }) });
    back('checked');
  };
  const start = async () => {
    if (!file) return;
    back('starting');
    const job = await begin(file, file.name, false, 'checked');
    const mended =
      job && checked?.rows && (checked.mended || checked.rows.rows.some((row) => row.isTouched))
        ? await begin(fileOf(checked.rows), mendedName, false, 'checked')
        : undefined;
    if (job) started([job.id, ...(mended ? [mended.id] : [])]);
  };
  return {
    stage,
    refusal,
    file,
    draft,
    how,
    checked,
    progress,
    choose,
    setHow,
    check,
    mend,
    checkMended,
    start,
    again: (to: Stage) => back(to),
  };
}

export const mendedName = 'mended.csv';
