import Download from 'lucide-react/icons/download';
import { download } from '@/api/files';
import type { How, ImportJob } from '@/api/imports';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import styles from './Import.module.css';
import { Mend } from './Mend';
import { mostMended, type Rows } from './refused';
import { totalOf } from './total';
import type { Checked as Tried } from './useImport';

type Props = {
  readonly type: RecordType;
  readonly how: How;
  readonly checked: Tried;
  readonly refusal: Refusal | undefined;
  readonly mend: (rows: Rows) => void;
  readonly again: () => void;
  readonly start: () => void;
  readonly back: () => void;
};

/** What would come of the import: how many rows, which ones are refused, and the chance to put them right. */
export function Checked({ type, how, checked, refusal, mend, again, start, back }: Props) {
  const { job, mended, rows } = checked;
  const { changed, stayed, failed } = totalOf(mended ? [job, mended] : [job]);
  const isTouched = rows?.rows.some((row) => row.isTouched) ?? false;
  const isBroken = job.state !== 'done';
  return (
    <section className={styles.part}>
      <div role="status">
        <ul className={styles.counts}>
          <li>{t('import.wouldChange', { count: changed })}</li>
          {stayed > 0 && <li>{t('import.wouldStay', { count: stayed })}</li>}
          {failed > 0 && <li className={styles.problem}>{t('import.wouldFail', { count: failed })}</li>}
        </ul>
        <p className={styles.faint}>{t('import.nothingKept')}</p>
      </div>
      {isBroken && (
        <p className={styles.problem} role="alert">
          {job.problem?.detail ?? t('import.failed')}
        </p>
      )}
      {rows && rows.rows.length > 0 && (
        <>
          <h2 className={styles.heading}>{t('import.mend')}</h2>
          <p className={styles.faint}>
            {t('import.mendText')} {(job.failed ?? 0) > mostMended && t('import.mendFirst', { count: mostMended })}
          </p>
          <Mend type={type} mapping={how.mapping} rows={rows} set={mend} />
          <div className={styles.buttons}>
            <Button disabled={!isTouched} onClick={again}>
              {t('import.tryAgain')}
            </Button>
            <FetchRefused type={type} job={job} />
          </div>
        </>
      )}
      {refusal && (
        <p className={styles.problem} role="alert">
          {sentenceOf(refusal)}
        </p>
      )}
      <footer className={styles.footer}>
        <Button onClick={back}>{t('import.back')}</Button>
        <Button look="primary" disabled={(changed === 0 && !isTouched) || isBroken} onClick={start}>
          {isTouched ? t('import.title') : t('import.start', { count: changed })}
        </Button>
      </footer>
    </section>
  );
}

export function FetchRefused({ type, job }: { readonly type: RecordType; readonly job: ImportJob }) {
  const fetchRows = async () => {
    const outcome = await download(`/${type.plural}/imports/${job.id}/errors`, `${type.plural}-refused.csv`);
    if (outcome === 'refused') toast({ text: t('fail.failed'), bad: true });
  };
  return (
    <Button icon={Download} look="quiet" onClick={() => void fetchRows()}>
      {t('import.download')}
    </Button>
  );
}
