import { useAll, useAnswer } from '@/api/hooks';
import { useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { spokenName } from '@/lib/words';
import { ReadyMadeRolesDocument } from '../graph';

export type User = Row & {
  readonly name: string;
  readonly email: string;
  readonly jobTitle?: string | null;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly status: 'invited' | 'active' | 'deactivated';
  readonly absentFrom?: string | null;
  readonly absentUntil?: string | null;
};

export type Team = Row & { readonly name: string; readonly parentId?: string | null; readonly leadId?: string | null };

/** The people there are, with what is said of them at many places. */
export function useUsers(filter?: string): readonly User[] | undefined {
  const columns = ['name', 'status', 'roles', 'teams'];
  return useAll(useModel().byPlural('users'), { sort: 'name', filter, columns }).data as readonly User[] | undefined;
}

/** The roles somebody can be given, the company's own first. */
export function useRoleOptions() {
  const own = useAll(useModel().byPlural('roles'), { sort: 'title', columns: ['name', 'title'] });
  const ready = useAnswer(ReadyMadeRolesDocument, {});
  const names = new Set(own.data?.map((role) => role.name));
  return [
    ...(own.data ?? []).map((role) => ({ value: String(role.name), label: String(role.title), text: String(role.name) })),
    ...(ready.data?.roleReadyMade?.items ?? [])
      .filter((role) => !names.has(role.name))
      .map((role) => ({ value: role.name, label: spokenName(role.name) })),
  ];
}
