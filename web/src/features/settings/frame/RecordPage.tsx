import Trash2 from 'lucide-react/icons/trash-2';
import { type ReactNode, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { deleteRecord } from '@/api/changes';
import { useRecord } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything, type Row, titleOf } from '@/api/values';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { DeleteDialog } from './DeleteDialog';
import { NoPage } from './NoPage';
import { NotRead, Page, Sketch } from './Page';

type Props<T extends Row> = {
  readonly type: RecordType;
  readonly id: string;
  /** The list it is in. */
  readonly up: { readonly href: string; readonly label: string };
  readonly wide?: boolean;
  /** What it is called, where that is not what records of its type are known by. */
  readonly title?: (record: T) => string;
  readonly text?: (record: T) => ReactNode;
  readonly actions?: (record: T, again: () => void) => ReactNode;
  /** What follows when it is deleted; where nothing is said, it is not deleted here. */
  readonly deleteText?: string;
  readonly children: (record: T, again: () => void) => ReactNode;
};

/** A page of one record of the settings, kept current: what it is, what can be done with it, and the way to the trash. */
export function RecordPage<T extends Row>({
  type,
  id,
  up,
  wide,
  title: called = (record) => titleOf(type, record),
  text,
  actions,
  deleteText,
  children,
}: Props<T>) {
  const model = useModel();
  const [, go] = useLocation();
  const { data, refusal, again } = useRecord(
    type,
    id,
    useMemo(() => everything(type), [type]),
  );
  const [deletes, setDeletes] = useState(false);
  if (data === null || refusal?.kind === 'gone') return <NoPage />;
  const record = data as T | undefined;
  const title = record ? called(record) : '';
  return (
    <Page
      title={title || up.label}
      text={record && text?.(record)}
      up={up}
      wide={wide}
      actions={
        record && (
          <>
            {actions?.(record, again)}
            {deleteText && type.graph.delete && (
              <Button look="danger" icon={Trash2} onClick={() => setDeletes(true)}>
                {t('delete')}
              </Button>
            )}
          </>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!record && !refusal && <Sketch />}
      {record && children(record, again)}
      {deletes && (
        <DeleteDialog
          remove={(confirm) => deleteRecord(model, type, id, confirm)}
          label={title}
          close={() => setDeletes(false)}
          done={(operation) => {
            tellDone(t('change.deleted', { title }), operation);
            go(up.href, { replace: true });
          }}
        >
          {deleteText}
        </DeleteDialog>
      )}
    </Page>
  );
}
