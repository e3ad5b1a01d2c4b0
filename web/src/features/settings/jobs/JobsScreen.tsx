import Ban from 'lucide-react/icons/ban';
import Download from 'lucide-react/icons/download';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Undo2 from 'lucide-react/icons/undo-2';
import { useState } from 'react';
import { download } from '@/api/files';
import { cancelJob } from '@/api/jobs';
import { manyOf } from '@/features/labels';
import { takeBack } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { toast } from '@/ui/toasts';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import styles from './JobsScreen.module.css';
import { type Found, isOver, saidBy, tones, useJobs } from './job';

/** What is done in the background: how far it is, what was refused, and the way back. */
export function JobsScreen() {
  const { found, refusal, again } = useJobs();
  const [chosen, choose] = useState<string | undefined>();
  const open = found?.find(({ job }) => job.id === chosen);
  return (
    <Page
      title={t('set.jobs')}
      text={t('set.jobsText')}
      wide
      actions={
        <Button icon={RefreshCw} onClick={again}>
          {t('set.lookAgain')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!found && !refusal && <Sketch />}
      {found?.length === 0 && <Nothing>{t('set.noJobs')}</Nothing>}
      {found && found.length > 0 && (
        <Table
          label={t('set.jobs')}
          first={t('set.job')}
          columns={[{ label: t('set.progress') }, { label: t('set.who'), wideOnly: true }, { label: t('set.when'), wideOnly: true }]}
          rows={found.map(({ type, job }) => ({
            key: job.id,
            title: spokenName(job.kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())),
            detail: manyOf(type),
            open: () => choose(job.id),
            cells: [
              <Progress key="progress" of={{ type, job }} />,
              job.by.name ?? job.by.kind,
              <time key="at" dateTime={job.createdAt} title={formatInstant(job.createdAt)}>
                {formatAgo(job.createdAt)}
              </time>,
            ],
          }))}
        />
      )}
      {open && <JobPanel of={open} close={() => choose(undefined)} changed={again} />}
    </Page>
  );
}

function Progress({ of: { job } }: { readonly of: Found }) {
  const total = job.total ?? 0;
  return (
    <span className={styles.progress}>
      <Badge tone={tones[job.state] ?? 'neutral'}>{t(`set.job.${job.state}`)}</Badge>
      {total > 0 && !isOver(job) && <progress className={styles.bar} max={total} value={job.done} aria-label={t('set.progress')} />}
      <span className={styles.counts}>
        {[
          total > 0 ? t('bulk.progress', { done: job.done, total }) : isOver(job) && t('set.jobChanged', { count: job.changed }),
          job.failed > 0 && t('set.refusedCount', { count: job.failed }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  );
}

type PanelProps = { readonly of: Found; readonly close: () => void; readonly changed: () => void };

function JobPanel({ of, close, changed }: PanelProps) {
  const { type, job } = of;
  const cancel = async () => {
    const refusal = await cancelJob(type, job.id);
    toast(refusal ? { text: sentenceOf(refusal), bad: true } : { text: t('set.isCancelled') });
    changed();
  };
  const fetchRefused = async () => {
    const outcome = await download(`/${type.plural}/imports/${job.id}/errors`, `${type.plural}-refused.csv`);
    if (outcome === 'refused') toast({ text: t('fail.failed'), bad: true });
  };
  return (
    <Dialog
      open
      close={close}
      place="right"
      title={spokenName(job.kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))}
      description={`${manyOf(type)} · ${formatInstant(job.createdAt)}`}
      footer={
        <>
          {job.kind === 'import' && job.failed > 0 && (
            <Button icon={Download} onClick={() => void fetchRefused()}>
              {t('set.refusedRows')}
            </Button>
          )}
          {!isOver(job) && (
            <Button look="danger" icon={Ban} onClick={() => void cancel()}>
              {t('cancel')}
            </Button>
          )}
          {isOver(job) && job.changed > 0 && (
            <Button icon={Undo2} onClick={() => void takeBack(job.operation, changed)}>
              {t('set.undoJob')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.facts}>
        <Progress of={of} />
        {Boolean(job.total) && <p>{t('set.jobChanged', { count: job.changed })}</p>}
        {job.problem && <p className={styles.problem}>{saidBy(job.problem)}</p>}
      </div>
      {job.errors.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('set.whatWasRefused')}</h3>
          <ul className={styles.errors}>
            {job.errors.map((error, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what was refused is listed once.
              <li key={i}>
                <span>{error.row ? t('set.row', { count: error.row }) : error.of}</span> {saidBy(error.problem)}
              </li>
            ))}
          </ul>
        </>
      )}
      {job.request && (
        <>
          <h3 className={styles.heading}>{t('set.whatWasAsked')}</h3>
          <pre className={styles.request}>{JSON.stringify(job.request, null, 2)}</pre>
        </>
      )}
    </Dialog>
  );
}
