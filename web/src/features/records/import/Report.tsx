import Ban from 'lucide-react/icons/ban';
import Undo2 from 'lucide-react/icons/undo-2';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type How, type ImportJob, isOver, readImport, sendImport, startImport } from '@/api/imports';
import { cancelJob } from '@/api/jobs';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { toast } from '@/ui/toasts';
import { takeBack } from '../change';
import { FetchRefused } from './Checked';
import styles from './Import.module.css';
import { Mend } from './Mend';
import { fileOf, type Rows } from './refused';
import { totalOf } from './total';
import { followImport, mendedName, readRefusedRows } from './useImport';

type Props = { readonly type: RecordType; readonly ids: readonly string[]; readonly add: (id: string) => void };

/** How far an import is, what came of it, and the way back. What was refused can be put right here and sent after it. */
export function Report({ type, ids, add }: Props) {
  const { jobs, rows, setRows, isGone } = useJobs(type, ids);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [busy, setBusy] = useState(false);
  const last = jobs.at(-1);
  if (isGone)
    return (
      <EmptyState icon={Ban} title={t('import.gone')}>
        {t('import.goneText')}
      </EmptyState>
    );
  if (!last || jobs.length < ids.length) return <p className={styles.part} aria-busy="true" />;
  const underWay = jobs.find((job) => !isOver(job));
  if (underWay) return <UnderWay type={type} job={underWay} />;
  const counts = totalOf(jobs);
  const broken = jobs.find((job) => job.state !== 'done');
  const sendMended = async () => {
    if (!rows) return;
    setBusy(true);
    setRefusal(undefined);
    const sent = await sendImport(type, fileOf(rows), mendedName);
    const begun = sent.ok ? await startImport(type, sent.data.job.id, howOf(last), false) : sent;
    setBusy(false);
    if (begun.ok) add(begun.data.id);
    else setRefusal(begun.refusal);
  };
  return (
    <section className={styles.part}>
      <div role="status">
        <h2 className={styles.heading}>
          {broken ? (broken.state === 'cancelled' ? t('import.cancelled') : t('import.failed')) : t('import.done')}
        </h2>
        {broken?.problem && <p className={styles.problem}>{broken.problem.detail}</p>}
        <ul className={styles.counts}>
          <li>{t('import.changed', { count: counts.changed })}</li>
          {counts.stayed > 0 && <li>{t('import.stayed', { count: counts.stayed })}</li>}
          {counts.failed > 0 && <li className={styles.problem}>{t('import.refused', { count: counts.failed })}</li>}
        </ul>
      </div>
      {rows && rows.rows.length > 0 && (
        <>
          <h2 className={styles.heading}>{t('import.mend')}</h2>
          <Mend type={type} mapping={howOf(last).mapping} rows={rows} set={setRows} />
          {refusal && (
            <p className={styles.problem} role="alert">
              {sentenceOf(refusal)}
            </p>
          )}
          <div className={styles.buttons}>
            <Button disabled={busy || !rows.rows.some((row) => row.isTouched)} onClick={() => void sendMended()}>
              {t('import.startMended')}
            </Button>
            <FetchRefused type={type} job={last} />
          </div>
        </>
      )}
      <footer className={styles.footer}>
        {counts.changed > 0 && <Revert jobs={jobs} />}
        <Link href={`/${type.plural}/import`} className={styles.link}>
          {t('import.more')}
        </Link>
        {counts.changed > 0 && <Look type={type} jobs={jobs} />}
      </footer>
    </section>
  );
}

const howOf = (job: ImportJob): How => (job.request as { how: How }).how;

function UnderWay({ type, job }: { readonly type: RecordType; readonly job: ImportJob }) {
  const stop = async () => {
    const refusal = await cancelJob(type, job.id);
    if (refusal) toast({ text: sentenceOf(refusal), bad: true });
  };
  return (
    <section className={styles.part}>
      <div role="status" className={styles.progress}>
        <p>{t('import.running')}</p>
        <progress aria-label={t('import.running')} {...(job.total && { max: job.total, value: job.done ?? 0 })} />
        <p className={styles.faint}>
          {t('list.count', { count: job.done ?? 0 })} · {t('import.leave')}
        </p>
      </div>
      <footer className={styles.footer}>
        <Button icon={Ban} onClick={() => void stop()}>
          {t('import.stop')}
        </Button>
      </footer>
    </section>
  );
}

function Revert({ jobs }: { readonly jobs: readonly ImportJob[] }) {
  const [state, setState] = useState<'there' | 'busy' | 'gone'>('there');
  return (
    <Button
      icon={Undo2}
      disabled={state !== 'there'}
      onClick={async () => {
        setState('busy');
        setState((await takeBack(jobs.filter((job) => job.changed).map((job) => job.operation))) ? 'gone' : 'there');
      }}
    >
      {state === 'gone' ? t('undone') : t('import.revert')}
    </Button>
  );
}

/** The records that changed while the import ran: those it entered and changed. */
function Look({ type, jobs }: { readonly type: RecordType; readonly jobs: readonly ImportJob[] }) {
  const [, go] = useLocation();
  const from = jobs.map((job) => job.startedAt ?? '').sort()[0];
  const to = jobs
    .map((job) => job.endedAt ?? '')
    .sort()
    .at(-1);
  const query = new URLSearchParams({ view: 'all', filter: `updatedAt between ${from} and ${to}` });
  return (
    <Button look="primary" onClick={() => go(`/${type.plural}?${query}`)}>
      {t('import.look')}
    </Button>
  );
}

function useJobs(type: RecordType, ids: readonly string[]) {
  const [known, setKnown] = useState<Readonly<Record<string, ImportJob>>>({});
  const [isGone, setGone] = useState(false);
  const [rows, setRows] = useState<Rows | undefined>();
  const asked = ids.join();
  useEffect(() => {
    let current = true;
    const tell = (job: ImportJob) => current && setKnown((now) => ({ ...now, [job.id]: job }));
    setRows(undefined);
    void (async () => {
      let last: ImportJob | undefined;
      for (const id of asked.split(',')) {
        const begun = await readImport(type, id);
        if (begun === null) return current && setGone(true);
        if (!begun || !current) return;
        tell(begun);
        last = await followImport(type, begun, tell);
        tell(last);
      }
      const refused = last && (await readRefusedRows(type, last));
      if (current) setRows(refused);
    })();
    return () => {
      current = false;
    };
  }, [type, asked]);
  const jobs = ids.flatMap((id) => known[id] ?? []);
  return { jobs, rows, setRows, isGone };
}
