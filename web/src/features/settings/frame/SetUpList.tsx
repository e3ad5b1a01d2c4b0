import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { type ReactNode, useState } from 'react';
import { useDoorList } from '@/api/doors';
import { type FieldModel, may, type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
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
import type { Kept, SetUp, Values } from './useSetUp';

type One = Kept & Values;
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
  readonly detail?: (record: One) => ReactNode;
  readonly below?: (form: SetUp, record: One | undefined) => ReactNode;
};

/** Records of the settings that are but a list: entered, changed and thrown away beside it, all drawn from the model. */
export function SetUpList(props: Props) {
  const type = useModel().byPlural(props.plural);
  return type ? <OfType {...props} type={type} /> : null;
}

function OfType({ type, text, sort, columns, fields, begin, editors, help, detail, below }: Props & { readonly type: RecordType }) {
  const { data, refusal, again } = useDoorList<One>(`/${type.plural}`, { sort });
  const [open, setOpen] = useState<One | 'new' | undefined>();
  const [deletes, setDeletes] = useState<One | undefined>();
  const shown = columns.flatMap((name) => type.field(name) ?? []);
  return (
    <Section
      title={manyOf(type)}
      text={text}
      actions={
        may(type, 'create') && (
          <Button icon={Plus} onClick={() => setOpen('new')}>
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
          columns={shown.map((field, i) => ({ label: labelOf(type, field), numeric: isNumeric(field), wideOnly: i > 0 }))}
          rows={data.map((record) => ({
            key: record.id,
            title: String(record.name),
            detail: detail?.(record),
            open: () => setOpen(record),
            faint: record.inactive === true,
            cells: shown.map((field) => <Value key={field.name} type={type} field={field} record={record} />),
          }))}
        />
      )}
      {open && (
        <SetUpPanel
          key={open === 'new' ? 'new' : open.id}
          type={type}
          record={open === 'new' ? undefined : open}
          title={open === 'new' ? t('make.one', { label: oneOf(type) }) : String(open.name)}
          fields={fields}
          begin={begin}
          editors={editors}
          help={help}
          below={below}
          close={() => setOpen(undefined)}
          changed={again}
          extra={
            open !== 'new' && (
              <Button look="danger" icon={Trash2} onClick={() => setDeletes(open)}>
                {t('delete')}
              </Button>
            )
          }
        />
      )}
      {deletes && (
        <DeleteDialog
          at={`/${type.plural}/${deletes.id}`}
          label={String(deletes.name)}
          close={() => setDeletes(undefined)}
          done={(operation) => {
            setDeletes(undefined);
            setOpen(undefined);
            tellDone(t('change.deleted', { title: String(deletes.name) }), operation, again);
            again();
          }}
        >
          {t('set.deleteText')}
        </DeleteDialog>
      )}
    </Section>
  );
}

const Value = ({ type, field, record }: { readonly type: RecordType; readonly field: FieldModel; readonly record: One }) =>
  field.name === 'inactive' ? (
    <Badge tone={record.inactive ? 'neutral' : 'success'}>{t(record.inactive ? 'set.off' : 'set.on')}</Badge>
  ) : (
    <FieldValue type={type} field={field} row={{ __typename: type.graph.type, version: null, ...record } as unknown as Row} inList />
  );
