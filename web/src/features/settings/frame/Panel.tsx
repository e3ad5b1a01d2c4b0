import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Refusal } from '@/api/problems';
import { Problems } from '@/features/Problems';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { DiscardDialog } from '@/ui/DiscardDialog';
import styles from './Panel.module.css';

type Props = {
  readonly title: string;
  readonly description?: string;
  readonly close: () => void;
  /** What was entered is lost by closing: it is asked first. */
  readonly isDirty: boolean;
  readonly busy?: boolean;
  readonly save?: () => void;
  readonly saveLabel?: string;
  readonly refusal?: Refusal;
  /** The fields that say themselves what is wrong with them. */
  readonly shown?: readonly string[];
  /** What else can be done with it, at the lower left. */
  readonly extra?: ReactNode;
  readonly place?: 'right' | 'middle' | 'wide';
  readonly children: ReactNode;
};

/** Something of the settings is entered or changed beside its list. Nothing that was typed is lost unasked. */
export function Panel({
  title,
  description,
  close,
  isDirty,
  busy,
  save,
  saveLabel,
  refusal,
  shown,
  extra,
  place = 'right',
  children,
}: Props) {
  const form = useId();
  const [asks, setAsks] = useState(false);
  const fields = useRef<HTMLFormElement>(null);
  // Whoever was refused goes on where it was.
  useEffect(() => {
    if (refusal) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    save?.();
  };
  return (
    <>
      <Dialog
        open
        close={() => (isDirty ? setAsks(true) : close())}
        title={title}
        description={description}
        place={place}
        footer={
          save || extra ? (
            <>
              {extra && <span className={styles.extra}>{extra}</span>}
              {save && (
                <Button look="primary" type="submit" form={form} disabled={busy}>
                  {saveLabel ?? t('save')}
                </Button>
              )}
            </>
          ) : undefined
        }
      >
        <form id={form} ref={fields} noValidate className={styles.form} onSubmit={onSubmit}>
          <Problems refusal={refusal} shown={shown} />
          {children}
        </form>
      </Dialog>
      <DiscardDialog open={asks} keep={() => setAsks(false)} discard={close} />
    </>
  );
}

type LineProps = { readonly label: string; readonly help?: string; readonly children: (id: string) => ReactNode };

/** A switch or a box, with what it does beside it. */
export function Line({ label, help, children }: LineProps) {
  const id = useId();
  return (
    <div className={styles.line}>
      <div>
        <label htmlFor={id}>{label}</label>
        {help && <p className={styles.help}>{help}</p>}
      </div>
      {children(id)}
    </div>
  );
}
