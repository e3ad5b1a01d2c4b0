import Columns3 from 'lucide-react/icons/columns-3';
import Download from 'lucide-react/icons/download';
import FileUp from 'lucide-react/icons/file-up';
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { searchable } from '@/api/documents';
import { exportFile, type FileFormat } from '@/api/files';
import { may, type RecordType, useModel } from '@/api/model';
import { labelOf, manyOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import { Menu, MenuItem } from '@/ui/Menu';
import { Popover } from '@/ui/Popover';
import { toast } from '@/ui/toasts';
import { FilterButton } from '../filter/FilterButton';
import { mayImport } from '../import/mayImport';
import { showable } from './columns';
import styles from './Toolbar.module.css';

type Props = {
  readonly type: RecordType;
  readonly q: string;
  readonly filter: string;
  readonly sort: string;
  readonly search: (q: string) => void;
  readonly narrow: (filter: string) => void;
  readonly names: readonly string[];
  readonly add: (name: string) => void;
  readonly hide: (name: string) => void;
  readonly problem?: string;
};

/** What narrows a list and says which columns it has. */
export function Toolbar({ type, q, filter, search, sort, narrow, names, add, hide, problem }: Props) {
  const { privileges } = useModel();
  const [, go] = useLocation();
  const mayExport = privileges.has('export') && may(type, 'export');
  const take = async (format: FileFormat) => {
    if ((await exportFile(type, format, { filter, sort, q, columns: names })) === 'refused')
      toast({ text: t('export.refused'), bad: true });
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('group.list')}>
      {searchable(type) && <SearchBox q={q} set={search} />}
      <FilterButton type={type} filter={filter} set={narrow} problem={filter ? problem : undefined} />
      <ColumnsButton type={type} names={names} add={add} hide={hide} />
      {mayImport(type) && (
        <IconButton label={t('import.of', { labels: manyOf(type) })} icon={FileUp} onClick={() => go(`/${type.plural}/import`)} />
      )}
      {mayExport && (
        <Menu align="end" trigger={<IconButton label={t('export.title')} icon={Download} />}>
          {(['csv', 'xlsx'] as const).map((format) => (
            <MenuItem key={format} icon={Download} run={() => void take(format)}>
              {t(`export.${format}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}

const settleMs = 120;

/** Words to look for in what is shown. */
export function SearchBox({ q, set }: { readonly q: string; readonly set: (q: string) => void }) {
  const [text, setText] = useState(q);
  const told = useRef(q);
  const latest = useRef(set);
  latest.current = set;
  // What comes with the address, by going back or by a link, is shown.
  useEffect(() => {
    if (q !== told.current) setText(q);
    told.current = q;
  }, [q]);
  useEffect(() => {
    const wait = setTimeout(() => {
      if (text.trim() === told.current) return;
      told.current = text.trim();
      latest.current(text.trim());
    }, settleMs);
    return () => clearTimeout(wait);
  }, [text]);
  return (
    <div className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && (text ? setText('') : event.currentTarget.blur())}
      />
      {text && <IconButton label={t('clear')} icon={X} onClick={() => setText('')} className={styles.clear} />}
    </div>
  );
}

function ColumnsButton({ type, names, add, hide }: Pick<Props, 'type' | 'names' | 'add' | 'hide'>) {
  const [words, setWords] = useState('');
  const fields = showable(type).filter((field) => labelOf(type, field).toLowerCase().includes(words.toLowerCase()));
  return (
    <Popover
      title={t('list.columns')}
      align="end"
      trigger={
        <Button small look="quiet" icon={Columns3} aria-label={t('list.columns')}>
          <span className={styles.label}>{t('list.columns')}</span>
        </Button>
      }
    >
      <div className={styles.columns}>
        <TextInput aria-label={t('search')} placeholder={t('search')} value={words} onChange={(event) => setWords(event.target.value)} />
        <ul>
          {fields.map((field) => (
            <li key={field.name}>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one. */}
              <label className={styles.column}>
                <Checkbox
                  label={labelOf(type, field)}
                  checked={names.includes(field.name)}
                  disabled={names.length === 1 && names.includes(field.name)}
                  set={(on) => (on ? add(field.name) : hide(field.name))}
                />
                {labelOf(type, field)}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
