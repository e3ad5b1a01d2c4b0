import ArrowLeft from 'lucide-react/icons/arrow-left';
import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { RecordType } from '@/api/model';
import { manyOf } from '@/features/labels';
import { screenOf } from '@/features/records/screenOf';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Checked } from './Checked';
import { Choose } from './Choose';
import styles from './Import.module.css';
import { Mapping } from './Mapping';
import { mayImport } from './mayImport';
import { Report } from './Report';
import { useImport } from './useImport';

/** `/contacts/import`: records from a file, step by step. What has begun stands in the address, so that it is found again. */
export const ImportScreen = screenOf(OfType, mayImport);

const steps = ['file', 'columns', 'check', 'report'] as const;

function OfType({ type }: { readonly type: RecordType }) {
  const [, go] = useLocation();
  const ids = (new URLSearchParams(useSearch()).get('jobs') ?? '').split(',').filter(Boolean);
  const begun = (some: readonly string[]) => go(`/${type.plural}/import?jobs=${some.join(',')}`);
  useEffect(() => {
    document.title = `${t('import.of', { labels: manyOf(type) })} · CRM`;
  }, [type]);
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <IconButton label={t('record.toList', { labels: manyOf(type) })} icon={ArrowLeft} onClick={() => go(`/${type.plural}`)} />
        <h1>{t('import.of', { labels: manyOf(type) })}</h1>
      </header>
      <div className={styles.body}>
        {ids.length ? (
          <>
            <Steps at={3} />
            <Report type={type} ids={ids} add={(id) => begun([...ids, id])} />
          </>
        ) : (
          <Wizard type={type} begun={begun} />
        )}
      </div>
    </div>
  );
}

function Wizard({ type, begun }: { readonly type: RecordType; readonly begun: (ids: readonly string[]) => void }) {
  const one = useImport(type, begun);
  const { stage, refusal, draft, how, checked, progress } = one;
  const at = stage === 'choose' || stage === 'sending' ? 0 : stage === 'mapping' ? 1 : 2;
  const done = progress?.done ?? 0;
  return (
    <>
      <Steps at={at} />
      {at === 0 && (
        <Choose
          type={type}
          sending={stage === 'sending' ? one.file?.name : undefined}
          refusal={refusal}
          choose={(file) => void one.choose(file)}
        />
      )}
      {stage === 'mapping' && draft && how && (
        <Mapping
          type={type}
          draft={draft}
          how={how}
          refusal={refusal}
          set={one.setHow}
          check={() => void one.check()}
          another={() => one.again('choose')}
        />
      )}
      {(stage === 'checking' || stage === 'starting') && (
        <div role="status" aria-busy="true" className={cx(styles.part, styles.progress)}>
          <p>{stage === 'checking' ? t('import.trying') : t('import.starting')}</p>
          <progress aria-label={t('import.trying')} />
          {done > 0 && <p className={styles.faint}>{t('list.count', { count: done })}</p>}
        </div>
      )}
      {stage === 'checked' && how && checked && (
        <Checked
          type={type}
          how={how}
          checked={checked}
          refusal={refusal}
          mend={one.mend}
          again={() => void one.checkMended()}
          start={() => void one.start()}
          back={() => one.again('mapping')}
        />
      )}
    </>
  );
}

const Steps = ({ at }: { readonly at: number }) => (
  <ol className={styles.steps} aria-label={t('import.steps')}>
    {steps.map((step, i) => (
      <li key={step} aria-current={i === at ? 'step' : undefined} className={cx(i < at && styles.past)}>
        <span aria-hidden>{i + 1}</span> {t(`import.${step}`)}
      </li>
    ))}
  </ol>
);
