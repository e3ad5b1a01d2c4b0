import Plus from 'lucide-react/icons/plus';
import { type ReactNode, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Badges } from '../frame/Badges';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { SetUpPanel } from '../frame/SetUpPanel';
import { Table } from '../frame/Table';
import { ProgramScreen } from './ProgramScreen';
import { type Program, type ProgramKind, useProgramEditors } from './program';

/** What lets programs in, of one kind: a list, and one of them with its secrets. */
export function Programs({ kind }: { readonly kind: ProgramKind }) {
  const type = useModel().byPlural(kind.plural);
  if (!type) return null;
  return (
    <Switch>
      <Route path={kind.href}>
        <List kind={kind} type={type} />
      </Route>
      <Route path={`${kind.href}/:id`}>
        <ProgramScreen kind={kind} type={type} />
      </Route>
    </Switch>
  );
}

function List({ kind, type }: { readonly kind: ProgramKind; readonly type: RecordType }) {
  const { data: all, refusal, again } = useAll(type, { sort: 'name', columns: everything(type) });
  const data = all as readonly Program[] | undefined;
  const [isNew, setNew] = useState(false);
  const [, go] = useLocation();
  const editors = useProgramEditors(kind);
  const add = (
    <Button look="primary" icon={Plus} onClick={() => setNew(true)}>
      {t(kind.add)}
    </Button>
  );
  const Icon = kind.icon;
  return (
    <Page title={t(kind.label)} text={t(kind.text)} actions={add}>
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t(kind.none)}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={t(kind.label)}
          first={t('set.program')}
          columns={[{ label: t('set.roles'), wideOnly: true }, { label: t('set.scopes'), wideOnly: true }, { label: t('set.status') }]}
          rows={data.map((one) => ({
            key: one.id,
            title: one.name,
            detail: one.prefix ? `${one.prefix}…` : one.clientId,
            icon: <Icon size={16} aria-hidden />,
            href: `${kind.href}/${one.id}`,
            faint: Boolean(one.revokedAt),
            cells: [one.roles.join(', '), one.scopes.join(', '), <ProgramState key="state" of={one} kind={kind} />],
          }))}
        />
      )}
      {isNew && (
        <SetUpPanel
          type={type}
          record={undefined}
          title={t(kind.add)}
          fields={kind.fields}
          begin={kind.begin}
          editors={editors}
          help={kind.help()}
          close={() => setNew(false)}
          changed={again}
          made={(record) => go(`${kind.href}/${record.id}`)}
        />
      )}
    </Page>
  );
}

export function ProgramState({ of, kind }: { readonly of: Program; readonly kind: ProgramKind }): ReactNode {
  if (of.revokedAt) return <Badge tone="danger">{t('set.revoked')}</Badge>;
  if (of.expiresAt && Date.parse(of.expiresAt) < Date.now()) return <Badge tone="danger">{t('set.expired')}</Badge>;
  return (
    <Badges>
      <Badge tone="success">
        {kind.needsSecret(of) && !of.prefix && kind.plural === 'apiKeys' ? t('set.withoutSecret') : t('set.open')}
      </Badge>
      {of.expiresAt && <Badge>{t('set.endsAt', { at: formatInstant(of.expiresAt) })}</Badge>}
    </Badges>
  );
}
