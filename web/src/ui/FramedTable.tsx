import type { ComponentProps } from 'react';
import { cx } from '@/lib/classes';
import styles from './FramedTable.module.css';

/** Rows under headings, in a frame; scrolled sideways where there is no room for all of it. */
export const FramedTable = ({ className, ...props }: ComponentProps<'table'>) => (
  <div className={styles.frame}>
    <table className={cx(styles.table, className)} {...props} />
  </div>
);
