import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import type { FieldModel } from '@/api/model';
import { partLabel } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import type { EditorProps } from './FieldEditor';
import styles from './FieldEditor.module.css';

type Parts = Readonly<Record<string, unknown>>;

/** What has parts: an address, or a list of e-mail addresses each with its type. */
export function PartsEditor(props: EditorProps) {
  const { field, value, set } = props;
  if (field.kind === 'address')
    return <Inputs {...props} parts={(value as Parts | null) ?? {}} change={(next) => set(isEmpty(next) ? null : next)} />;
  const entries = (value as Parts[] | null) ?? [];
  const put = (i: number, next: Parts | undefined) => set(entries.flatMap((entry, at) => (at !== i ? [entry] : next ? [next] : [])));
  return (
    <div className={styles.parts}>
      {entries.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place.
        <div key={i} className={styles.entry}>
          <Inputs {...props} parts={entry} change={(next) => put(i, next)} />
          <IconButton label={t('remove')} icon={Trash2} onClick={() => put(i, undefined)} />
        </div>
      ))}
      <div>
        <Button small icon={Plus} onClick={() => set([...entries, {}])}>
          {t('add')}
        </Button>
      </div>
    </div>
  );
}

function Inputs({ field, id, parts, change }: EditorProps & { readonly parts: Parts; readonly change: (next: Parts) => void }) {
  return (
    <div className={styles.part}>
      {inOrder(field).map((part, i) =>
        part.kind === 'boolean' ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
          <label key={part.name} className={styles.choice}>
            <Checkbox
              label={partLabel(field.name, part.name)}
              checked={parts[part.name] === true}
              set={(on) => change({ ...parts, [part.name]: on })}
            />
            {partLabel(field.name, part.name)}
          </label>
        ) : (
          <TextInput
            key={part.name}
            id={i === 0 ? id : undefined}
            aria-label={partLabel(field.name, part.name)}
            placeholder={partLabel(field.name, part.name)}
            value={(parts[part.name] as string | null | undefined) ?? ''}
            onChange={(event) => change({ ...parts, [part.name]: event.target.value || null })}
          />
        ),
      )}
    </div>
  );
}

/** What it is comes first, then what it is used for, then what is ticked. */
function inOrder({ parts }: FieldModel): NonNullable<FieldModel['parts']> {
  const rank = ({ name, kind }: { name: string; kind: string }) => (kind === 'boolean' ? 2 : name === 'type' ? 1 : 0);
  return [...(parts ?? [])].sort((a, b) => rank(a) - rank(b));
}

const isEmpty = (parts: Parts) => Object.entries(parts).every(([name, value]) => name === '__typename' || value === null || value === '');
