import UserPlus from 'lucide-react/icons/user-plus';
import { useState } from 'react';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { choiceLabel } from '@/features/labels';
import { formatDate } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Avatar } from '@/ui/Avatar';
import { Badge, type Tone } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { TextInput } from '@/ui/Field';
import { Badges } from '../frame/Badges';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { useOpened } from '../frame/useOpened';
import { MemberPanel } from './MemberPanel';
import { type Team, type User, useRoleOptions } from './user';

const tones: Readonly<Record<User['status'], Tone>> = { active: 'success', invited: 'warn', deactivated: 'neutral' };

/** The people of the company: who is there, with which roles and in which teams. */
export function MembersScreen() {
  const type = useModel().byPlural('users');
  return type ? <Members type={type} /> : null;
}

function Members({ type }: { readonly type: RecordType }) {
  const { data: all, refusal, again } = useAll(type, { sort: 'name', columns: everything(type) });
  const data = all as readonly User[] | undefined;
  const teams = useAll(useModel().byPlural('teams'), { sort: 'name', columns: ['name'] }).data as readonly Team[] | undefined;
  const roles = useRoleOptions();
  const { record: opened, isOpen, key, open, close } = useOpened(data);
  const [words, setWords] = useState('');
  const status = type.field('status');
  const wanted = words.trim().toLowerCase();
  const found = data?.filter((user) => `${user.name} ${user.email} ${user.roles.join(' ')}`.toLowerCase().includes(wanted));
  const roleName = (name: string) => roles.find((role) => role.value === name)?.label ?? name;
  const teamName = (id: string) => teams?.find((team) => team.id === id)?.name ?? '';
  const today = new Date().toISOString().slice(0, 10);
  const isAway = (user: User) => user.absentFrom && user.absentFrom <= today && (!user.absentUntil || user.absentUntil >= today);
  return (
    <Page
      title={t('set.members')}
      text={t('set.membersText')}
      wide
      actions={
        <Button look="primary" icon={UserPlus} onClick={() => open('new')}>
          {t('set.invite')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!found && !refusal && <Sketch />}
      {found && (
        <>
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            style={{ maxWidth: 320, marginBottom: 12 }}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
          {found.length ? (
            <Table
              label={t('set.members')}
              first={t('set.person')}
              columns={[{ label: t('set.status') }, { label: t('set.roles'), wideOnly: true }, { label: t('set.teams'), wideOnly: true }]}
              rows={found.map((user) => ({
                key: user.id,
                title: user.name,
                detail: user.email,
                icon: <Avatar name={user.name} of={user.id} />,
                open: () => open(user),
                faint: user.status === 'deactivated',
                cells: [
                  <Badges key="status">
                    <Badge tone={tones[user.status]}>{status ? choiceLabel(type, status, user.status) : user.status}</Badge>
                    {isAway(user) && (
                      <Badge>{user.absentUntil ? t('set.awayUntil', { day: formatDate(user.absentUntil) }) : t('set.away')}</Badge>
                    )}
                  </Badges>,
                  <Badges key="roles">
                    {user.roles.map((role) => (
                      <Badge key={role}>{roleName(role)}</Badge>
                    ))}
                  </Badges>,
                  user.teams.map(teamName).filter(Boolean).join(', '),
                ],
              }))}
            />
          ) : (
            <Nothing>{t('nothingFound')}</Nothing>
          )}
        </>
      )}
      {isOpen && data && (
        <MemberPanel key={key} type={type} user={opened} users={data} teams={teams ?? []} roles={roles} close={close} changed={again} />
      )}
    </Page>
  );
}
