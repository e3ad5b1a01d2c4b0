import type { LucideIcon } from 'lucide-react';
import AppWindow from 'lucide-react/icons/app-window';
import Building2 from 'lucide-react/icons/building-2';
import CircleUser from 'lucide-react/icons/circle-user';
import Database from 'lucide-react/icons/database';
import Kanban from 'lucide-react/icons/kanban';
import KeyRound from 'lucide-react/icons/key-round';
import Network from 'lucide-react/icons/network';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Users from 'lucide-react/icons/users';
import Webhook from 'lucide-react/icons/webhook';
import { type ComponentType, lazy } from 'react';
import { type Model, may } from '@/api/model';
import type { PlainKey } from '@/lib/i18n/catalogue';

export type SettingsGroup = 'you' | 'company' | 'sales' | 'programs' | 'watch';

/** The headings of the list, in their order. */
export const groups: readonly SettingsGroup[] = ['you', 'company', 'sales', 'programs', 'watch'];

/** A page of the settings: where it is, what it is found by, for whom it is there. */
export type SettingsPage = {
  /** Below `/settings`; what follows it in the address is the page's own. */
  readonly path: string;
  readonly group: SettingsGroup;
  readonly icon: LucideIcon;
  readonly label: PlainKey;
  /** Other words it is looked for by, and what it is for. */
  readonly text: PlainKey;
  readonly allowed: (model: Model) => boolean;
  readonly screen: ComponentType;
};

const decides = (privilege: string) => (model: Model) => model.privileges.has(privilege);

const sees = (plural: string) => (model: Model) => {
  const type = model.byPlural(plural);
  return type !== undefined && may(type, 'read');
};

/** Every page of the settings. A feature that has one brings it here. */
export const settingsPages: readonly SettingsPage[] = [
  {
    path: 'profile',
    group: 'you',
    icon: CircleUser,
    label: 'set.profile',
    text: 'set.profileText',
    allowed: (model) => model.viewer.kind === 'user',
    screen: lazy(() => import('./people/ProfileScreen').then((file) => ({ default: file.ProfileScreen }))),
  },
  {
    path: 'company',
    group: 'company',
    icon: Building2,
    label: 'set.company',
    text: 'set.companyText',
    allowed: decides('people'),
    screen: lazy(() => import('./people/CompanyScreen').then((file) => ({ default: file.CompanyScreen }))),
  },
  {
    path: 'members',
    group: 'company',
    icon: Users,
    label: 'set.members',
    text: 'set.membersText',
    allowed: decides('people'),
    screen: lazy(() => import('./people/MembersScreen').then((file) => ({ default: file.MembersScreen }))),
  },
  {
    path: 'teams',
    group: 'company',
    icon: Network,
    label: 'set.teams',
    text: 'set.teamsText',
    allowed: decides('people'),
    screen: lazy(() => import('./people/TeamsScreen').then((file) => ({ default: file.TeamsScreen }))),
  },
  {
    path: 'data-model',
    group: 'company',
    icon: Database,
    label: 'set.dataModel',
    text: 'set.dataModelText',
    allowed: decides('dataModel'),
    screen: lazy(() => import('./fields/DataModelScreen').then((file) => ({ default: file.DataModelScreen }))),
  },
  {
    path: 'roles',
    group: 'company',
    icon: ShieldCheck,
    label: 'set.roles',
    text: 'set.rolesText',
    allowed: decides('dataModel'),
    screen: lazy(() => import('./roles/RolesScreen').then((file) => ({ default: file.RolesScreen }))),
  },
  {
    path: 'pipelines',
    group: 'sales',
    icon: Kanban,
    label: 'pipe.title',
    text: 'pipe.text',
    allowed: decides('dataModel'),
    screen: lazy(() => import('@/features/deals/pipelines/PipelinesScreen').then((file) => ({ default: file.PipelinesScreen }))),
  },
  {
    path: 'api-keys',
    group: 'programs',
    icon: KeyRound,
    label: 'set.apiKeys',
    text: 'set.apiKeysText',
    allowed: decides('dataModel'),
    screen: lazy(() => import('./programs/screens').then((file) => ({ default: file.ApiKeysScreen }))),
  },
  {
    path: 'clients',
    group: 'programs',
    icon: AppWindow,
    label: 'set.clients',
    text: 'set.clientsText',
    allowed: decides('dataModel'),
    screen: lazy(() => import('./programs/screens').then((file) => ({ default: file.ClientsScreen }))),
  },
  {
    path: 'webhooks',
    group: 'programs',
    icon: Webhook,
    label: 'set.webhooks',
    text: 'set.webhooksText',
    allowed: sees('webhooks'),
    screen: lazy(() => import('./webhooks/WebhooksScreen').then((file) => ({ default: file.WebhooksScreen }))),
  },
];
