import FileUp from 'lucide-react/icons/file-up';
import { useRef, useState } from 'react';
import { saveFile } from '@/api/files';
import { isEditable, type RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { writeTable } from '@/lib/table';
import { Button } from '@/ui/Button';
import { formFields } from '../form';
import styles from './Import.module.css';

const largest = 2 * 1024 ** 3;

type Props = {
  readonly type: RecordType;
  readonly sending: string | undefined;
  readonly refusal: Refusal | undefined;
  readonly choose: (file: File) => void;
};

/** Which file: dropped, or chosen. */
export function Choose({ type, sending, refusal, choose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [wrong, setWrong] = useState<'tooLarge' | 'empty' | undefined>();
  const take = (file: File | undefined) => {
    if (!file) return;
    const found = file.size === 0 ? 'empty' : file.size > largest ? 'tooLarge' : undefined;
    setWrong(found);
    if (!found) choose(file);
  };
  if (sending !== undefined)
    return (
      <div className={styles.drop} role="status" aria-busy="true">
        <p>{t('import.sending', { name: sending })}</p>
        <progress aria-label={t('import.sending', { name: sending })} />
      </div>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped on it; who has no mouse uses the button.
    <div
      className={cx(styles.drop, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <FileUp size={24} aria-hidden />
      <h2>{t('import.drop')}</h2>
      <p className={styles.faint}>{t('import.kinds')}</p>
      <input
        ref={input}
        type="file"
        className="unseen"
        tabIndex={-1}
        aria-label={t('import.choose')}
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.xlsx"
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file can be chosen again, when it was changed.
          event.target.value = '';
        }}
      />
      <div className={styles.buttons}>
        <Button look="primary" onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
        <Button look="quiet" onClick={() => saveFile(templateOf(type), `${type.plural}.csv`)}>
          {t('import.template')}
        </Button>
      </div>
      {(refusal || wrong) && (
        <p className={styles.problem} role="alert">
          {wrong ? t(`import.${wrong}`) : refusal && sentenceOf(refusal)}
        </p>
      )}
    </div>
  );
}

// With a mark of its encoding, so that spreadsheet programs read it right.
const templateOf = (type: RecordType) => {
  const { usual, others } = formFields(type);
  const names = [...usual, ...others].filter(isEditable).map((field) => field.name);
  return new Blob([`\ufeff${writeTable([names], ',')}\n`], { type: 'text/csv' });
};
