import { Route, Switch } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { t } from '@/lib/i18n/t';
import { Page, Section } from '../frame/Page';
import { Table } from '../frame/Table';
import { TypeScreen } from './TypeScreen';

/** What records are made of: the record types, and the fields of one. */
export const DataModelScreen = () => (
  <Switch>
    <Route path="/settings/data-model">
      <Types />
    </Route>
    <Route path="/settings/data-model/:plural">
      <TypeScreen />
    </Route>
  </Switch>
);

function Types() {
  const model = useModel();
  const { daily, more } = navOf(model);
  const worked = [...daily, ...more];
  return (
    <Page title={t('set.dataModel')} text={t('set.dataModelText')}>
      <Section title={t('set.typesWorked')}>
        <TypeTable label={t('set.typesWorked')} types={worked} />
      </Section>
      <Section title={t('set.typesSetUp')} text={t('set.typesSetUpText')}>
        <TypeTable label={t('set.typesSetUp')} types={model.types.filter((type) => !worked.includes(type))} />
      </Section>
    </Page>
  );
}

function TypeTable({ label, types }: { readonly label: string; readonly types: readonly RecordType[] }) {
  return (
    <Table
      label={label}
      first={t('set.type')}
      columns={[
        { label: t('set.builtIn'), numeric: true, wideOnly: true },
        { label: t('set.ownFields'), numeric: true },
      ]}
      rows={types.map((type) => {
        const Icon = iconOf(type);
        const own = type.fields.filter((field) => field.origin === 'custom').length;
        return {
          key: type.plural,
          title: manyOf(type),
          detail: type.plural,
          icon: <Icon size={16} aria-hidden />,
          href: `/settings/data-model/${type.plural}`,
          cells: [type.fields.length - own, own || '–'],
        };
      })}
    />
  );
}
