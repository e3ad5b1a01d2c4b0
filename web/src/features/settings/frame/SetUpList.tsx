import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { type ReactNode, useState } from 'react';
import { deleteRecord } from '@/api/changes';
import { useAll } from '@/api/hooks';
import { type FieldModel, may, type RecordType, useModel } from '@/api/model';
import { everything, type Row, titleOf } from '@/api/values';
import { labelOf, manyOf, oneOf } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { FieldValue, isNumeric } from '@/features/records/fields/FieldValue';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { DeleteDialog } from './DeleteDialog';
import { Nothing, NotRead, Section, Sketch } from './Page';
import type { Editors } from './SetUpFields';
import { SetUpPanel } from './SetUpPanel';
import { Table } from './Table';
import { useOpened } from './useOpened';
import type { SetUp, Values } from './useSetUp';

type Props = {
  readonly plural: string;
  readonly text: string;
  readonly sort: string;
  /** The fields of its table after the name, and those of its form. */
  readonly columns: readonly string[];
  readonly fields: readonly string[];
  readonly begin?: Values;
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
  readonly detail?: (record: Row) => ReactNode;
  readonly below?: (form: SetUp, record: Row | undefined) => ReactNode;
};

/** Records of the settings that are but a list: entered, changed and thrown away beside it, all drawn from the model. */
export function SetUpList(props: Props) {
  const type = useModel().byPlural(props.plural);
  return type ? <OfType {...props} type={type} /> : null;
}

function OfType({ type, text, sort, columns, fields, begin, editors, help, detail, below }: Props & { readonly type: RecordType }) {
  const model = useModel();
  const { data, refusal, again } = useAll(type, { sort, columns: everything(type) });
  const { record: opened, isOpen, key, open, close } = useOpened(data);
  const [deletes, setDeletes] = useState<Row | undefined>();
  const shown = columns.flatMap((name) => type.field(name) ?? []);
  return (
    <Section
      title={manyOf(type)}
      text={text}
      actions={
        may(type, 'create') && (
          <Button icon={Plus} onClick={() => open('new')}>
            {t('make.one', { label: oneOf(type) })}
          </Button>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t('list.empty', { labels: manyOf(type) })}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={manyOf(type)}
          first={t('set.called')}
          columns={shown.map((field, i) => ({ label: headingOf(type, field), numeric: isNumeric(field), wideOnly: i > 0 }))}
          rows={data.map((record) => ({
            key: record.id,
            title: titleOf(type, record),
            detail: detail?.(record),
            open: () => open(record),
            faint: record.inactive === true,
            cells: shown.map((field) => <Value key={field.name} type={type} field={field} record={record} />),
          }))}
        />
      )}
      {isOpen && (
        <SetUpPanel
          key={key}
          type={type}
          record={opened}
          title={opened ? titleOf(type, opened) : t('make.one', { label: oneOf(type) })}
          fields={fields}
          begin={begin}
          editors={editors}
          help={help}
          below={below}
          close={close}
          changed={again}
          extra={
            opened && (
              <Button look="danger" icon={Trash2} onClick={() => setDeletes(opened)}>
                {t('delete')}
              </Button>
            )
          }
        />
      )}
      {deletes && (
        <DeleteDialog
          remove={(confirm) => deleteRecord(model, type, deletes.id, confirm)}
          label={titleOf(type, deletes)}
          close={() => setDeletes(undefined)}
          done={(operation) => {
            setDeletes(undefined);
            close();
            tellDone(t('change.deleted', { title: titleOf(type, deletes) }), operation, again);
            again();
          }}
        >
          {t('set.deleteText')}
        </DeleteDialog>
      )}
    </Section>
  );
}

/** Whether something is in use is said the other way round than it is kept. */
const headingOf = (type: RecordType, field: FieldModel) => (field.name === 'inactive' ? t('set.status') : labelOf(type, field));

const Value = ({ type, field, record }: { readonly type: RecordType; readonly field: FieldModel; readonly record: Row }) =>
  field.name === 'inactive' ? (
    <Badge tone={record.inactive ? 'neutral' : 'success'}>{t(record.inactive ? 'set.off' : 'set.on')}</Badge>
  ) : (
    <FieldValue type={type} field={field} row={record} inList />
  );
