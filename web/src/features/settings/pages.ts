import type { LucideIcon } from 'lucide-react';
import AppWindow from 'lucide-react/icons/app-window';
import BookUser from 'lucide-react/icons/book-user';
import Building2 from 'lucide-react/icons/building-2';
import CircleUser from 'lucide-react/icons/circle-user';
import Database from 'lucide-react/icons/database';
import Globe from 'lucide-react/icons/globe';
import Kanban from 'lucide-react/icons/kanban';
import KeyRound from 'lucide-react/icons/key-round';
import ListTodo from 'lucide-react/icons/list-todo';
import Network from 'lucide-react/icons/network';
import ScrollText from 'lucide-react/icons/scroll-text';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Sprout from 'lucide-react/icons/sprout';
import Trash2 from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users';
import Webhook from 'lucide-react/icons/webhook';
import { type Model, may } from '@/api/model';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { type Fetched, part } from '@/lib/part';

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
  readonly screen: Fetched;
};

const decides = (privilege: string) => (model: Model) => model.privileges.has(privilege);

const sees = (plural: string) => (model: Model) => {
  const type = model.byPlural(plural);
  return type !== undefined && may(type, 'read');
};

const enters = (plural: string) => (model: Model) => {
  const type = model.byPlural(plural);
  return type !== undefined && may(type, 'create') && may(type, 'update');
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
    screen: part(() => import('./people/ProfileScreen').then((file) => file.ProfileScreen)),
  },
  {
    path: 'company',
    group: 'company',
    icon: Building2,
    label: 'set.company',
    text: 'set.companyText',
    allowed: decides('people'),
    screen: part(() => import('./people/CompanyScreen').then((file) => file.CompanyScreen)),
  },
  {
    path: 'members',
    group: 'company',
    icon: Users,
    label: 'set.members',
    text: 'set.membersText',
    allowed: decides('people'),
    screen: part(() => import('./people/MembersScreen').then((file) => file.MembersScreen)),
  },
  {
    path: 'teams',
    group: 'company',
    icon: Network,
    label: 'set.teams',
    text: 'set.teamsText',
    allowed: decides('people'),
    screen: part(() => import('./people/TeamsScreen').then((file) => file.TeamsScreen)),
  },
  {
    path: 'data-model',
    group: 'company',
    icon: Database,
    label: 'set.dataModel',
    text: 'set.dataModelText',
    allowed: decides('dataModel'),
    screen: part(() => import('./fields/DataModelScreen').then((file) => file.DataModelScreen)),
  },
  {
    path: 'roles',
    group: 'company',
    icon: ShieldCheck,
    label: 'set.roles',
    text: 'set.rolesText',
    allowed: decides('dataModel'),
    screen: part(() => import('./roles/RolesScreen').then((file) => file.RolesScreen)),
  },
  {
    path: 'pipelines',
    group: 'sales',
    icon: Kanban,
    label: 'pipe.title',
    text: 'pipe.text',
    allowed: decides('dataModel'),
    screen: part(() => import('@/features/deals/pipelines/PipelinesScreen').then((file) => file.PipelinesScreen)),
  },
  {
    path: 'contacts',
    group: 'sales',
    icon: BookUser,
    label: 'set.contacts',
    text: 'set.contactsText',
    allowed: (model) => decides('dataModel')(model) && enters('contactSettings')(model),
    screen: part(() => import('./contacts/ContactsScreen').then((file) => file.ContactsScreen)),
  },
  {
    path: 'api-keys',
    group: 'programs',
    icon: KeyRound,
    label: 'set.apiKeys',
    text: 'set.apiKeysText',
    allowed: decides('dataModel'),
    screen: part(() => import('./programs/screens').then((file) => file.ApiKeysScreen)),
  },
  {
    path: 'clients',
    group: 'programs',
    icon: AppWindow,
    label: 'set.clients',
    text: 'set.clientsText',
    allowed: decides('dataModel'),
    screen: part(() => import('./programs/screens').then((file) => file.ClientsScreen)),
  },
  {
    path: 'webhooks',
    group: 'programs',
    icon: Webhook,
    label: 'set.webhooks',
    text: 'set.webhooksText',
    allowed: sees('webhooks'),
    screen: part(() => import('./webhooks/WebhooksScreen').then((file) => file.WebhooksScreen)),
  },
  {
    path: 'audit',
    group: 'watch',
    icon: ScrollText,
    label: 'set.audit',
    text: 'set.auditText',
    allowed: decides('audit'),
    screen: part(() => import('./audit/AuditScreen').then((file) => file.AuditScreen)),
  },
  {
    path: 'jobs',
    group: 'watch',
    icon: ListTodo,
    label: 'set.jobs',
    text: 'set.jobsText',
    allowed: () => true,
    screen: part(() => import('./jobs/JobsScreen').then((file) => file.JobsScreen)),
  },
  {
    path: 'trash',
    group: 'watch',
    icon: Trash2,
    label: 'set.trash',
    text: 'set.trashText',
    allowed: () => true,
    screen: part(() => import('./audit/TrashesScreen').then((file) => file.TrashesScreen)),
  },
  {
    path: 'lead-rules',
    group: 'sales',
    icon: Sprout,
    label: 'set.leadRules',
    text: 'set.leadRulesText',
    allowed: (model) => decides('dataModel')(model) && sees('scoringRules')(model),
    screen: part(() => import('./leads/LeadRulesScreen').then((file) => file.LeadRulesScreen)),
  },
  {
    path: 'forms',
    group: 'sales',
    icon: Globe,
    label: 'set.forms',
    text: 'set.formsText',
    allowed: (model) => decides('dataModel')(model) && sees('forms')(model),
    screen: part(() => import('./leads/FormsScreen').then((file) => file.FormsScreen)),
  },
];
