import { Toast } from '@base-ui/react/toast';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n/t';
import styles from './Toasts.module.css';
import { toasts } from './toasts';

/** Where toasts are shown. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((one) => (
    <Toast.Root key={one.id} toast={one} className={styles.toast} swipeDirection={['down', 'right']}>
      <Toast.Content className={styles.content}>
        <div className={styles.words}>
          <Toast.Title className={styles.title} render={<p />} />
          <Toast.Description className={styles.detail} />
        </div>
        <Toast.Action className={styles.action} />
        <Toast.Close className={styles.close} aria-label={t('close')}>
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
