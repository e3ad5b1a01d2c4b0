import type { ReactNode } from 'react';
import type { Refusal } from '@/api/problems';
import { Problems } from '@/features/Problems';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';

type Props = {
  readonly title: string;
  readonly label: string;
  readonly close: () => void;
  readonly run: () => void;
  readonly busy?: boolean;
  readonly refusal?: Refusal;
  readonly children: ReactNode;
};

/** Asks before something that is hard to take back. */
export const Confirm = ({ title, label, close, run, busy, refusal, children }: Props) => (
  <Dialog
    open
    close={close}
    title={title}
    footer={
      <>
        <Button onClick={close}>{t('cancel')}</Button>
        <Button look="danger" disabled={busy} onClick={run}>
          {label}
        </Button>
      </>
    }
  >
    <Problems refusal={refusal} />
    {children}
  </Dialog>
);
