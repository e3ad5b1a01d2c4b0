import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users';
import { useState } from 'react';
import { deleteRecord } from '@/api/changes';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { DeleteDialog } from '../frame/DeleteDialog';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { SetUpPanel } from '../frame/SetUpPanel';
import { Table } from '../frame/Table';
import { useOpened } from '../frame/useOpened';
import styles from './TeamsScreen.module.css';
import { type Team, useUsers } from './user';

/** Who works together, team below team: what a team sees, the teams above it see. */
export function TeamsScreen() {
  const type = useModel().byPlural('teams');
  return type ? <Teams type={type} /> : null;
}

function Teams({ type }: { readonly type: RecordType }) {
  const model = useModel();
  const { data: all, refusal, again } = useAll(type, { sort: 'name', columns: everything(type) });
  const data = all as readonly Team[] | undefined;
  const users = useUsers();
  const { record: opened, isOpen, key, open, close } = useOpened(data);
  const [deletes, setDeletes] = useState<Team | undefined>();
  const person = (id: string | null | undefined) => users?.find((user) => user.id === id)?.name ?? '';
  return (
    <Page
      title={t('set.teams')}
      text={t('set.teamsText')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => open('new')}>
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
            open: () => open(team),
            cells: [
              person(team.leadId),
              users?.filter((user) => user.status !== 'deactivated' && user.teams.includes(team.id)).length ?? '',
            ],
          }))}
        />
      )}
      {isOpen && (
        <SetUpPanel
          key={key}
          type={type}
          record={opened}
          title={opened?.name ?? t('set.newTeam')}
          fields={['name', 'parentId', 'leadId']}
          close={close}
          changed={again}
          extra={
            opened && (
              <Button look="danger" icon={Trash2} onClick={() => setDeletes(opened)}>
                {t('delete')}
              </Button>
            )
          }
        />
      )}
      {deletes && (
        <DeleteDialog
          remove={(confirm) => deleteRecord(model, type, deletes.id, confirm)}
          label={deletes.name}
          close={() => setDeletes(undefined)}
          done={(operation) => {
            setDeletes(undefined);
            close();
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

type Placed = Pick<Team, 'id' | 'parentId'>;

/** Teams in the order of their tree, each with how far below it is. */
export function inTree<T extends Placed>(teams: readonly T[]): { team: T; depth: number }[] {
  const known = new Set(teams.map((team) => team.id));
  const below = (parent: string | null, depth: number): { team: T; depth: number }[] =>
    teams
      .filter((team) => (team.parentId && known.has(team.parentId) ? team.parentId : null) === parent)
      .flatMap((team) => [{ team, depth }, ...below(team.id, depth + 1)]);
  return below(null, 0);
}
