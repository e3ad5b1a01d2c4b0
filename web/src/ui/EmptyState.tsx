import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

type Props = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** It is all there is of a page: its title is the page's. */
  readonly page?: boolean;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

/** What to do where there is nothing yet, or nothing any more. */
export function EmptyState({ icon: Icon, title, page, children, actions }: Props) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={20} aria-hidden />
      </span>
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.words}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
