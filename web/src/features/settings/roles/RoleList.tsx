import ChevronDown from 'lucide-react/icons/chevron-down';
import Copy from 'lucide-react/icons/copy';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useLocation } from 'wouter';
import { useDoor, useDoorList } from '@/api/doors';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import type { Role, RoleRules } from './role';

type User = { readonly roles: readonly string[]; readonly status: string };

/** The roles there are, the company's own first, and how many have them. */
export function RoleList() {
  const [, go] = useLocation();
  const own = useDoorList<Role>('/roles', { sort: 'title' });
  const ready = useDoor<{ items: readonly RoleRules[] }>('/roles/readyMade');
  const users = useDoorList<User>('/users');
  const people = (name: string) => users.data?.filter((user) => user.status !== 'deactivated' && user.roles.includes(name)).length ?? '';
  const from = (start: string) => go(`/settings/roles/new?from=${start}`);
  const columns = [{ label: t('set.people'), numeric: true }];
  const copy = (start: string, label: string) => <IconButton label={t('set.copyOf', { label })} icon={Copy} onClick={() => from(start)} />;
  const isReplaced = (name: string) => own.data?.some((role) => role.name === name);
  const isReadyMade = (name: string) => ready.data?.items.some((role) => role.name === name);
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
          {ready.data?.items.map((role) => (
            <MenuItem key={role.name} run={() => from(role.name)}>
              {t('set.likeRole', { label: spokenName(role.name) })}
            </MenuItem>
          ))}
        </Menu>
      }
    >
      <Section title={t('set.ownRoles')}>
        {own.refusal && <NotRead refusal={own.refusal} again={own.again} />}
        {!own.data && !own.refusal && <Sketch />}
        {own.data && (
          <Table
            label={t('set.ownRoles')}
            first={t('set.role')}
            columns={columns}
            rows={own.data.map((role) => ({
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
        {ready.data && (
          <Table
            label={t('set.readyRoles')}
            first={t('set.role')}
            columns={columns}
            rows={ready.data.items.map((role) => ({
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
