import ChevronLeft from 'lucide-react/icons/chevron-left';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import styles from './Page.module.css';

type Props = {
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
  /** Where it belongs to; on a phone the list of all pages where nothing is said. */
  readonly up?: { readonly href: string; readonly label: string };
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** A page of the settings: what it is, what can be done, and what there is. */
export function Page({ title, text, actions, up, wide, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${t('nav.settings')}`;
  }, [title]);
  const back = up ?? { href: '/settings', label: t('nav.settings') };
  return (
    <article className={cx(styles.page, wide && styles.wide)}>
      <Link href={back.href} className={cx(styles.up, !up && styles.onPhone)}>
        <ChevronLeft size={15} aria-hidden />
        {back.label}
      </Link>
      <header className={styles.header}>
        <div className={styles.titles}>
          <h1 className={styles.title}>{title}</h1>
          {text && <p className={styles.text}>{text}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </article>
  );
}

type SectionProps = { readonly title?: string; readonly text?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode };

export const Section = ({ title, text, actions, children }: SectionProps) => (
  <section className={styles.section} aria-label={title}>
    {(title || actions) && (
      <header className={styles.sectionHeader}>
        <div className={styles.titles}>
          {title && <h2 className={styles.sectionTitle}>{title}</h2>}
          {text && <p className={styles.text}>{text}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
    )}
    {children}
  </section>
);

/** Something was not answered, with another try. */
export const NotRead = ({ refusal, again }: { readonly refusal: Refusal; readonly again: () => void }) => (
  <div className={styles.refused} role="alert">
    <p>{sentenceOf(refusal)}</p>
    <Button small onClick={again}>
      {t('retry')}
    </Button>
  </div>
);

export const Sketch = () => (
  <div className={styles.sketch} aria-busy>
    {[62, 48, 70, 54].map((width) => (
      <Skeleton key={width} width={`${width}%`} height={14} />
    ))}
  </div>
);

export const Nothing = ({ children, actions }: { readonly children: ReactNode; readonly actions?: ReactNode }) => (
  <div className={styles.nothing}>
    <p>{children}</p>
    {actions}
  </div>
);
