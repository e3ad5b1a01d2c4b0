import Copy from 'lucide-react/icons/copy';
import { useMemo, useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { createRecord } from '@/api/changes';
import { useAll, useAnswer } from '@/api/hooks';
import { type RecordType, readModel, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { changeSettled, tellDone } from '@/features/records/change';
import { quoted } from '@/lib/filter/text';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Button } from '@/ui/Button';
import { Tabs } from '@/ui/Tabs';
import { NoPage } from '../frame/NoPage';
import { NotRead, Page, Sketch } from '../frame/Page';
import { RecordPage } from '../frame/RecordPage';
import { usePosted } from '../frame/usePosted';
import { ReadyMadeRolesDocument } from '../graph';
import { RoleForm } from './RoleForm';
import { RolePreview } from './RolePreview';
import { blank, type Draft, draftOf, type ReadyMade, type Role, toldOf } from './role';

const up = () => ({ href: '/settings/roles', label: t('set.roles') });

function useReadyMade(name: string | undefined) {
  const { data, refusal, again } = useAnswer(ReadyMadeRolesDocument, {}, { pause: !name });
  const all = data?.roleReadyMade?.items;
  return { role: all?.find((one) => one.name === name), isRead: all !== undefined, refusal, again };
}

/** A role that comes with the platform: to look at, and to begin another one with. */
export function ReadyMadeRole() {
  const { name } = useParams<{ name: string }>();
  const [, go] = useLocation();
  const { role, isRead, refusal, again } = useReadyMade(name);
  if (isRead && !role) return <NoPage />;
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
          <RoleForm draft={draftOf(role)} readOnly />
        </Parts>
      ) : (
        <Sketch />
      )}
    </Page>
  );
}

/** A new one, empty or like another. */
export function NewRole() {
  const type = useModel().byPlural('roles');
  const from = new URLSearchParams(useSearch()).get('from') ?? '';
  return type ? <Begun type={type} from={from} /> : <NoPage />;
}

function Begun({ type, from }: { readonly type: RecordType; readonly from: string }) {
  const model = useModel();
  const isOwn = from.includes('-');
  const own = useAll(isOwn ? type : undefined, { filter: `id = ${quoted(from)}`, columns: everything(type) });
  const ready = useReadyMade(from && !isOwn ? from : undefined);
  const start = isOwn ? (own.data?.[0] as Role | undefined) : ready.role;
  const refusal = own.refusal ?? ready.refusal;
  const [, go] = useLocation();
  const { busy, refusal: refused, send } = usePosted();
  const save = async (draft: Draft) => {
    const answer = await send(createRecord(model, type, toldOf(draft), crypto.randomUUID()));
    if (!answer?.row) return false;
    tellDone(t('set.roleSaved', { label: draft.title }), answer.operation);
    go(`/settings/roles/${answer.row.id}`, { replace: true });
    return true;
  };
  return (
    <Page title={t('set.newRole')} text={start && t('set.begunLike', { label: spokenName(start.name) })} up={up()} wide>
      {refusal && <NotRead refusal={refusal} again={isOwn ? own.again : ready.again} />}
      {from && !start ? !refusal && <Sketch /> : <NewForm key={from} start={start} busy={busy} refusal={refused} save={save} />}
    </Page>
  );
}

type NewProps = Pick<Parameters<typeof RoleForm>[0], 'busy' | 'refusal' | 'save'> & { readonly start: Role | ReadyMade | undefined };

// It begins with what the other one said when it was begun.
function NewForm({ start, ...rest }: NewProps) {
  const [begin] = useState<Draft>(() => ({ ...(start ? draftOf(start) : blank), name: '', title: '', description: null }));
  return <RoleForm draft={begin} isNew {...rest} />;
}

/** A role of the company's own. */
export function OwnRole() {
  const type = useModel().byPlural('roles');
  const { id } = useParams<{ id: string }>();
  const [, go] = useLocation();
  if (!type) return <NoPage />;
  return (
    <RecordPage<Role>
      type={type}
      id={id}
      up={up()}
      wide
      title={(role) => role.title}
      text={(role) => role.description}
      actions={() => (
        <Button icon={Copy} onClick={() => go(`/settings/roles/new?from=${id}`)}>
          {t('set.copyRole')}
        </Button>
      )}
      deleteText={t('set.deleteRoleText')}
    >
      {(role) => <OwnForm type={type} role={role} />}
    </RecordPage>
  );
}

function OwnForm({ type, role }: { readonly type: RecordType; readonly role: Role }) {
  const model = useModel();
  const { busy, refusal, send } = usePosted();
  const now = useMemo(() => draftOf(role), [role]);
  const save = async (draft: Draft, seen: Draft) => {
    const [before, after] = [toldOf(seen), toldOf(draft)];
    const names = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
    );
    const pick = (of: typeof after) => Object.fromEntries(names.map((name) => [name, of[name]]));
    const answer = await send(changeSettled(model, type, { row: role, values: pick(after), base: pick(before), inForm: true }));
    if (!answer) return false;
    const changed = () => void readModel();
    tellDone(t('set.roleSaved', { label: draft.title }), answer.operation, changed);
    changed();
    return true;
  };
  return (
    <Parts name={role.name}>
      <RoleForm draft={now} busy={busy} refusal={refusal} save={save} />
    </Parts>
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
