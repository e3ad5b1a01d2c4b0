import type { LucideIcon } from 'lucide-react';
import AppWindow from 'lucide-react/icons/app-window';
import KeyRound from 'lucide-react/icons/key-round';
import type { Row } from '@/api/values';
import { WordsInput } from '@/features/records/fields/WordsInput';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { t } from '@/lib/i18n/t';
import { someOf } from '../frame/inputs';
import type { Editors } from '../frame/SetUpFields';
import { type SecretsOf, secretsOfApiKey, secretsOfClient } from '../frame/secretsOf';
import type { Values } from '../frame/useSetUp';
import { useRoleOptions } from '../people/user';

export type Program = Row & {
  readonly name: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly prefix?: string | null;
  readonly clientId?: string;
  readonly kind?: 'public' | 'confidential';
  readonly expiresAt?: string | null;
  readonly revokedAt?: string | null;
};

/** API keys or clients: what they are called, and what is decided of them. */
export type ProgramKind = {
  readonly plural: string;
  readonly href: string;
  readonly icon: LucideIcon;
  readonly label: PlainKey;
  readonly text: PlainKey;
  readonly add: PlainKey;
  readonly none: PlainKey;
  readonly fields: readonly string[];
  readonly begin: Values;
  readonly scopes: readonly string[];
  readonly secrets: SecretsOf;
  /** What ends it, in the graph. */
  readonly revoke: string;
  readonly needsSecret: (program: Program) => boolean;
  readonly help: () => Readonly<Record<string, string>>;
};

export const apiKeys: ProgramKind = {
  plural: 'apiKeys',
  href: '/settings/api-keys',
  icon: KeyRound,
  label: 'set.apiKeys',
  text: 'set.apiKeysText',
  add: 'set.newApiKey',
  none: 'set.noApiKeys',
  fields: ['name', 'roles', 'scopes', 'networks', 'expiresAt'],
  begin: { scopes: ['crm.read'] },
  scopes: ['crm.read', 'crm.write'],
  secrets: secretsOfApiKey,
  revoke: 'revokeApiKey',
  needsSecret: () => true,
  help: () => ({ scopes: t('set.scopesText'), networks: t('set.networksText'), expiresAt: t('set.expiresText') }),
};

export const clients: ProgramKind = {
  plural: 'clients',
  href: '/settings/clients',
  icon: AppWindow,
  label: 'set.clients',
  text: 'set.clientsText',
  add: 'set.newClient',
  none: 'set.noClients',
  fields: ['name', 'kind', 'redirectUris', 'postLogoutRedirectUris', 'scopes', 'roles', 'trusted'],
  begin: { kind: 'public', scopes: ['openid', 'profile', 'crm.read'] },
  scopes: ['openid', 'profile', 'email', 'offline_access', 'crm.read', 'crm.write'],
  secrets: secretsOfClient,
  revoke: 'revokeClient',
  needsSecret: (program) => program.kind === 'confidential',
  help: () => ({
    scopes: t('set.scopesText'),
    redirectUris: t('set.redirectText'),
    roles: t('set.clientRolesText'),
    trusted: t('set.trustedText'),
  }),
};

const words =
  (name: string, placeholder: string): Editors[string] =>
  ({ value, set }, _, bound) => (
    <WordsInput
      spaces
      {...bound}
      value={(value(name) as string[] | null) ?? []}
      set={(next) => set(name, next)}
      placeholder={placeholder}
    />
  );

export function useProgramEditors(kind: ProgramKind): Editors {
  const roles = useRoleOptions();
  return {
    roles: someOf(t('set.roles'), roles),
    scopes: someOf(
      t('set.scopes'),
      kind.scopes.map((scope) => ({ value: scope, label: scope })),
    ),
    networks: words('networks', '192.0.2.0/24'),
    redirectUris: words('redirectUris', 'https://app.example.com/back'),
    postLogoutRedirectUris: words('postLogoutRedirectUris', 'https://app.example.com/'),
  };
}
