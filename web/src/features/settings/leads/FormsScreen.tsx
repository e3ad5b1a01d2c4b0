import Globe from 'lucide-react/icons/globe';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything, type Row } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { SetUpPanel } from '../frame/SetUpPanel';
import { Table } from '../frame/Table';
import { FormScreen, formEditors } from './FormScreen';

export type WebForm = Row & {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly fields: readonly unknown[];
  readonly published: boolean;
};

/** Forms on the web by which people become leads. */
export function FormsScreen() {
  const type = useModel().byPlural('forms');
  if (!type) return null;
  return (
    <Switch>
      <Route path="/settings/forms">
        <List type={type} />
      </Route>
      <Route path="/settings/forms/:id">
        <FormScreen type={type} />
      </Route>
    </Switch>
  );
}

function List({ type }: { readonly type: RecordType }) {
  const { data: all, refusal, again } = useAll(type, { sort: 'name', columns: everything(type) });
  const data = all as readonly WebForm[] | undefined;
  const [isNew, setNew] = useState(false);
  const [, go] = useLocation();
  return (
    <Page
      title={t('set.forms')}
      text={t('set.formsText')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setNew(true)}>
          {t('set.newForm')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t('set.noForms')}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={t('set.forms')}
          first={t('set.called')}
          columns={[{ label: t('set.questions'), numeric: true, wideOnly: true }, { label: t('set.status') }]}
          rows={data.map((form) => ({
            key: form.id,
            title: form.name,
            detail: form.title,
            icon: <Globe size={16} aria-hidden />,
            href: `/settings/forms/${form.id}`,
            cells: [
              form.fields.length,
              <Badge key="state" tone={form.published ? 'success' : 'neutral'}>
                {t(form.published ? 'set.published' : 'set.unpublished')}
              </Badge>,
            ],
          }))}
        />
      )}
      {isNew && (
        <SetUpPanel
          type={type}
          record={undefined}
          title={t('set.newForm')}
          fields={['name', 'title', 'fields']}
          begin={{
            fields: [
              { field: 'lastName', required: true },
              { field: 'email', required: true },
            ],
          }}
          editors={formEditors}
          close={() => setNew(false)}
          changed={again}
          made={(record) => go(`/settings/forms/${record.id}`)}
        />
      )}
    </Page>
  );
}
