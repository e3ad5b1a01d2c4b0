import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

type Props = { readonly icon: LucideIcon; readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode };

/** What to do where there is nothing yet, or nothing any more. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={20} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.words}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
