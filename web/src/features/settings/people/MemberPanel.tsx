import Send from 'lucide-react/icons/send';
import UserX from 'lucide-react/icons/user-x';
import { useState } from 'react';
import type { RecordType } from '@/api/model';
import { runSlice } from '@/api/slices';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { toast } from '@/ui/toasts';
import { Confirm } from '../frame/Confirm';
import { someOf } from '../frame/inputs';
import type { Editors } from '../frame/SetUpFields';
import { SetUpPanel } from '../frame/SetUpPanel';
import { usePosted } from '../frame/usePosted';
import { personal } from './editors';
import type { Team, User } from './user';

type Props = {
  readonly type: RecordType;
  readonly user: User | undefined;
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  readonly roles: readonly { readonly value: string; readonly label: string; readonly text?: string }[];
  readonly close: () => void;
  readonly changed: () => void;
};

/** Somebody is brought in, changed, asked again, or let go. */
export function MemberPanel({ type, user, users, teams, roles, close, changed }: Props) {
  const [leaves, setLeaves] = useState(false);
  const editors: Editors = {
    ...personal,
    roles: someOf(t('set.roles'), roles),
    teams: someOf(
      t('set.teams'),
      teams.map((team) => ({ value: team.id, label: team.name })),
    ),
  };
  const invite = async () => {
    if (!user) return;
    const answer = await runSlice('inviteUser', user.id, undefined, crypto.randomUUID());
    toast(answer.ok ? { text: t('set.invited', { name: user.name }) } : { text: sentenceOf(answer.refusal), bad: true });
    if (answer.ok) {
      changed();
      close();
    }
  };
  return (
    <>
      <SetUpPanel
        type={type}
        record={user}
        title={user ? user.name : t('set.inviteSomebody')}
        fields={user ? [...first, ...later] : first}
        editors={editors}
        help={{ ...(teams.length > 0 && { teams: t('set.mainTeam') }), ...(!user && { email: t('set.inviteHelp') }) }}
        saveLabel={user ? undefined : t('set.invite')}
        close={close}
        changed={changed}
        extra={
          user && (
            <>
              {user.status !== 'deactivated' && (
                <Button look="danger" icon={UserX} onClick={() => setLeaves(true)}>
                  {t('set.deactivate')}
                </Button>
              )}
              {user.status !== 'active' && (
                <Button icon={Send} onClick={() => void invite()}>
                  {t('set.inviteAgain')}
                </Button>
              )}
            </>
          )
        }
      />
      {leaves && user && (
        <Deactivate
          user={user}
          heirs={users.filter((one) => one.status === 'active' && one.id !== user.id)}
          close={() => setLeaves(false)}
          done={(operation) => {
            tellDone(t('set.deactivated', { name: user.name }), operation, changed);
            changed();
            close();
          }}
        />
      )}
    </>
  );
}

const first = ['name', 'email', 'jobTitle', 'roles', 'teams'];
const later = ['locale', 'timeZone', 'workingHours', 'absentFrom', 'absentUntil'];

type LeaveProps = {
  readonly user: User;
  readonly heirs: readonly User[];
  readonly close: () => void;
  readonly done: (operation: string | null) => void;
};

function Deactivate({ user, heirs, close, done }: LeaveProps) {
  const [heir, setHeir] = useState<string | null>(null);
  const { busy, refusal, send } = usePosted();
  const run = async () => {
    const answer = await send(runSlice('deactivateUser', user.id, { handOverTo: heir }, crypto.randomUUID()));
    if (answer) done(answer.operation);
  };
  return (
    <Confirm
      title={t('set.deactivateTitle', { name: user.name })}
      label={t('set.deactivate')}
      close={close}
      run={() => void run()}
      busy={busy}
      refusal={refusal}
    >
      <p>{t('set.deactivateText')}</p>
      <div style={{ marginTop: 16 }}>
        <Select
          label={t('set.heir')}
          none={t('set.noHeir')}
          value={heir}
          options={heirs.map((one) => ({ value: one.id, label: t('set.heirIs', { name: one.name }) }))}
          choose={setHeir}
        />
      </div>
    </Confirm>
  );
}
