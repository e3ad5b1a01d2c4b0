import CloudOff from 'lucide-react/icons/cloud-off';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Skeleton } from '@/ui/Skeleton';
import styles from './Shell.module.css';

const rows = Array.from({ length: 12 }, (_, i) => 40 + ((i * 37) % 45));

/** The shape of the app before it is there. */
export function Starting() {
  return (
    <div className={styles.shell} aria-busy role="status" aria-label={t('loading')}>
      <div className={styles.side}>
        <div className={styles.sketch}>
          {rows.slice(0, 6).map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.sketch}>
          {rows.map((width) => (
            <Skeleton key={width} width={`${width}%`} height={14} />
          ))}
        </div>
      </div>
    </div>
  );
}

export function Failed({ again }: { readonly again: () => void }) {
  return (
    <EmptyState
      page
      icon={CloudOff}
      title={t('fail.start')}
      actions={
        <Button look="primary" onClick={again}>
          {t('retry')}
        </Button>
      }
    >
      {t('fail.startText')}
    </EmptyState>
  );
}
