import { useState } from 'react';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import type { Stage } from '../stages';
import { LinesField } from './StageFields';

type Props = {
  readonly from: Stage;
  readonly to: Stage;
  readonly roles: readonly string[];
  readonly set: (roles: readonly string[]) => void;
  readonly close: () => void;
};

/** For whom a move is: everybody, or some roles. */
export function WhoMoves({ from, to, roles, set, close }: Props) {
  const [named, name] = useState(roles);
  return (
    <Dialog
      open
      close={close}
      title={t('pipe.whoMoves', { from: from.name, to: to.name })}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button
            look="primary"
            onClick={() => {
              set(named);
              close();
            }}
          >
            {t('pipe.take')}
          </Button>
        </>
      }
    >
      <LinesField label={t('set.roles')} help={t('pipe.rolesHelp')} value={named} set={name} error={null} />
    </Dialog>
  );
}
