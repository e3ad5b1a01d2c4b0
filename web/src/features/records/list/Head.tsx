import PanelLeftOpen from 'lucide-react/icons/panel-left-open';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n/t';
import { prefer, preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { narrow, useMedia } from '@/lib/useMedia';
import { IconButton } from '@/ui/Button';
import styles from './Head.module.css';

type Props = { readonly title: string; readonly about?: ReactNode; readonly children?: ReactNode };

/** The upper end of a screen of many records: what they are, what is said of all of them, what can be done. */
export function Head({ title, about, children }: Props) {
  return (
    <header className={styles.head}>
      <ExpandSidebar />
      <h1 className={styles.title}>{title}</h1>
      {about}
      <span className={styles.space} />
      {children}
    </header>
  );
}

/** Brings the sidebar back, where it was folded away. */
export function ExpandSidebar() {
  const isNarrow = useMedia(narrow);
  const { sidebar } = useStore(preferences);
  if (isNarrow || sidebar) return null;
  return <IconButton label={t('nav.expand')} icon={PanelLeftOpen} keys="mod+b" onClick={() => prefer({ sidebar: true })} />;
}

/** What chooses among them and narrows them: beside each other, on a phone below each other. */
export const Tools = ({ children }: { readonly children: ReactNode }) => <div className={styles.tools}>{children}</div>;
