import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useEffect } from 'react';
import { run } from '@/api/changes';
import type { RecordType } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { Section } from '../frame/Page';
import { Table } from '../frame/Table';
import { RestoreCustomFieldDocument } from '../graph';
import { type CustomField, kindKey, named, useCustomFields } from './customField';

type Props = { readonly type: RecordType; readonly round: number; readonly changed: () => void };

/** Fields that were deleted; their values come back with them. */
export function DeletedFields({ type, round, changed }: Props) {
  const { data, again } = useCustomFields(type, true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was changed above may have come here.
  useEffect(again, [round, again]);
  if (!data?.length) return null;
  const restore = async (field: CustomField) => {
    const answer = await run(RestoreCustomFieldDocument, { type: named(type), id: field.id });
    if (!answer.ok) return toast({ text: sentenceOf(answer.refusal), bad: true });
    tellDone(t('set.fieldRestored', { label: field.label }), answer.operation, changed);
    changed();
  };
  return (
    <Section title={t('set.deletedFields')} text={t('set.deletedFieldsText')}>
      <Table
        label={t('set.deletedFields')}
        first={t('set.field')}
        columns={[{ label: t('set.kind') }]}
        rows={data.map((field) => ({
          key: field.id,
          title: field.label,
          detail: `custom.${field.name}`,
          cells: [t(kindKey(field.kind))],
          actions: (
            <Button small icon={RotateCcw} onClick={() => void restore(field)}>
              {t('set.restore')}
            </Button>
          ),
        }))}
      />
    </Section>
  );
}
