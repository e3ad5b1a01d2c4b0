import { allowedActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { Dialog } from '@/ui/Dialog';
import { Keys } from '@/ui/Keys';
import styles from './KeySheet.module.css';

/** All keys that do something here. */
export function KeySheet({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const byGroup = new Map<string, { label: string; keys: string }[]>();
  for (const { group, label, keys } of open ? allowedActions() : [])
    for (const one of keys ?? []) byGroup.set(t(`group.${group}`), [...(byGroup.get(t(`group.${group}`)) ?? []), { label, keys: one }]);
  const cells = [
    { label: t('keys.move'), keys: 'arrowup arrowdown arrowleft arrowright' },
    { label: t('keys.edit'), keys: 'enter' },
    { label: t('keys.next'), keys: 'tab' },
    { label: t('keys.leave'), keys: 'escape' },
    { label: t('keys.range'), keys: 'shift+arrowdown' },
    { label: t('keys.copy'), keys: 'mod+c' },
    { label: t('keys.paste'), keys: 'mod+v' },
    { label: t('keys.empty'), keys: 'delete' },
    { label: t('keys.select'), keys: 'shift+space' },
    { label: t('keys.peek'), keys: 'space' },
  ];
  return (
    <Dialog open={open} close={close} title={t('keys.title')} place="wide">
      <div className={styles.sheet}>
        {[...byGroup, [t('keys.cells'), cells] as const].map(([group, entries]) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {entries.map(({ label, keys }) => (
                <div key={label + keys} className={styles.entry}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys of={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
