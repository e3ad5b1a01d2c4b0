import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import { type ReactNode, type RefObject, useRef } from 'react';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { IconButton } from './Button';
import styles from './Dialog.module.css';

type Props = {
  readonly open: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly hideTitle?: boolean;
  readonly description?: string;
  /** In the middle, wide, at the right edge, or at the left one. */
  readonly place?: 'middle' | 'wide' | 'top' | 'right' | 'left';
  /** What is to do, at the lower end. */
  readonly footer?: ReactNode;
  readonly actions?: ReactNode;
  readonly focus?: RefObject<HTMLElement | null>;
  /** A panel beside which the page stays in use. */
  readonly beside?: boolean;
  readonly children: ReactNode;
};

/** Asks for something before anything else goes on; as a panel, beside the page. */
export function Dialog({ open, close, title, hideTitle, description, place = 'middle', footer, actions, focus, beside, children }: Props) {
  const body = useRef<HTMLDivElement>(null);
  // Whoever opens it enters something, or reads: the button that closes it comes last, also where all else is still to come.
  const first = () =>
    body.current?.querySelector<HTMLElement>('input:not([aria-hidden]), textarea, button, a, [tabindex="0"]') ?? body.current;
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && close()} modal={!beside} disablePointerDismissal={beside ?? false}>
      <Base.Portal>
        {!beside && <Base.Backdrop className={styles.backdrop} />}
        <Base.Popup className={cx(styles.popup, styles[place])} data-place={place} initialFocus={focus ?? first}>
          <header className={cx(styles.header, hideTitle && 'unseen')}>
            <div className={styles.titles}>
              <Base.Title className={styles.title}>{title}</Base.Title>
              {description && <Base.Description className={styles.description}>{description}</Base.Description>}
            </div>
            {actions}
            {!hideTitle && <IconButton label={t('close')} icon={X} keys="escape" onClick={close} />}
          </header>
          <div ref={body} tabIndex={-1} className={styles.body}>
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
