import { t } from '@/lib/i18n/t';
import { Button } from './Button';
import { Dialog } from './Dialog';

type Props = { readonly open: boolean; readonly keep: () => void; readonly discard: () => void };

/** Asks whoever leaves what they have not saved. */
export function DiscardDialog({ open, keep, discard }: Props) {
  return (
    <Dialog
      open={open}
      close={keep}
      title={t('change.discard')}
      footer={
        <>
          <Button look="danger" onClick={discard}>
            {t('change.throwAway')}
          </Button>
          <Button look="primary" onClick={keep}>
            {t('change.keep')}
          </Button>
        </>
      }
    >
      {t('change.discardText')}
    </Dialog>
  );
}
