import Copy from 'lucide-react/icons/copy';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { ask, useDoor } from '@/api/doors';
import { readModel } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Button } from '@/ui/Button';
import { Tabs } from '@/ui/Tabs';
import { DeleteDialog } from '../frame/DeleteDialog';
import { NoPage } from '../frame/NoPage';
import { NotRead, Page, Sketch } from '../frame/Page';
import { usePosted } from '../frame/usePosted';
import { RoleForm } from './RoleForm';
import { RolePreview } from './RolePreview';
import { blank, type Draft, type Role, type RoleRules, toldOf } from './role';

const up = () => ({ href: '/settings/roles', label: t('set.roles') });
type ReadyMade = { readonly items: readonly RoleRules[] };

/** A role that comes with the platform: to look at, and to begin another one with. */
export function ReadyMadeRole() {
  const { name } = useParams<{ name: string }>();
  const [, go] = useLocation();
  const { data, refusal, again } = useDoor<ReadyMade>('/roles/readyMade');
  const role = data?.items.find((one) => one.name === name);
  if (data && !role) return <NoPage />;
  return (
    <Page
      title={spokenName(name)}
      text={t('set.readyRoleText')}
      up={up()}
      wide
      actions={
        <Button icon={Copy} onClick={() => go(`/settings/roles/new?from=${name}`)}>
          {t('set.copyRole')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {role ? (
        <Parts name={name}>
          <RoleForm draft={{ ...blank, ...role, title: spokenName(name) }} readOnly />
        </Parts>
      ) : (
        <Sketch />
      )}
    </Page>
  );
}

/** A new one, empty or like another. */
export function NewRole() {
  const from = new URLSearchParams(useSearch()).get('from') ?? '';
  const isOwn = from.includes('-');
  const own = useDoor<Role>(isOwn ? `/roles/${from}` : undefined);
  const ready = useDoor<ReadyMade>(from && !isOwn ? '/roles/readyMade' : undefined);
  const start = isOwn ? own.data : ready.data?.items.find((role) => role.name === from);
  const refusal = own.refusal ?? ready.refusal;
  const [, go] = useLocation();
  const { busy, refusal: refused, send } = usePosted();
  const save = async (draft: Draft) => {
    const answer = await send(ask<Role>('POST', '/roles', { body: toldOf(draft) }));
    if (!answer) return;
    tellDone(t('set.roleSaved', { label: draft.title }), answer.operation);
    go(`/settings/roles/${answer.data.id}`, { replace: true });
  };
  const { name: _, ...like } = start ?? blank;
  return (
    <Page title={t('set.newRole')} text={start && t('set.begunLike', { label: spokenName(start.name) })} up={up()} wide>
      {refusal && <NotRead refusal={refusal} again={own.again} />}
      {from && !start ? (
        !refusal && <Sketch />
      ) : (
        <RoleForm key={from} draft={{ ...blank, ...like, title: '', description: null }} isNew busy={busy} refusal={refused} save={save} />
      )}
    </Page>
  );
}

/** A role of the company's own. */
export function OwnRole() {
  const { id } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const { data: role, refusal, again } = useDoor<Role>(`/roles/${id}`);
  const [deletes, setDeletes] = useState(false);
  const { busy, refusal: refused, send } = usePosted();
  if (refusal?.kind === 'gone') return <NoPage />;
  const changed = () => {
    void readModel();
    again();
  };
  const save = async (draft: Draft) => {
    if (!role) return;
    const [before, after] = [toldOf(role), toldOf(draft)];
    const names = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
    );
    const pick = (of: typeof after) => Object.fromEntries(names.map((name) => [name, of[name]]));
    const answer = await send(ask('PATCH', `/roles/${id}`, { body: { ...pick(after), $base: pick(before) } }));
    if (!answer) return;
    tellDone(t('set.roleSaved', { label: draft.title }), answer.operation, changed);
    changed();
  };
  return (
    <Page
      title={role?.title ?? t('set.role')}
      text={role?.description}
      up={up()}
      wide
      actions={
        role && (
          <>
            <Button icon={Copy} onClick={() => go(`/settings/roles/new?from=${id}`)}>
              {t('set.copyRole')}
            </Button>
            <Button look="danger" icon={Trash2} onClick={() => setDeletes(true)}>
              {t('delete')}
            </Button>
          </>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!role && !refusal && <Sketch />}
      {role && (
        <Parts name={role.name}>
          <RoleForm key={`${role.id} ${role.version}`} draft={role} busy={busy} refusal={refused} save={save} />
        </Parts>
      )}
      {deletes && role && (
        <DeleteDialog
          at={`/roles/${id}`}
          label={role.title}
          close={() => setDeletes(false)}
          done={(operation) => {
            tellDone(t('set.roleDeleted', { label: role.title }), operation);
            go('/settings/roles');
          }}
        >
          {t('set.deleteRoleText')}
        </DeleteDialog>
      )}
    </Page>
  );
}

/** What the role allows, and what somebody sees who has it. */
function Parts({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  const [part, setPart] = useState<'rights' | 'preview'>('rights');
  return (
    <>
      <Tabs
        label={t('set.role')}
        value={part}
        choose={setPart}
        tabs={[
          { value: 'rights', label: t('set.rights') },
          { value: 'preview', label: t('set.previewAs') },
        ]}
      />
      <div style={{ paddingTop: 24 }}>
        <div hidden={part !== 'rights'}>{children}</div>
        {part === 'preview' && <RolePreview name={name} />}
      </div>
    </>
  );
}
