import Kanban from 'lucide-react/icons/kanban';
import Rows3 from 'lucide-react/icons/rows-3';
import { useLocation, useSearch } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import styles from './LayoutSwitch.module.css';

// Which records can be looked at as a board, and the slice that has to be there for it.
const boards: Readonly<Record<string, string>> = { deals: 'readBoard' };

/** The same records as a list or as a board: what narrows them stays. */
export function LayoutSwitch({ type }: { readonly type: RecordType }) {
  const model = useModel();
  const [path, go] = useLocation();
  const search = useSearch();
  const slice = boards[type.plural];
  if (!slice || !model.slices.has(slice)) return null;
  const list = `/${type.plural}`;
  const board = `${list}/board`;
  const to = (place: string) => {
    const query = new URLSearchParams(search);
    query.delete('peek');
    const text = query.toString();
    go(text ? `${place}?${text}` : place);
  };
  return (
    <fieldset className={styles.switch} aria-label={t('list.layout')}>
      <IconButton label={t('list.asList')} icon={Rows3} pressed={path === list} onClick={() => to(list)} />
      <IconButton label={t('list.asBoard')} icon={Kanban} pressed={path === board} onClick={() => to(board)} />
    </fieldset>
  );
}
