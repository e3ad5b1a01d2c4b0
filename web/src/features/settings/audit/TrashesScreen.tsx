import { may, type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { t } from '@/lib/i18n/t';
import { Page, Section } from '../frame/Page';
import { Table } from '../frame/Table';

/** The way to what was thrown away, of each record type. */
export function TrashesScreen() {
  const model = useModel();
  const { daily, more } = navOf(model);
  const worked = [...daily, ...more];
  const rest = model.types.filter((type) => !worked.includes(type) && may(type, 'delete') && type.graph.list);
  return (
    <Page title={t('set.trash')} text={t('set.trashText')}>
      <Section title={t('set.typesWorked')}>
        <Types label={t('set.typesWorked')} types={worked} />
      </Section>
      {rest.length > 0 && (
        <Section title={t('set.typesSetUp')}>
          <Types label={t('set.typesSetUp')} types={rest} />
        </Section>
      )}
    </Page>
  );
}

const Types = ({ label, types }: { readonly label: string; readonly types: readonly RecordType[] }) => (
  <Table
    label={label}
    first={t('set.type')}
    columns={[]}
    rows={types.map((type) => {
      const Icon = iconOf(type);
      return { key: type.plural, title: manyOf(type), icon: <Icon size={16} aria-hidden />, href: `/${type.plural}/trash`, cells: [] };
    })}
  />
);
