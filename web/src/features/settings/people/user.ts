import { useDoor, useDoorList } from '@/api/doors';
import { spokenName } from '@/lib/words';
import type { Kept, Values } from '../frame/useSetUp';
import type { Role, RoleRules } from '../roles/role';

export type User = Kept &
  Values & {
    readonly name: string;
    readonly email: string;
    readonly jobTitle?: string | null;
    readonly roles: readonly string[];
    readonly teams: readonly string[];
    readonly status: 'invited' | 'active' | 'deactivated';
    readonly absentFrom?: string | null;
    readonly absentUntil?: string | null;
  };

export type Team = Kept & Values & { readonly name: string; readonly parentId?: string | null; readonly leadId?: string | null };

/** The roles somebody can be given, the company's own first. */
export function useRoleOptions() {
  const own = useDoorList<Role>('/roles', { sort: 'title' });
  const ready = useDoor<{ items: readonly RoleRules[] }>('/roles/readyMade');
  const names = new Set(own.data?.map((role) => role.name));
  return [
    ...(own.data ?? []).map((role) => ({ value: role.name, label: role.title, text: role.name })),
    ...(ready.data?.items ?? [])
      .filter((role) => !names.has(role.name))
      .map((role) => ({ value: role.name, label: spokenName(role.name) })),
  ];
}
