import { t } from '@/lib/i18n/t';
import { Dialog } from '@/ui/Dialog';
import styles from './BottomBar.module.css';
import { Places } from './Sidebar';
import { YouMenu } from './YouMenu';

/** Everywhere there is to go, on a phone. */
export function PlacesPanel({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  return (
    <Dialog open={open} close={close} title={t('nav.menu')} place="left">
      <div className={styles.you}>
        <YouMenu />
      </div>
      <Places chosen={close} />
    </Dialog>
  );
}
