import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

type Props<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly tabs: readonly { value: T; label: ReactNode }[];
  readonly choose: (value: T) => void;
  readonly children?: ReactNode;
};

/** Places beside each other; the panel is what the chosen one shows. */
export function Tabs<T extends string>({ label, value, tabs, choose, children }: Props<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => choose(next as T)} className={styles.root}>
      <Base.List aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {children !== undefined && (
        <Base.Panel value={value} className={styles.panel} keepMounted={false}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  );
}
