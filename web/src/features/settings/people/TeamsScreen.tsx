import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users';
import { useState } from 'react';
import { useDoorList } from '@/api/doors';
import { useModel } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { DeleteDialog } from '../frame/DeleteDialog';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { SetUpPanel } from '../frame/SetUpPanel';
import { Table } from '../frame/Table';
import styles from './TeamsScreen.module.css';
import type { Team, User } from './user';

/** Who works together, team below team: what a team sees, the teams above it see. */
export function TeamsScreen() {
  const type = useModel().byPlural('teams');
  const { data, refusal, again } = useDoorList<Team>('/teams', { sort: 'name' });
  const users = useDoorList<User>('/users');
  const [open, setOpen] = useState<Team | 'new' | undefined>();
  const [deletes, setDeletes] = useState<Team | undefined>();
  if (!type) return null;
  const person = (id: string | null | undefined) => users.data?.find((user) => user.id === id)?.name ?? '';
  return (
    <Page
      title={t('set.teams')}
      text={t('set.teamsText')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
          {t('set.newTeam')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t('set.noTeams')}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={t('set.teams')}
          first={t('set.team')}
          columns={[
            { label: t('set.lead'), wideOnly: true },
            { label: t('set.people'), numeric: true },
          ]}
          rows={inTree(data).map(({ team, depth }) => ({
            key: team.id,
            title: team.name,
            icon: (
              <span className={styles.icon} style={{ paddingInlineStart: depth * 20 }}>
                {depth > 0 && <CornerDownRight size={14} aria-hidden />}
                <Users size={16} aria-hidden />
              </span>
            ),
            open: () => setOpen(team),
            cells: [
              person(team.leadId),
              users.data?.filter((user) => user.status !== 'deactivated' && user.teams.includes(team.id)).length ?? '',
            ],
          }))}
        />
      )}
      {open && (
        <SetUpPanel
          key={open === 'new' ? 'new' : open.id}
          type={type}
          record={open === 'new' ? undefined : open}
          title={open === 'new' ? t('set.newTeam') : open.name}
          fields={['name', 'parentId', 'leadId']}
          close={() => setOpen(undefined)}
          changed={again}
          extra={
            open !== 'new' && (
              <Button look="danger" icon={Trash2} onClick={() => setDeletes(open)}>
                {t('delete')}
              </Button>
            )
          }
        />
      )}
      {deletes && (
        <DeleteDialog
          at={`/teams/${deletes.id}`}
          label={deletes.name}
          close={() => setDeletes(undefined)}
          done={(operation) => {
            setDeletes(undefined);
            setOpen(undefined);
            tellDone(t('change.deleted', { title: deletes.name }), operation, again);
            again();
          }}
        >
          {t('set.deleteTeamText')}
        </DeleteDialog>
      )}
    </Page>
  );
}

/** Teams in the order of their tree, each with how far below it is. */
export function inTree(teams: readonly Team[]): { team: Team; depth: number }[] {
  const known = new Set(teams.map((team) => team.id));
  const below = (parent: string | null, depth: number): { team: Team; depth: number }[] =>
    teams
      .filter((team) => (team.parentId && known.has(team.parentId) ? team.parentId : null) === parent)
      .flatMap((team) => [{ team, depth }, ...below(team.id, depth + 1)]);
  return below(null, 0);
}
