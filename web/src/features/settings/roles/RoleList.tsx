import ChevronDown from 'lucide-react/icons/chevron-down';
import Copy from 'lucide-react/icons/copy';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useLocation } from 'wouter';
import { useAll, useAnswer } from '@/api/hooks';
import { useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { ReadyMadeRolesDocument } from '../graph';
import { useUsers } from '../people/user';
import type { Role } from './role';

/** The roles there are, the company's own first, and how many have them. */
export function RoleList() {
  const [, go] = useLocation();
  const own = useAll(useModel().byPlural('roles'), { sort: 'title', columns: ['name', 'title', 'description'] });
  const roles = own.data as readonly Role[] | undefined;
  const ready = useAnswer(ReadyMadeRolesDocument, {});
  const readyMade = ready.data?.roleReadyMade?.items;
  const users = useUsers();
  const people = (name: string) => users?.filter((user) => user.status !== 'deactivated' && user.roles.includes(name)).length ?? '';
  const from = (start: string) => go(`/settings/roles/new?from=${start}`);
  const columns = [{ label: t('set.people'), numeric: true }];
  const copy = (start: string, label: string) => <IconButton label={t('set.copyOf', { label })} icon={Copy} onClick={() => from(start)} />;
  const isReplaced = (name: string) => roles?.some((role) => role.name === name);
  const isReadyMade = (name: string) => readyMade?.some((role) => role.name === name);
  return (
    <Page
      title={t('set.roles')}
      text={t('set.rolesText')}
      actions={
        <Menu
          align="end"
          trigger={
            <Button look="primary">
              {t('set.newRole')}
              <ChevronDown size={15} aria-hidden />
            </Button>
          }
        >
          <MenuItem run={() => go('/settings/roles/new')}>{t('set.fromNothing')}</MenuItem>
          <MenuSeparator />
          {readyMade?.map((role) => (
            <MenuItem key={role.name} run={() => from(role.name)}>
              {t('set.likeRole', { label: spokenName(role.name) })}
            </MenuItem>
          ))}
        </Menu>
      }
    >
      <Section title={t('set.ownRoles')}>
        {own.refusal && <NotRead refusal={own.refusal} again={own.again} />}
        {!roles && !own.refusal && <Sketch />}
        {roles && (
          <Table
            label={t('set.ownRoles')}
            first={t('set.role')}
            columns={columns}
            rows={roles.map((role) => ({
              key: role.id,
              title: role.title,
              detail: role.description || role.name,
              icon: <ShieldCheck size={16} aria-hidden />,
              href: `/settings/roles/${role.id}`,
              cells: [
                <span key="people">
                  {isReadyMade(role.name) && <Badge tone="warn">{t('set.replaces')}</Badge>} {people(role.name)}
                </span>,
              ],
              actions: copy(role.id, role.title),
            }))}
          />
        )}
      </Section>
      <Section title={t('set.readyRoles')} text={t('set.readyRolesText')}>
        {ready.refusal && <NotRead refusal={ready.refusal} again={ready.again} />}
        {readyMade && (
          <Table
            label={t('set.readyRoles')}
            first={t('set.role')}
            columns={columns}
            rows={readyMade.map((role) => ({
              key: role.name,
              title: spokenName(role.name),
              detail: role.name,
              icon: <ShieldCheck size={16} aria-hidden />,
              href: `/settings/roles/ready/${role.name}`,
              faint: isReplaced(role.name),
              cells: [isReplaced(role.name) ? t('set.replaced') : people(role.name)],
              actions: copy(role.name, spokenName(role.name)),
            }))}
          />
        )}
      </Section>
    </Page>
  );
}
