import type { LucideIcon } from 'lucide-react';
import Database from 'lucide-react/icons/database';
import Kanban from 'lucide-react/icons/kanban';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { type ComponentType, lazy } from 'react';
import type { Model } from '@/api/model';
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

/** Every page of the settings. A feature that has one brings it here. */
export const settingsPages: readonly SettingsPage[] = [
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
];
