import CloudOff from 'lucide-react/icons/cloud-off';
import { useSyncExternalStore } from 'react';
import { line } from '@/api/client';
import { t } from '@/lib/i18n/t';
import { useStore } from '@/lib/store';
import styles from './Shell.module.css';

function listen(changed: () => void) {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Says that nothing reaches the server. */
export function LineBanner() {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  const state = useStore(line);
  if (online && state === 'up') return <div role="status" className="unseen" />;
  return (
    <div role="status" className={styles.banner}>
      <CloudOff size={15} aria-hidden />
      {online ? t('fail.server') : t('fail.offline')}
    </div>
  );
}
